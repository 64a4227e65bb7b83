"""Second factors and passkeys: in which words, and how their secrets are kept."""

import base64
import hashlib
import ipaddress
import secrets
from typing import Any

import qrcode
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from qrcode.image.svg import SvgPathImage

from ..models import User


class SecondFactors(DefaultMFAAdapter):
    """Secrets are kept encrypted by a key made of SECRET_KEY, so that a copy of the database is no way in."""

    @property
    def error_messages(self) -> dict[str, Any]:
        return {
            **DefaultMFAAdapter.error_messages,
            "incorrect_code": _(
                "This is not right, or was used already. Wait for the next code and type that."
            ),
        }

    def get_totp_issuer(self) -> str:
        return str(settings.INSTALLATION_NAME)

    def _get_site_name(self) -> str:
        return str(settings.INSTALLATION_NAME)

    def build_totp_svg(self, url: str) -> str:
        """The picture as an element of the page, which loads nothing."""
        return str(qrcode.make(url, image_factory=SvgPathImage, border=2).to_string(encoding="unicode"))

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Of a secret of another SECRET_KEY's, one that no code fits."""
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()


def _box() -> Fernet:
    digest = hashlib.sha256(f"second factor:{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def takes_passkeys(request: HttpRequest) -> bool:
    """Whether browsers make passkeys for this address: they do for a name over HTTPS, and for localhost."""
    host = request.get_host().partition(":")[0].strip("[]")
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return request.is_secure() or host == "localhost"
    return False
