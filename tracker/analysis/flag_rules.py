"""Which results make an officer ask, by fixed rules: pure, as `rules` is.

What is impossible is refused where it is entered; a flag is a question, and an answer in the comment is enough.
Amounts of flows are taken by quarter, so that a half-year is not taken for a jump.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from statistics import median
from typing import Literal

from .arithmetic import ZERO, at_least, in_fifty_digits, same
from .terms import IndicatorRules, Standing

Kind = Literal[
    "falls", "jump", "repeated", "beyond", "off_track_unexplained", "no_evidence", "against_direction"
]
KINDS: tuple[Kind, ...] = (
    "falls", "jump", "repeated", "beyond", "off_track_unexplained", "no_evidence", "against_direction",
)  # fmt: skip

FEWEST = 5
UNUSUAL = Decimal("3.5")
OF_NORMAL = Decimal("0.6745")
TENFOLD = 10
TIMES = 3
BEYOND = Decimal("1.5")


@dataclass(frozen=True, slots=True)
class Flag:
    """A question about a result. `before` is what it is held against: the value before it (falls, repeated), the
    usual or the last one (jump), the baseline (against_direction); `now` its own value, attainment or target."""

    kind: Kind
    now: Decimal | None = None
    before: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A value that a mission gave, of so many quarters, at the last of them."""

    period: int
    level: Decimal
    covers: int = 1


@in_fifty_digits
def find_flags(
    indicator: IndicatorRules,
    *,
    series: Sequence[Given],
    never_falls: bool = False,
    is_explained: bool = False,
    lacks_evidence: bool = False,
    standing: Standing | None = None,
) -> list[Flag]:
    """The questions about the last value of a series, which goes by period.

    `is_explained`: something stands in its comment; `lacks_evidence`: its indicator asks for a document, and none is
    there; `standing`: how its mission stands with it."""
    flags = [find_jump(indicator, series), find_repeat(indicator, series)]
    if never_falls and len(series) > 1 and series[-1].level < series[-2].level:
        flags.append(Flag("falls", now=series[-1].level, before=series[-2].level))
    if lacks_evidence:
        flags.append(Flag("no_evidence"))
    if standing is not None:
        if standing.attainment is not None and standing.attainment > BEYOND:
            flags.append(Flag("beyond", now=standing.attainment))
        if standing.status == "off_track" and not is_explained:
            flags.append(Flag("off_track_unexplained", now=standing.compared_value, before=standing.expected))
        flags.append(find_contradiction(indicator, standing))
    found = [flag for flag in flags if flag]
    return sorted(found, key=lambda flag: KINDS.index(flag.kind))


def find_jump(indicator: IndicatorRules, series: Sequence[Given]) -> Flag | None:
    """A last value far from the usual: by the modified z-score over at least five earlier ones; where there are
    fewer, or they do not vary, tenfold or a tenth of the last one that was not 0."""
    if not series or indicator.is_stage:
        return None
    *earlier, now = (_by_quarter(indicator, given) for given in series)
    if len(earlier) >= FEWEST:
        usual = median(earlier)
        spread = median(abs(level - usual) for level in earlier)
        if not same(spread, ZERO):
            is_far = at_least(OF_NORMAL * abs(now - usual), UNUSUAL * spread)
            return Flag("jump", now=now, before=usual) if is_far else None
    last = next((level for level in reversed(earlier) if not same(level, ZERO)), None)
    if last is None:
        return None
    is_far = at_least(abs(now), TENFOLD * abs(last)) or at_least(abs(last), TENFOLD * abs(now))
    return Flag("jump", now=now, before=last) if is_far else None


def find_repeat(indicator: IndicatorRules, series: Sequence[Given]) -> Flag | None:
    """The same value, not 0, three periods running in a flow: perhaps a total to date."""
    last = series[-TIMES:]
    if not indicator.is_flow or len(last) < TIMES or same(last[-1].level, ZERO):
        return None
    runs_on = all(_follows(indicator, before, now) for before, now in pairwise(last))
    if not runs_on or any(not same(given.level, last[-1].level) for given in last):
        return None
    return Flag("repeated", now=last[-1].level, before=last[0].level)


def find_contradiction(indicator: IndicatorRules, standing: Standing) -> Flag | None:
    """A final target on the wrong side of the baseline; a flow begins at 0."""
    b, target = standing.baseline, standing.target
    if indicator.is_flow or b is None or target is None or same(b, target):
        return None
    wrong = {"increase": target < b, "decrease": target > b}.get(indicator.direction, False)
    return Flag("against_direction", now=target, before=b) if wrong else None


_STEPS = {"quarterly": 1, "semi_annual": 2, "annual": 4}


def _follows(indicator: IndicatorRules, before: Given, now: Given) -> bool:
    """No due period lies between them."""
    return now.period - before.period <= max(_STEPS[indicator.frequency], now.covers)


def _by_quarter(indicator: IndicatorRules, given: Given) -> Decimal:
    is_amount = indicator.measure == "number" and indicator.period_rule in ("sum", "year")
    return given.level / given.covers if is_amount else given.level
