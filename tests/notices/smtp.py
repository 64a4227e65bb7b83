"""A mail server for tests: speaks as much SMTP as it takes to be handed a mail, and keeps what it is handed."""

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager


def free_port() -> int:
    """A port on which nothing listens."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("220 tests")
        while line := self.rfile.readline():
            match line.split()[0].upper() if line.split() else b"":
                case b"DATA":
                    self._say("354 go on")
                    mail = b"".join(iter(self.rfile.readline, b".\r\n"))
                    self.server.mails.append(mail.decode())  # type: ignore[attr-defined]
                    self._say("250 taken")
                case b"QUIT":
                    self._say("221 bye")
                    return
                case _:
                    self._say("250 yes")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def mail_server(port: int) -> Iterator[list[str]]:
    """A server that answers on this port; gives the mails that it was handed, as they came."""
    with _Server(("127.0.0.1", port), _Handler) as server:
        server.mails = mails = []  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield mails
        finally:
            server.shutdown()
