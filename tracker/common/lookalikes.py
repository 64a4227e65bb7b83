"""Characters that look like those of codes and are others: a Cyrillic К for K, a dash for a hyphen."""

import unicodedata

# Each line: characters of other alphabets, and beneath them what they look like.
_OTHERS = "АВЕЅІЈКМНОРСТУХЗҮԌԚԜавеѕіјкмнорстухзүԍԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧανιοκ‐‑‒–—―−"
_OURS = "ABESIJKMHOPCTYX3YGQWabesijkmhopctyx3ygqwABEZHIKMNOPTYXaviok-------"
_LOOK_LIKE = str.maketrans(dict(zip(_OTHERS, _OURS, strict=True)))


def fold_lookalikes(text: str) -> str:
    """Give the text in the characters that it looks to be written in."""
    return unicodedata.normalize("NFKC", text).translate(_LOOK_LIKE)


def find_lookalikes(text: str) -> list[str]:
    """Give the characters of a text that look like others, each once."""
    return [character for character in dict.fromkeys(text) if fold_lookalikes(character) != character]
