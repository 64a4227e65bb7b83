"""What missions report: amounts, parts, gaps and words, quarter by quarter."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import floor
from random import Random

from .outlooks import Outlook
from .subjects import Quarter, Split, Subject

WHY_EMPTY = (
    "The partner's figures had not come in by the due date.",
    "The survey was put off to the next period.",
    "The records are being checked; the figure will follow.",
)
WHY_NOT_APPLICABLE = (
    "No project in this field was running.",
    "Does not arise here in this period.",
)
WHY_SLOW = (
    "Fewer activities than planned: funding came late.",
    "The partner could only begin in the second half of the year.",
    "Behind plan; agreed with the partner how to catch up.",
)
REMARKS = (
    "Includes the figures of two partner organizations.",
    "A new project began in this period.",
    "Preliminary count of the partner, confirmed by telephone.",
    "Counted from the case files.",
)


@dataclass(frozen=True, slots=True)
class Part:
    """A cell by id."""

    cell: int
    value: int | None = None
    numerator: int | None = None
    denominator: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What a mission says of an indicator in a quarter; nothing but a comment is an explained gap."""

    value: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    not_applicable: bool = False
    comment: str = ""
    parts: tuple[Part, ...] = ()


def say_quarters(
    subject: Subject,
    mission: str,
    outlook: Outlook,
    quarters: Iterable[Quarter],
    *,
    tenfold: str | None = None,
) -> Iterator[tuple[Quarter, Said]]:
    """What the mission says in each of these quarters in which the indicator is due; always the same.

    ``tenfold`` is the code of a quarter in which somebody slipped, for an officer to find.
    """
    rng = Random(f"values/{subject.code}/{mission}")
    parting = [(split, draw_shares(split, rng)) for split in subject.splits]
    silent, ceased = rng.random() < 0.012, rng.random() < 0.012
    highest = 0
    for quarter in quarters:
        if not subject.is_due_in(quarter):
            continue
        gap, remark, zero = rng.random(), rng.random(), rng.random()
        if ceased and quarter.end > 2022.5:
            yield quarter, Said(not_applicable=True, comment=_pick(WHY_NOT_APPLICABLE, remark))
            continue
        if silent or gap < 0.012:
            yield quarter, Said(comment=_pick(WHY_EMPTY, remark))
            continue
        if gap > 0.994:
            yield quarter, Said(not_applicable=True, comment=_pick(WHY_NOT_APPLICABLE, remark))
            continue
        comment = _remark(outlook, gap, remark)
        if subject.measure == "percentage":
            n, d = _share_at(outlook, quarter, rng)
            parts = [part for split, shares in parting for part in part_fraction(n, d, split, shares, rng)]
            yield quarter, Said(numerator=n, denominator=d, comment=comment, parts=tuple(parts))
            continue
        value = _value_at(subject, outlook, quarter, rng)
        if subject.is_flow and zero < 0.02:
            value = 0
        if quarter.code == tenfold:
            value *= 10
        if subject.never_falls:
            value = highest = max(highest, value)
        parts = [part for split, shares in parting for part in part_value(value, split, shares, rng)]
        yield quarter, Said(value=value, comment=comment, parts=tuple(parts))


def _pick(words: tuple[str, ...], draw: float) -> str:
    return words[int(draw * len(words))]


def _remark(outlook: Outlook, gap: float, draw: float) -> str:
    """A few results carry a word, more of those that lag behind."""
    if outlook.pace < 0.85 and gap < 0.3:
        return _pick(WHY_SLOW, draw)
    return _pick(REMARKS, draw) if gap < 0.035 else ""


