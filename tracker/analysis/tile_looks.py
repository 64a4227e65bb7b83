"""How the classes of a tile map look: a ground, and a mark that says the same without colour."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.analysis.palette import BLANK, KINDS, NOT_KNOWN, SEQUENCE, Paint, spread
from tracker.analysis.statuses import STATUSES, Stroke


@dataclass(frozen=True)
class Look:
    """How the squares of a class look: the ground, the text on it, and a mark in a 12 by 12 box."""

    paint: Paint
    strokes: tuple[Stroke, ...] = ()
    dashed: bool = False


def level(count: int) -> tuple[Stroke, ...]:
    """A vessel filled so many fifths: how far up the sequence a class is, without any colour."""
    outline = Stroke("M1.2,1.2h9.6v9.6h-9.6z", pen=1)
    high = round(9.6 * count / len(SEQUENCE), 2)
    return (outline, Stroke(f"M1.2,{10.8 - high:g}h9.6v{high:g}h-9.6z")) if count else (outline,)


ZERO = Look(BLANK, level(0))


def steps(count: int) -> list[Look]:
    """The looks of so many classes from little to much."""
    paints = spread(count)
    return [Look(paint, level(SEQUENCE.index(paint) + 1)) for paint in paints]


def scale(count: int) -> list[Look]:
    """The looks of the steps of a scale, lowest first; a long scale shares some of them."""
    if count <= len(SEQUENCE):
        return steps(count)
    looks = steps(len(SEQUENCE))
    return [looks[round(at * (len(looks) - 1) / (count - 1))] for at in range(count)]


_KIND_MARKS = (
    (Stroke("M1.4,1.4h9.2v9.2h-9.2z"),),
    (Stroke("M6,0.9L11.5,10.8L0.5,10.8Z"),),
    (Stroke("M2.2,2.2L9.8,9.8M9.8,2.2L2.2,9.8", pen=2),),
    (Stroke("M10,6a4,4,0,1,0,-8,0a4,4,0,1,0,8,0Z", pen=1.8),),
)
NOT_KNOWN_LOOK = Look(NOT_KNOWN, (Stroke("M2,6L10,6", pen=2),))
"""Of what a document does not say."""


def kinds(count: int) -> list[Look]:
    """The looks of so many classes that have no order. Raises ValueError where there are not as many."""
    if count > len(KINDS):
        raise ValueError(f"There are {len(KINDS)} looks of kinds, not {count}.")
    return [Look(paint, mark) for paint, mark in zip(KINDS[:count], _KIND_MARKS, strict=False)]


def look_of_status(code: str) -> Look:
    """A status as everywhere else: its colour, and its shape."""
    style = STATUSES[code]
    return Look(Paint(style.ground, style.on_fill), style.strokes)


def look_of_gap(code: str) -> Look:
    """White and dashed where a figure is missing; grey where there is none to have."""
    return Look(BLANK, dashed=True) if code == "not_reported" else Look(NOT_KNOWN)
