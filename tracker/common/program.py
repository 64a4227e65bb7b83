"""Which program this is: what it has worked out and kept is not read by another."""

import hashlib
from functools import cache
from pathlib import Path

_PROGRAM = Path(__file__).parents[1]
_FOLDERS = (_PROGRAM, _PROGRAM.parent / "templates")
_SUFFIXES = (".py", ".sql", ".mo", ".html")


@cache
def digest_of_program() -> str:
    """Of all code, SQL, templates and words of the tracker, read once in a process."""
    files = sorted(path for folder in _FOLDERS for path in folder.rglob("*") if path.suffix in _SUFFIXES)
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
