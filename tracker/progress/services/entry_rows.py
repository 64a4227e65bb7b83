"""What a report asks for and what it says so far: read once, for the form that shows it and for what saves it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Count, Exists, F, Func, JSONField, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce, JSONObject

from tracker.common.bulk import fetch, share_writes
from tracker.framework.models import Cell, Indicator, IndicatorBreakdown
from tracker.region.models import Mission

from ..choices import Origin, RevisionStatus
from ..models import (
    CellValue,
    Evidence,
    IndicatorAssignment,
    IndicatorResult,
    ReportingPeriod,
    ReportRevision,
)
from ..rules import Amount, Entry, EntryRules
from .locks import PROGRESS


@dataclass(frozen=True, slots=True)
class AskedBreakdown:
    """A breakdown that an indicator asks for, its cells by id with their names, in order."""

    pk: int
    name: str
    exclusive: bool
    cells: Mapping[int, str]


@dataclass(slots=True)
class EntryRow:
    """An indicator of a report: what it asks for, its result if there is one, and what that says.

    ``is_spanned``: a half-year or a year kept at a later period may speak for this one too. ``evidence`` is how many
    documents and links belong to it.
    """

    indicator: Indicator
    breakdowns: Sequence[AskedBreakdown] = ()
    result: IndicatorResult | None = None
    stored: Entry = field(default_factory=Entry)
    is_spanned: bool = False
    evidence: int = 0

    @property
    def lacks_evidence(self) -> bool:
        """A document or link is asked for behind its value, and there is none; history names its source itself."""
        return (
            self.indicator.needs_evidence
            and not self.evidence
            and self.stored.is_given
            and not self.stored.not_applicable
            and (self.result is None or self.result.origin != Origin.HISTORICAL)
        )

    @property
    def rules(self) -> EntryRules:
        """What entering needs to know of it."""
        i = self.indicator
        return EntryRules(
            measure=i.measure,
            period_rule=i.period_rule,
            decimals=i.decimals,
            allows_negative=i.allows_negative,
            bounded=i.bounded,
            stages=len(i.scale),
            exclusive=tuple(tuple(b.cells) for b in self.breakdowns if b.exclusive),
            multiple=tuple(tuple(b.cells) for b in self.breakdowns if not b.exclusive),
        )


def hold_report(*, mission: str, period: str) -> ReportRevision | None:
    """The latest revision of the report with these codes, of the current strategy, held until the transaction ends:
    an officer's approval or a colleague's submission waits, or came first and is met as a lock. None where there is
    no report yet. Two statements.
    """
    # Before the row, as an import has it: in the other order the two would wait for each other.
    share_writes(PROGRESS)
    return _latest(mission=mission, period=period).select_for_update(of=("self",)).first()


def read_report(*, mission: str, period: str) -> ReportRevision | None:
    """The same, to be looked at: one statement."""
    return _latest(mission=mission, period=period).first()


def _latest(*, mission: str, period: str) -> Any:
    return (
        ReportRevision.objects.filter(
            report__mission__code=mission,
            report__period__code=period,
            report__period__strategy__is_current=True,
        )
        .exclude(status=RevisionStatus.DROPPED)
        .select_related("report__mission", "report__period__strategy")
        .order_by("-number")
    )


def read_entry_rows(
    *,
    mission: Mission,
    period: ReportingPeriod,
    revision: ReportRevision | None,
    only: Collection[int] | None = None,
) -> dict[int, EntryRow]:
    """The active indicators that are due from a mission in a period, and whatever else its revision says something
    of (an indicator may have been retired since), by id and in the framework's order; of these ids ``only``.

    Two statements.
    """
    due = IndicatorAssignment.objects.due_in(period).filter(mission=mission).values("indicator_id")
    said = IndicatorResult.objects.filter(revision=revision).explained().values("indicator_id")
    indicators = Indicator.objects.filter(Q(pk__in=due) | Q(pk__in=said))
    if only is not None:
        indicators = indicators.filter(pk__in=only)
    rows: dict[int, EntryRow] = {}
    for indicator in (
        indicators.in_order()
        .select_related("objective")
        .annotate(asked=_asked(), is_spanned=_spanned(mission, period), pieces=_evidence(revision))
    ):
        found: Any = indicator
        rows[indicator.pk] = EntryRow(
            indicator,
            [_breakdown(said) for said in found.asked],
            is_spanned=found.is_spanned,
            evidence=found.pieces,
        )
    if revision is not None and rows:
        # A save may meet what somebody else entered; a whole page shows no names.
        _read_results(rows, revision, names_people=only is not None)
    return rows


def digest_of_results(revision: ReportRevision) -> str:
    """A digest of all that a revision says of its results, cells and evidence among them: another one after whatever
    change of them. One statement.
    """
    [(digest,)] = fetch(
        """
        SELECT md5(concat_ws(
            '; ',
            (SELECT string_agg(r::text, ' ' ORDER BY id) FROM tracker_indicatorresult r WHERE revision_id = %(of)s),
            (
                SELECT string_agg(c::text, ' ' ORDER BY c.id)
                FROM tracker_cellvalue c JOIN tracker_indicatorresult r ON r.id = c.result_id
                WHERE r.revision_id = %(of)s
            ),
            (SELECT string_agg(e::text, ' ' ORDER BY id) FROM tracker_evidence e WHERE revision_id = %(of)s)
        ))
        """,
        {"of": revision.pk},
    )
    return str(digest)


def _as_one(rows: ArraySubquery) -> Func:
    """An array as one piece of JSON: to decode each of its elements by itself would take most of the time."""
    return Func(rows, function="to_jsonb", output_field=JSONField())


def _asked() -> Func:
    """The breakdowns of an indicator with their cells, in order."""
    cells = (
        Cell.objects.filter(breakdown=OuterRef("breakdown"))
        .order_by("order", "pk")
        .values(said=JSONObject(pk="pk", name="name"))
    )
    asks = (
        IndicatorBreakdown.objects.filter(indicator=OuterRef("pk"))
        .order_by("order", "pk")
        .values(
            said=JSONObject(
                pk="breakdown_id",
                name=F("breakdown__name"),
                exclusive=F("breakdown__exclusive"),
                cells=ArraySubquery(cells),
            )
        )
    )
    return _as_one(ArraySubquery(asks))


def _breakdown(said: Mapping[str, Any]) -> AskedBreakdown:
    cells = {cell["pk"]: cell["name"] for cell in said["cells"]}
    return AskedBreakdown(said["pk"], said["name"], said["exclusive"], cells)


def _spanned(mission: Mission, period: ReportingPeriod) -> Exists:
    """Whether a figure of several quarters stands at one of the next three, in whatever revision."""
    return Exists(
        IndicatorResult.objects.filter(
            indicator=OuterRef("pk"),
            covers__gt=1,
            revision__report__mission=mission,
            revision__report__period__number__range=(period.number + 1, period.number + 3),
        )
    )


def _evidence(revision: ReportRevision | None) -> Coalesce:
    """How many pieces of evidence a revision has of an indicator."""
    rows = Evidence.objects.filter(revision=revision, indicator=OuterRef("pk")).order_by()
    return Coalesce(Subquery(rows.values("indicator").annotate(n=Count("pk")).values("n")), 0)


def _read_results(rows: Mapping[int, EntryRow], revision: ReportRevision, *, names_people: bool) -> None:
    """Results with their cells, whose amounts travel as text: numbers of JSON would be rounded."""
    cells = (
        CellValue.objects.filter(result=OuterRef("pk"))
        .order_by()
        .values(said=JSONObject(cell="cell_id", **{part: Cast(part, CharField()) for part in _PARTS}))
    )
    results = IndicatorResult.objects.filter(revision=revision, indicator_id__in=rows).order_by()
    if names_people:
        results = results.select_related("entered_by")
    for result in results.annotate(said_cells=_as_one(ArraySubquery(cells))):
        found: Any = result
        row = rows[result.indicator_id]
        row.result = result
        row.stored = Entry(
            amount=Amount(result.value, result.numerator, result.denominator),
            not_applicable=result.not_applicable,
            comment=result.comment,
            cells={said["cell"]: _amount(said) for said in found.said_cells},
        )


_PARTS = ("value", "numerator", "denominator")


def _amount(said: Mapping[str, str | None]) -> Amount:
    return Amount(*(None if (text := said[part]) is None else Decimal(text) for part in _PARTS))
