"""A provider that speaks OpenID Connect, for tests: a small server on 127.0.0.1 with keys of its own.

    with provider() as fake:
        fake.subject = "s-1"
        ...  # /authorize answers at once, as if somebody had signed in there as that subject

It speaks discovery, authorize, token (with PKCE, by the client's secret), userinfo and jwks.
"""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import LazySettings

CLIENT, SECRET = "tracker", "a secret of the client's"


class FakeProvider:
    """What it is asked for, and what it says; ``claims`` go over those of the ID token, None takes one away."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.issuer = address
        self.subject = "subject-1"
        self.claims: dict[str, Any] = {}
        self.key = self.signing_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []

    def use_in(self, settings: LazySettings, *, name: str = "Example ID") -> None:
        """As the environment of an installation would set it."""
        settings.OIDC_NAME = name
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {
                "APPS": [
                    {
                        "provider_id": "oidc",
                        "name": name,
                        "client_id": CLIENT,
                        "secret": SECRET,
                        "settings": {
                            "server_url": self.address,
                            "scope": ["openid"],
                            "oauth_pkce_enabled": True,
                        },
                    }
                ]
            }
        }

    def sign_in_there(self, address: str) -> str:
        """What the provider answers to whoever is sent to this address: where it sends them back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["client_id"] == CLIENT
        assert asked["scope"] == "openid"
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": "k1", "alg": "RS256", "use": "sig"}]}

    def token(self, sent: dict[str, str]) -> dict[str, Any]:
        asked = self.codes.pop(sent["code"])
        assert sent["client_secret"] == SECRET
        proof = hashlib.sha256(sent["code_verifier"].encode()).digest()
        assert base64.urlsafe_b64encode(proof).rstrip(b"=").decode() == asked["code_challenge"]
        now = int(time.time())
        said = {"iss": self.issuer, "aud": CLIENT, "sub": self.subject, "iat": now, "exp": now + 300}
        claims = {name: value for name, value in (said | self.claims).items() if value is not None}
        signed = jwt.encode(claims, self.signing_key, algorithm="RS256", headers={"kid": "k1"})
        return {"access_token": "an access token", "token_type": "Bearer", "id_token": signed}


@contextmanager
def provider() -> Iterator[FakeProvider]:
    """Run one; at the end it is gone."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            fake.asked.append(path)
            match path:
                case _ if path.endswith("/.well-known/openid-configuration"):
                    self.answer(fake.discovery())
                case "/keys":
                    self.answer(fake.keys())
                case "/userinfo":
                    self.answer({"sub": fake.subject, **fake.claims})
                case "/authorize":
                    self.send_response(302)
                    self.send_header("Location", fake.sign_in_there(self.path))
                    self.end_headers()
                case _:
                    self.send_error(404)

        def do_POST(self) -> None:
            fake.asked.append(self.path)
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.answer(fake.token({name: values[0] for name, values in sent.items()}))

        def answer(self, said: dict[str, Any]) -> None:
            body = json.dumps(said).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake = FakeProvider(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
