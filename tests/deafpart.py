"""A part for the tests of starting and stopping: it has a child, says both numbers, and may be deaf to SIGTERM.

python -m tests.deafpart FILE [deaf]
"""

import os
import signal
import sys
import time
from pathlib import Path


def main(said: Path, *, deaf: bool) -> None:
    if deaf:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    child = os.fork()
    if child == 0:
        time.sleep(600)
        os._exit(0)
    if not deaf:
        signal.signal(signal.SIGTERM, lambda *_: _leave(child))
    said.with_suffix(".new").write_text(f"{os.getpid()} {child}")
    said.with_suffix(".new").rename(said)  # whoever reads it finds all of it
    time.sleep(600)


def _leave(child: int) -> None:
    """As web and worker do: a parent ends its children."""
    os.kill(child, signal.SIGTERM)
    os.waitpid(child, 0)
    sys.exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), deaf=sys.argv[2:] == ["deaf"])