def _value_at(subject: Subject, outlook: Outlook, quarter: Quarter, rng: Random) -> int:
    if subject.steps:
        climbed = sum(quarter.end > turn for turn in outlook.turns)
        falls = outlook.base == outlook.end
        return int(max(0, outlook.base - climbed) if falls else outlook.base + climbed)
    wobble = 0.85 + 0.3 * rng.random()
    if subject.is_flow:
        amount = outlook.yearly[quarter.number // 4] * outlook.pace * wobble
        return _whole(amount / 4 if subject.frequency == "quarterly" else amount, subject, rng)
    moved = outlook.pace * (outlook.planned_at(quarter.end) - outlook.base) * wobble
    level = outlook.base + moved
    if outlook.base == outlook.end:
        # Kept up or only watched: it moves a little around its level, and sinks where the pace is slow.
        level = outlook.base * (0.8 if outlook.pace < 0.4 else 0.97 + 0.06 * rng.random())
    if subject.period_rule == "year" and subject.frequency == "quarterly":
        level = level / 4 * wobble
    return _whole(max(0.0, level), subject, rng)


def _whole(amount: float, subject: Subject, rng: Random) -> int:
    """A whole number; of little, sometimes one more and sometimes one less."""
    if subject.unit == "USD":
        return round(amount / 1000) * 1000
    return floor(amount + rng.random()) if amount < 20 and subject.is_flow else round(amount)


def _share_at(outlook: Outlook, quarter: Quarter, rng: Random) -> tuple[int, int]:
    moved = outlook.pace * (outlook.planned_at(quarter.end) - outlook.base)
    share = min(0.98, max(0.02, outlook.base + moved + 0.04 * (rng.random() - 0.5)))
    whole = round(outlook.denominator * (0.9 + 0.2 * rng.random()))
    return round(whole * share), whole


# -- Parts --------------------------------------------------------------------------------------------
# (cell id, share of the whole)
Shares = tuple[tuple[int, float], ...]


def draw_shares(split: Split, rng: Random) -> Shares:
    """How a mission's results fall to the cells: of exclusive ones shares that add up to 1, of others each its
    own. Cells that hardly ever occur are left out.
    """
    drawn = [(cell, _weight(code, rng)) for code, cell in split.cells]
    kept = [(cell, weight) for cell, weight in drawn if weight > 0]
    if not split.exclusive:
        return tuple((cell, 0.75 * weight) for cell, weight in kept)
    total = sum(weight for _cell, weight in kept)
    return tuple((cell, weight / total) for cell, weight in kept)


def _weight(code: str, rng: Random) -> float:
    draw = rng.random()
    if code.startswith(("other_", "unknown_")) or code.endswith("_unknown"):
        return 0.0
    if code == "unknown":
        return 0.03 if draw < 0.5 else 0.0
    if code == "other":
        return 0.06 * draw
    if code.endswith("18_59"):
        return 0.7 + 0.3 * draw
    if code.endswith("60_plus"):
        return 0.05 + 0.1 * draw
    return 0.1 + 0.5 * draw


def part_value(value: int, split: Split, shares: Shares, rng: Random) -> list[Part]:
    """The parts of a total: exclusive ones add up to it or leave a rest that nobody split."""
    coverage = _coverage(rng)
    if not value or not coverage:
        return []
    parts = {cell: floor(value * share * coverage) for cell, share in shares}
    if split.exclusive and coverage == 1.0:
        largest = max(parts, key=lambda cell: parts[cell])
        parts[largest] += value - sum(parts.values())
    return [Part(cell, value=part) for cell, part in parts.items()]


def part_fraction(n: int, d: int, split: Split, shares: Shares, rng: Random) -> list[Part]:
    """The same of a numerator and its denominator: a part's numerator is never above its denominator."""
    coverage = _coverage(rng)
    if not d or not coverage:
        return []
    return [
        Part(cell, numerator=floor(n * share * coverage), denominator=floor(d * share * coverage))
        for cell, share in shares
        if floor(d * share * coverage)
    ]


def _coverage(rng: Random) -> float:
    """How much of a result is split: mostly all of it, sometimes nearly all, seldom nothing."""
    draw = rng.random()
    if draw < 0.07:
        return 0.0
    return 1.0 if draw < 0.65 else 0.86 + 0.12 * rng.random()
