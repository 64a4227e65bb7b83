"""The words of the rules: what a lock or a problem says to a person, and how to go on."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.common.formats import show_date, show_exact, show_quarter

from .choices import WRITABLE
from .models import ReportingPeriod, ReportRevision
from .rules import Counts, Finding, Lock, Problem, Timeliness, deadline_of

# Of cells by id: the name of the breakdown, and the cell's own.
CellNames = Mapping[int, tuple[str, str]]

# The most parts of a sum that are written out.
_MOST_ADDENDS = 8


# -- Windows and locks --------------------------------------------------------------------------------
def say_lock(
    lock: Lock, *, period: ReportingPeriod, whom: str = "", extended_until: date | None = None
) -> str:
    """Which lock was met, and whom to ask: ``whom`` as ``say_whom`` names them."""
    whom = whom or say_whom(())
    window = {"period": show_quarter(period.code), "whom": whom}
    match lock:
        case Lock.NOT_OPEN_YET:
            return _("The window of %(period)s opens on %(date)s. If you need it earlier, ask %(whom)s.") % {
                **window,
                "date": show_date(period.opens_on),
            }
        case Lock.CLOSED:
            return _("The window of %(period)s closed on %(date)s. Ask %(whom)s to open it again.") % {
                **window,
                "date": show_date(period.closes_on),
            }
        case Lock.EXTENSION_PASSED:
            return _("The extension for %(period)s ended on %(date)s. Ask %(whom)s for another one.") % {
                **window,
                "date": show_date(extended_until or period.closes_on),
            }
        case Lock.ANSWER_PASSED:
            return _("The time to answer has passed. Ask %(whom)s for an extension.") % {"whom": whom}
        case Lock.SUBMITTED:
            return _(
                "The report is submitted and waits for review. To change it, whoever submitted it or a lead "
                "can recall it until an officer opens it."
            )
        case Lock.UNDER_REVIEW:
            return _(
                "The report is submitted, and an officer has opened it. To change it, ask %(whom)s to return it."
            ) % {"whom": whom}
        case Lock.APPROVED:
            return _("The report is approved. To correct it, ask %(whom)s to reopen it.") % {"whom": whom}


# The most people that a sentence names.
_MOST_NAMED = 3


def say_whom(officers: Sequence[object], *, contact: str = "") -> str:
    """Whom a person asks, within a sentence: “Ana Ivanova or Nino Kiknadze”; the contact of the installation where
    there is no officer, and “a regional M&E officer” where nobody is known at all.
    """
    named = [str(person) for person in officers[:_MOST_NAMED]]
    if not named:
        return contact or _("a regional M&E officer")
    if len(named) == 1:
        return named[0]
    return _("%(people)s or %(last)s") % {"people": ", ".join(named[:-1]), "last": named[-1]}


def say_timeliness(timeliness: Timeliness) -> str:
    """“on time”, “on time under extension” or “late”."""
    return {
        Timeliness.ON_TIME: _("on time"),
        Timeliness.UNDER_EXTENSION: _("on time under extension"),
        Timeliness.LATE: _("late"),
    }[timeliness]


def say_dates(
    *,
    period: ReportingPeriod,
    revision: ReportRevision | None,
    today: date,
    extended_until: date | None = None,
) -> str:
    """By when a report is handed in, and until when it can be written; ``today`` is the mission's.

    When a window opens or has closed is left to the lock that says so.
    """
    deadline = deadline_of(
        due_on=period.due_on,
        status=revision.status if revision else None,
        answer_by=revision.answer_by if revision else None,
        extended_until=extended_until,
    )
    if revision is not None and deadline == revision.answer_by:
        return _("Answer by %(date)s.") % {"date": show_date(deadline)}
    if deadline == extended_until:
        return _("Due %(due)s, extended to %(until)s.") % {
            "due": show_date(period.due_on),
            "until": show_date(deadline),
        }
    dates = {"due": show_date(period.due_on), "closes": show_date(period.closes_on)}
    if period.opens_on <= today <= period.closes_on:
        return _("Due %(due)s; the window closes on %(closes)s.") % dates
    if revision is not None and revision.status not in WRITABLE:
        return _("Due %(due)s; the window closed on %(closes)s.") % dates
    return _("Due %(due)s.") % dates


def say_counts(counts: Counts) -> str:
    """How far a report is: “117 given · 2 explained · 1 missing”; what there is none of is left out."""
    said = [_("%(count)s given") % {"count": counts.given}]
    if counts.explained:
        said.append(_("%(count)s explained") % {"count": counts.explained})
    if counts.missing:
        said.append(_("%(count)s missing") % {"count": counts.missing})
    return " · ".join(said)


# -- Entering -----------------------------------------------------------------------------------------
def say_finding(finding: Finding, *, cells: CellNames | None = None) -> str:
    """What is wrong with an entry, and what to do about it; with ``cells``, in which part of it."""
    sentence = _sentence_of(finding)
    if finding.cell is None or cells is None:
        return sentence[:1].upper() + sentence[1:]
    breakdown, cell = cells[finding.cell]
    if finding.problem is Problem.CELLS_OVER_TOTAL:
        return _("By %(breakdown)s: %(sentence)s") % {
            "breakdown": _begin_small(breakdown),
            "sentence": sentence,
        }
    return _("%(cell)s: %(sentence)s") % {"cell": cell, "sentence": sentence}


def _sentence_of(finding: Finding) -> str:
    shown = {name: show_exact(Decimal(value)) for name, value in finding.values.items()}
    if finding.addends:
        shown["addends"] = " + ".join(show_exact(each) for each in finding.addends)
    sentence = {
        Problem.HALF_A_FRACTION: _("Give both the numerator and the denominator."),
        Problem.NEGATIVE: _("This cannot be negative."),
        Problem.DECIMALS: _say_decimals(int(finding.values.get("decimals", 0))),
        Problem.TOO_LARGE: _("This number is too large; check for a slip of the keyboard."),
        Problem.OVER_DENOMINATOR: _(
            "The numerator (%(numerator)s) is larger than the denominator (%(denominator)s)."
        ),
        Problem.OF_ZERO: _("%(numerator)s of 0 cannot be: check the denominator."),
        Problem.NOT_A_STAGE: _("Choose one of the stages."),
        Problem.FRACTION_EXPECTED: _("Give the numerator and the denominator; the percentage follows."),
        Problem.VALUE_EXPECTED: _("Give one number here, not a fraction."),
        Problem.OVER_HUNDRED: _("A share of a whole is at most 100 per cent."),
        Problem.NA_WITH_VALUE: _("Either give a value or say “not applicable”, not both."),
        Problem.NA_WITHOUT_REASON: _("Say in the comment why this is not applicable."),
        Problem.CELL_WITHOUT_TOTAL: _("Give the total as well, not only its parts."),
        Problem.CELLS_OVER_TOTAL: _say_sum(finding),
        Problem.CELL_OVER_TOTAL: _("This part (%(cell)s) is larger than the total (%(total)s)."),
    }[finding.problem]
    return sentence % shown if shown else sentence


def _say_decimals(most: int) -> str:
    if most == 0:
        return _("Whole numbers only.")
    return ngettext("At most %(decimals)s decimal.", "At most %(decimals)s decimals.", most)


def _say_sum(finding: Finding) -> str:
    """That parts add up to more than their whole, both sums named."""
    if not 1 < len(finding.addends) <= _MOST_ADDENDS:
        return {
            "numerator": _("the numerators add up to %(sum)s, more than the %(total)s of the total."),
            "denominator": _("the denominators add up to %(sum)s, more than the %(total)s of the total."),
        }.get(finding.part, _("the parts add up to %(sum)s, more than the total of %(total)s."))
    return {
        "numerator": _("the numerators %(addends)s = %(sum)s, more than the %(total)s of the total."),
        "denominator": _("the denominators %(addends)s = %(sum)s, more than the %(total)s of the total."),
    }.get(finding.part, _("%(addends)s = %(sum)s, more than the total of %(total)s."))


def _begin_small(name: str) -> str:
    """A name inside a sentence: “Sex and age” with a small letter, “MiGOF principle” as it is."""
    first, *_rest = name.split(" ", 1)
    return name[:1].lower() + name[1:] if first[1:].islower() else name
