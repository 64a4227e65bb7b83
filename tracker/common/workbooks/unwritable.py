"""Characters that no file can hold, or none that can be read again; they come by pasting from other programs."""

# Control characters, and what XML forbids besides: they go. Half a surrogate pair on its own is shown as what it is,
# no character; how Word and Excel break a line inside a paragraph, and how some begin a page, is a line feed.
_UNWRITABLE = str.maketrans(
    dict.fromkeys([*map(chr, range(0x09)), *map(chr, range(0x0E, 0x20)), "\ufffe", "\uffff"])
    | dict.fromkeys(map(chr, range(0xD800, 0xE000)), "\ufffd")
    | dict.fromkeys("\x0b\x0c", "\n")
)


def replace_unwritable(text: str) -> str:
    """Drop what cannot be written; put a line feed for a break of its own kind. Reading does the same."""
    return text if text.isprintable() else text.translate(_UNWRITABLE)
