"""Characters that no file can hold, or none that can be read again; they come by pasting from other programs."""

import re

# Control characters, half a surrogate pair on its own (no character), and what XML forbids besides.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# How Word and Excel break a line inside a paragraph, and how some begin a page.
_BREAKS = str.maketrans("\x0b\x0c", "\n\n")


def replace_unwritable(text: str) -> str:
    """Put the replacement character for what is no character, and a line feed for a break of its own kind."""
    return _UNWRITABLE.sub("\ufffd", text.translate(_BREAKS))
