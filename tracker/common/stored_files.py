"""Files that rows keep in the store."""

from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _

from .errors import Refused


def read_stored(file: FieldFile) -> bytes:
    """The bytes of a file that somebody uploaded. Raises Refused where the store has lost it."""
    try:
        with file.open("rb") as opened:
            content: bytes = opened.read()
    except OSError as error:
        raise Refused(_("The file is no longer in the store. Upload it again.")) from error
    return content
