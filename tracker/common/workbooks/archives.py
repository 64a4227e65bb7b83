"""A file of a ZIP archive, dated alike whenever it is made, so that equal files are equal bytes."""

import zipfile
from collections.abc import Iterable

# The first moment that a ZIP archive can name.
_MADE = (1980, 1, 1, 0, 0, 0)


def add_file(
    archive: zipfile.ZipFile,
    name: str,
    pieces: Iterable[bytes],
    *,
    compress: bool = True,
    may_be_large: bool = False,
) -> None:
    """Add a file to an archive with nothing of this machine or of now; over 2 GB only if it ``may_be_large``."""
    info = zipfile.ZipInfo(name, _MADE)
    info.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
    info.create_system = 3  # Unix, wherever it was made
    info.external_attr = 0o644 << 16
    with archive.open(info, "w", force_zip64=may_be_large) as part:
        for piece in pieces:
            part.write(piece)
