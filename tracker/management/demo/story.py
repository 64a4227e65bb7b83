"""Which reports there are, and how far each has come; pure."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from tracker.progress.choices import RevisionStatus, Transition
from tracker.progress.rules import answer_by
from tracker.progress.services.demonstration import PlannedEvent, PlannedReport

from .subjects import Quarter, Subject
from .telling import tell_narrative

LAST_QUARTER = "2024-Q4"
OPENED_DAYS_AGO, DUE_IN_DAYS, OPEN_FOR_DAYS = 10, 20, 30

# Reports that were never made.
MISSING = {
    ("TM", "2020-Q2"), ("TJ", "2020-Q3"), ("BY", "2021-Q1"), ("ME", "2021-Q4"), ("AZ", "2022-Q2"),
    ("TM", "2022-Q3"), ("RU", "2022-Q3"), ("UZ", "2023-Q1"),
}  # fmt: skip

# The last report of the quarter before the last to be approved: with it the quarter's editions fall due.
APPROVED_LAST = ("UZ", "2024-Q3")

# How far each mission is in the last quarter; a draft is filled to this share, those not named are not begun.
DRAFTS = {"KG": 1.0, "TJ": 0.5, "UA": 0.35, "AZ": 0.7, "MK": 0.1}
SUBMITTED = ("AL", "BA", "RS", "TR", "AM", "KZ")
APPROVED = ("GE",)
RETURNED = "MD"

# The returned report has a slip of the keyboard here, and the return speaks of it.
TENFOLD = ("SP1-O1-I1", RETURNED, LAST_QUARTER)
WHY_RETURNED = (
    "SP1-O1-I1 is about ten times what it was in the quarters before. Please check it against the case files, "
    "and say in the comment what you found."
)
WHY_RETURNED_BEFORE = (
    "Two parts do not fit the text of the report. Please look at them again.",
    "Please say why there are fewer activities than planned.",
)


def tell_report(
    quarter: Quarter, *, mission: str, mission_pk: int, reporter: int, officers: Sequence[int]
) -> PlannedReport | None:
    """The report of one mission for one quarter, or None where it was never begun."""
    if (mission, quarter.code) in MISSING:
        return None
    rng = Random(f"report/{mission}/{quarter.code}")
    if quarter.code == LAST_QUARTER:
        status = _last_status(mission)
        if status is None:
            return None
    elif (mission, quarter.code) == APPROVED_LAST:
        status = RevisionStatus.SUBMITTED
    else:
        status = RevisionStatus.APPROVED
    events, answer = _tell_events(quarter, status, rng, reporter, officers[int(rng.random() * len(officers))])
    return PlannedReport(
        mission=mission_pk,
        period=quarter.pk,
        status=status,
        reporter=reporter,
        narrative=tell_narrative(mission, quarter.code) if status != RevisionStatus.DRAFT else (),
        events=events,
        answer_by=answer,
    )


def _last_status(mission: str) -> RevisionStatus | None:
    if mission in DRAFTS:
        return RevisionStatus.DRAFT
    if mission in SUBMITTED:
        return RevisionStatus.SUBMITTED
    if mission in APPROVED:
        return RevisionStatus.APPROVED
    return RevisionStatus.RETURNED if mission == RETURNED else None


def _tell_events(
    quarter: Quarter, status: RevisionStatus, rng: Random, reporter: int, officer: int
) -> tuple[tuple[PlannedEvent, ...], date | None]:
    """The steps up to this status, all of them days after the window opened; and when an answer is awaited."""
    is_last = quarter.code == LAST_QUARTER
    begun = 1 + int(rng.random() * 2)
    # In a window that has been open for ten days, everything has happened by the ninth.
    handed_in = begun + (2 + int(rng.random() * 3) if is_last else 3 + int(rng.random() * 14))
    if not is_last and rng.random() < 0.12:
        handed_in += 16  # late
    draft, submitted = RevisionStatus.DRAFT, RevisionStatus.SUBMITTED
    returned, approved = RevisionStatus.RETURNED, RevisionStatus.APPROVED
    steps = [PlannedEvent(Transition.START, "", draft, reporter, _moment(quarter, begun, rng))]

    def add(transition: Transition, old: str, new: str, actor: int, day: int, comment: str = "") -> None:
        steps.append(PlannedEvent(transition, old, new, actor, _moment(quarter, day, rng), comment))

    if status == draft:
        return tuple(steps), None
    add(Transition.SUBMIT, draft, submitted, reporter, handed_in)
    day = handed_in + 1 + (0 if is_last else int(rng.random() * 5))
    if status == returned:
        add(Transition.RETURN, submitted, returned, officer, day, WHY_RETURNED)
        return tuple(steps), answer_by(steps[-1].at.date())
    if not is_last and rng.random() < 0.08:
        why = WHY_RETURNED_BEFORE[int(rng.random() * len(WHY_RETURNED_BEFORE))]
        add(Transition.RETURN, submitted, returned, officer, day, why)
        add(Transition.SUBMIT, returned, submitted, reporter, day + 2)
        day += 4
    if status == approved:
        add(Transition.APPROVE, submitted, approved, officer, day)
    return tuple(steps), None


def _moment(quarter: Quarter, day: int, rng: Random) -> datetime:
    """In the working hours of that day after the window opened."""
    at = time(7 + int(rng.random() * 8), int(rng.random() * 60), tzinfo=UTC)
    return datetime.combine(quarter.opens_on + timedelta(days=day), at)


def indicators_filled(mission: str, quarter: Quarter, due: Sequence[Subject]) -> set[str]:
    """The codes of the indicators that the report speaks of, of those due (in the framework's order)."""
    if quarter.code != LAST_QUARTER or mission not in DRAFTS:
        return {each.code for each in due}
    filled = [each.code for each in due[: round(DRAFTS[mission] * len(due))]]
    left = set(left_to_fill(due)) if DRAFTS[mission] == 1.0 else set()
    return set(filled) - left


def left_to_fill(due: Iterable[Subject]) -> list[str]:
    """Four indicators, one of each kind, for whoever tries the form: a number split by sex, a plain number, a
    percentage, and a yes or no.
    """
    kinds = {
        "split": lambda each: each.measure == "number" and [s.code for s in each.splits] == ["sex"],
        "plain": lambda each: each.measure == "number" and not each.splits,
        "percentage": lambda each: each.measure == "percentage" and not each.splits,
        "yes or no": lambda each: each.measure == "yes_no",
    }
    due = list(due)
    return [next(each.code for each in due if fits(each)) for fits in kinds.values()]
