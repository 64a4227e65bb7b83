"""No quarter is said twice: half-years and years beside quarters, on import, on entering and on approving."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Event

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import stage
from tests.batches.fixtures import kept_files  # noqa: F401
from tests.batches.sheets import csv_of, load, look, messages
from tests.conftest import Cast
from tracker.common.errors import Refused
from tracker.progress.models import IndicatorResult, ProgressReport, ReportingPeriod, ReportRevision
from tracker.progress.services.overlaps import overlapping, refuse_double_counting
from tracker.progress.services.spans import name_span

HEADER = "indicator,mission,period,value"


@pytest.fixture
def flow(strategy, missions):
    indicator = stage.make_indicator()
    stage.assign(indicator, missions["KG"], missions["TJ"])
    return indicator


def hold(mission, period: str, values, *, status: str, person, covers: int = 1) -> ReportRevision:
    """An open revision with these values by indicator, brought to a status."""
    report, _ = ProgressReport.objects.get_or_create(
        mission=mission, period=ReportingPeriod.objects.get(code=period)
    )
    revision = ReportRevision.objects.create(
        report=report, number=report.revisions.count() + 1, created_by=person
    )
    IndicatorResult.objects.bulk_create(
        IndicatorResult(
            revision=revision, indicator=indicator, covers=covers, entered_by=person, **stage.amount(value)
        )
        for indicator, value in values.items()
    )
    if status != "draft":
        stage.submit(revision, by=person)
    if status == "returned":
        ReportRevision.objects.filter(pk=revision.pk).update(status=status)
    return revision


def approve(revision: ReportRevision, officer) -> None:
    ReportRevision.objects.filter(pk=revision.pk).update(
        status="approved", approved_by=officer, approved_at=timezone.now()
    )


def half_year(cast, *rows: str) -> None:
    load("history", csv_of(HEADER, *rows), user=cast.administrator, source="Matrix")


# -- Imports ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("status", ["draft", "returned", "submitted"])
def test_a_half_year_over_a_quarter_of_an_open_report_is_refused(flow, missions, cast, status) -> None:
    hold(missions["KG"], "2020-Q1", {flow: 25}, status=status, person=cast.reporter)
    data = csv_of(HEADER, "SP1-O1-I1,KG,2020-H1,100", "SP1-O1-I1,TJ,2020-H1,7")
    [(row, column, message)] = messages(look("history", data, user=cast.administrator, source="Matrix"))
    assert (row, column) == (2, "period")
    assert message.startswith("Q1 2020, which this covers, has a value of its own in a report that is still")


def test_a_quarter_inside_a_half_year_of_an_open_report_is_refused(flow, missions, cast) -> None:
    hold(missions["KG"], "2020-Q2", {flow: 25}, status="submitted", person=cast.reporter, covers=2)
    data = csv_of(HEADER, "SP1-O1-I1,KG,2020-Q1,9")
    [(row, column, message)] = messages(look("history", data, user=cast.administrator, source="Matrix"))
    assert (row, column) == (2, "period")
    assert "is for H1 2020 and covers this quarter already" in message
    assert "still open" in message


def test_an_open_report_that_says_nothing_of_the_quarter_is_in_nobodys_way(flow, missions, cast) -> None:
    hold(missions["KG"], "2020-Q1", {flow: None}, status="draft", person=cast.reporter)
    dropped = hold(missions["TJ"], "2020-Q1", {flow: 3}, status="draft", person=cast.reporter)
    ReportRevision.objects.filter(pk=dropped.pk).update(status="dropped")
    data = csv_of(HEADER, "SP1-O1-I1,KG,2020-H1,100", "SP1-O1-I1,TJ,2020-H1,7")
    assert not look("history", data, user=cast.administrator, source="Matrix").has_errors


def test_a_draft_is_not_filled_inside_a_year_that_counts(flow, missions, cast, strategy) -> None:
    stage.open_window(strategy, "2023-Q3", today=date.today())
    half_year(cast, "SP1-O1-I1,KG,2023,80")
    [(row, column, message)] = messages(
        look("progress", csv_of(HEADER, "SP1-O1-I1,KG,2023-Q3,9"), user=cast.reporter)
    )
    assert (row, column) == (2, "period")
    assert "is for 2023 and covers this quarter already" in message


def test_the_quarters_of_a_half_year_replace_it_in_one_file(flow, missions, cast) -> None:
    half_year(cast, "SP1-O1-I1,KG,2020-H1,100")
    quarters = csv_of(HEADER, "SP1-O1-I1,KG,2020-Q1,60", "SP1-O1-I1,KG,2020-Q2,45")
    first = csv_of(HEADER, "SP1-O1-I1,KG,2020-Q1,60")
    [(row, column, message)] = messages(look("history", first, user=cast.administrator, source="Matrix"))
    assert (row, column) == (2, "period")
    assert "Give the amount of Q2 2020 alone as well, which replaces it, or delete the row." in message
    # To replace what is approved takes a reason.
    [(row, column, message)] = messages(look("history", quarters, user=cast.administrator, source="Matrix"))
    assert (row, "Say why" in message) == (3, True)
    plan = load("history", quarters, user=cast.administrator, source="Matrix", reason="Now by quarter")
    assert plan.changes[1].cells == {"value": (100, 45), "covers": (2, 1)}
    counting = IndicatorResult.objects.counting().order_by("revision__report__period__number")
    assert list(counting.values_list("value", "covers")) == [(60, 1), (45, 1)]


# -- Entering -----------------------------------------------------------------------------------------
def test_what_a_quarter_would_be_counted_twice_with_is_said_by_indicator(flow, missions, cast) -> None:
    other, third = stage.make_indicator("SP1-O1-I2"), stage.make_indicator("SP1-O1-I3")
    for indicator in (other, third):
        stage.assign(indicator, missions["KG"])
    half_year(cast, "SP1-O1-I1,KG,2020-H1,30", "SP1-O1-I2,KG,2020,80", "SP1-O1-I3,KG,2020-Q3,4")
    ids = [flow.pk, other.pk, third.pk]
    quarters = {p.code: p for p in ReportingPeriod.objects.filter(code__startswith="2020")}

    def met(code: str, mission: str = "KG", covers: int = 1) -> dict[int, str]:
        return overlapping(
            mission_id=missions[mission].pk, period=quarters[code], indicator_ids=ids, covers=covers
        )

    first = met("2020-Q1")
    assert set(first) == {flow.pk, other.pk}
    assert first[flow.pk].startswith("There is a figure for H1 2020, which covers Q1 2020 already")
    assert first[other.pk].startswith("There is a figure for 2020, which covers Q1 2020 already")
    # A report's own figure is what is edited, not what it collides with: the half-year is kept at Q2.
    assert set(met("2020-Q2")) == {other.pk}
    assert set(met("2020-Q3")) == {other.pk}
    assert met("2020-Q4") == {}
    year = met("2020-Q4", covers=4)
    assert set(year) == {flow.pk, third.pk}
    assert year[flow.pk].startswith("There are figures for H1 2020, inside 2020")
    assert met("2020-Q1", "TJ") == {}


def test_figures_that_were_withdrawn_held_back_or_replaced_meet_nothing(flow, missions, cast) -> None:
    first, second = (ReportingPeriod.objects.get(code=f"2020-Q{number}") for number in (1, 2))

    def met() -> dict[int, str]:
        return overlapping(mission_id=missions["KG"].pk, period=first, indicator_ids=[flow.pk])

    wide = hold(missions["KG"], "2020-Q2", {flow: 30}, status="draft", person=cast.reporter, covers=2)
    assert set(met()) == {flow.pk}
    stage.submit(wide, by=cast.reporter)
    approve(wide, cast.officer)
    assert set(met()) == {flow.pk}
    narrow = stage.approve(
        missions["KG"], second.code, {flow: 20}, reporter=cast.reporter, officer=cast.officer
    )
    assert met() == {}
    ReportRevision.objects.filter(pk=narrow.pk).update(
        withdrawn_at=timezone.now(), withdrawn_by=cast.officer, withdrawn_reason="Wrong"
    )
    assert set(met()) == {flow.pk}


# -- Approving ----------------------------------------------------------------------------------------
def test_a_quarter_is_not_approved_beside_its_half_year(flow, missions, cast) -> None:
    half_year(cast, "SP1-O1-I1,KG,2020-H1,100")
    quarter = hold(missions["KG"], "2020-Q1", {flow: 25}, status="submitted", person=cast.reporter)
    fine = hold(missions["TJ"], "2020-Q1", {flow: 25}, status="submitted", person=cast.stranger)
    later = hold(missions["KG"], "2020-Q3", {flow: 25}, status="submitted", person=cast.reporter)
    refuse_double_counting(revisions=[fine, later])
    with pytest.raises(Refused, match="SP1-O1-I1 of Kyrgyzstan: H1 2020 and Q1 2020") as refusal:
        refuse_double_counting(revisions=[fine, quarter, later])
    assert "Tajikistan" not in str(refusal.value)
    # Held back it does not count, so it does not count twice.
    IndicatorResult.objects.filter(revision=quarter).update(held_back=True)
    refuse_double_counting(revisions=[quarter])


def test_a_half_year_is_not_approved_beside_one_of_its_quarters(flow, missions, cast) -> None:
    stage.approve(missions["KG"], "2020-Q1", {flow: 10}, reporter=cast.reporter, officer=cast.officer)
    wide = hold(missions["KG"], "2020-Q2", {flow: 30}, status="submitted", person=cast.reporter, covers=2)
    with pytest.raises(Refused, match="SP1-O1-I1 of Kyrgyzstan: H1 2020 and Q1 2020"):
        refuse_double_counting(revisions=[wide])
    ReportRevision.objects.filter(status="approved").update(
        withdrawn_at=timezone.now(), withdrawn_by=cast.officer, withdrawn_reason="The half-year is right"
    )
    refuse_double_counting(revisions=[wide])


def test_two_reports_of_one_list_are_compared_with_each_other(flow, missions, cast) -> None:
    quarter = hold(missions["KG"], "2020-Q1", {flow: 25}, status="submitted", person=cast.reporter)
    wide = hold(missions["KG"], "2020-Q2", {flow: 30}, status="submitted", person=cast.reporter, covers=2)
    refuse_double_counting(revisions=[quarter])
    refuse_double_counting(revisions=[wide])
    with pytest.raises(Refused, match="H1 2020 and Q1 2020"):
        refuse_double_counting(revisions=[quarter, wide])


def test_a_correction_that_replaces_the_half_year_lets_the_quarter_in(flow, missions, cast) -> None:
    half_year(cast, "SP1-O1-I1,KG,2020-H1,100")
    first = hold(missions["KG"], "2020-Q1", {flow: 60}, status="submitted", person=cast.reporter)
    second = hold(missions["KG"], "2020-Q2", {flow: 40}, status="submitted", person=cast.reporter)
    with pytest.raises(Refused):
        refuse_double_counting(revisions=[first])
    refuse_double_counting(revisions=[second])
    refuse_double_counting(revisions=[first, second])
    # With its replacement held back the half-year goes on counting.
    IndicatorResult.objects.filter(revision=second).update(held_back=True)
    with pytest.raises(Refused):
        refuse_double_counting(revisions=[first, second])


def test_as_many_statements_for_many_reports_as_for_one(flow, missions, cast) -> None:
    indicators = {stage.make_indicator(f"SP1-O1-I{number}"): number for number in range(2, 22)}
    revisions = [
        hold(missions[code], f"{year}-Q4", indicators, status="submitted", person=cast.reporter)
        for code in ("KG", "TJ")
        for year in range(2020, 2025)
    ]
    for some in (revisions[:1], revisions):
        with CaptureQueriesContext(connection) as queries:
            refuse_double_counting(revisions=some)
        assert len(queries) == 2
    period = ReportingPeriod.objects.get(code="2024-Q3")
    for ids in ([flow.pk], [each.pk for each in indicators]):
        with CaptureQueriesContext(connection) as queries:
            overlapping(mission_id=missions["KG"].pk, period=period, indicator_ids=ids)
        assert len(queries) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_approve_a_quarter_and_its_half_year_the_second_is_told() -> None:
    stage.make_strategy()
    missions = stage.make_missions()
    cast = Cast(**stage.make_cast(missions))
    flow = stage.make_indicator()
    quarter = hold(missions["KG"], "2020-Q1", {flow: 25}, status="submitted", person=cast.reporter)
    wide = hold(missions["KG"], "2020-Q2", {flow: 30}, status="submitted", person=cast.reporter, covers=2)
    looked, going = Event(), Event()

    def first() -> None:
        try:
            with transaction.atomic():
                refuse_double_counting(revisions=[quarter])
                looked.set()
                # The second officer is under way: told at once, or made to wait for this one.
                going.wait(0.5)
                approve(quarter, cast.officer)
        finally:
            looked.set()
            connection.close()

    def second() -> str:
        looked.wait()
        try:
            with transaction.atomic():
                refuse_double_counting(revisions=[wide])
                going.set()
                approve(wide, cast.head)
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "approved"

    with ThreadPoolExecutor(2) as pool:
        done, told = pool.submit(first), pool.submit(second)
        done.result()
        assert "H1 2020 and Q1 2020" in told.result()
    assert IndicatorResult.objects.counting().get().value == Decimal(25)


@pytest.mark.parametrize(
    ("number", "covers", "name"),
    [
        (2021 * 4 + 2, 1, "Q3 2021"),
        (2021 * 4 + 1, 2, "H1 2021"),
        (2021 * 4 + 3, 2, "H2 2021"),
        (2021 * 4 + 3, 4, "2021"),
        (2021 * 4 + 2, 2, "Q2 2021–Q3 2021"),
    ],
)
def test_a_span_is_named_as_people_write_it(number, covers, name) -> None:
    assert name_span(number, covers) == name
