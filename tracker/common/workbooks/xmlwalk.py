"""Walks through XML of unknown origin, one element after the other: no tree in memory, no entities."""

from collections.abc import Callable
from typing import NoReturn
from xml.parsers import expat

Attributes = dict[str, str]


class XmlError(ValueError):
    """The XML is broken, or has a document type, where entities could be declared."""


def walk(
    xml: bytes,
    *,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call `start` and `end` for every element and `text` for what stands between. Raises XmlError.

    Names come as "namespace name", with one space between, whatever prefix the file uses; a name in no
    namespace stands alone.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, LookupError) as error:
        # A LookupError is an encoding that nobody knows.
        raise XmlError(str(error)) from None


def local(name: str) -> str:
    """Give a name without its namespace."""
    return name.rpartition(" ")[2]


def _refuse_doctype(*args: object) -> NoReturn:
    raise XmlError("a document type")
