"""The demonstration, loaded once for all of these tests and looked at from many sides."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import F, Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.pages import MOST_QUERIES, questions_of
from tracker.access.models import User
from tracker.access.policies import rights_of
from tracker.analysis.engine import standings
from tracker.common.formats import show_date
from tracker.common.jobs.models import Outbox
from tracker.framework.models import Breakdown, Indicator, Strategy
from tracker.management.demo.planning import DemonstrationPlan, plan_demonstration
from tracker.management.demo.reading import read_world
from tracker.management.demo.story import APPROVED, LAST_QUARTER, RETURNED, SUBMITTED, left_to_fill
from tracker.management.demonstration import ACCOUNTS, LEAD, PASSWORD, REPORTERS
from tracker.notices.models import Notice
from tracker.progress.choices import Origin, RevisionStatus
from tracker.progress.models import (
    Baseline,
    CellValue,
    IndicatorResult,
    ProgressReport,
    ReportingPeriod,
    ReportRevision,
    ReviewEvent,
    Target,
)
from tracker.progress.rules import Amount, Entry, check_entry
from tracker.progress.services.completeness import missing_results
from tracker.progress.services.entry_rows import AskedBreakdown, EntryRow
from tracker.progress.services.reports import submit_report
from tracker.progress.services.results import Typed, save_results
from tracker.region.models import Mission
from tracker.reports.models import Edition
from tracker.reports.services import plan_due_editions

# Each test is undone by itself, inside the transaction that holds the demonstration for all of them.
pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Loaded:
    """What the command said, on which day, and the plan it drew, drawn again."""

    said: str
    today: date
    plan: DemonstrationPlan


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker) -> Iterator[Loaded]:
    """The demonstration in a database of its own; all of it is undone after the last test here."""
    with django_db_blocker.unblock(), transaction.atomic():
        said = StringIO()
        today = timezone.localdate()
        call_command("load_demo", stdout=said)
        # What a commit would check is checked here, once, and not again after every test.
        connection.check_constraints()
        yield Loaded(said.getvalue(), today, draw_plan())
        transaction.set_rollback(True)


def draw_plan() -> DemonstrationPlan:
    """The plan for the database as it stands before progress: without what the demonstration planned itself."""
    people = {person.email: person.pk for person in User.objects.all()}
    reporters = {code: people[account.email] for account in REPORTERS for code in account.missions}
    world = read_world(
        strategy=Strategy.objects.get(is_current=True),
        reporters={**reporters, "IL": reporters["ROV"]},
        officers=[people["officer@demo.example"], people["officer2@demo.example"]],
    )
    own = set(Baseline.objects.filter(source="Demonstration").values_list("indicator_id", "mission__code"))
    subjects = [
        replace(s, held={m: level for m, level in s.held.items() if (s.pk, m) not in own})
        for s in world.subjects
    ]
    return plan_demonstration(replace(world, subjects=subjects))


def test_the_same_codes_give_the_same_figures_whatever_the_ids(loaded: Loaded):
    world = loaded.plan.world
    moved = [replace(subject, pk=subject.pk + 100_000) for subject in world.subjects]
    again = plan_demonstration(replace(world, subjects=moved))

    first = [each._replace(indicator=each.indicator + 100_000) for each in loaded.plan.results()]

    assert first == list(again.results())
    assert [t._replace(indicator=t.indicator + 100_000) for t in loaded.plan.targets] == again.targets


def test_the_database_holds_the_plan_to_the_last_result(loaded: Loaded):
    planned = {(r.mission, r.period, r.indicator): r for r in loaded.plan.results()}
    held = IndicatorResult.objects.values_list(
        "revision__report__mission", "revision__report__period", "indicator",
        "value", "numerator", "denominator", "not_applicable", "comment",
    )  # fmt: skip
    seen = 0
    for *key, value, n, d, not_applicable, comment in held:
        wanted = planned[tuple(key)]
        assert (value, n, d) == (wanted.value, wanted.numerator, wanted.denominator)
        assert (not_applicable, comment) == (wanted.not_applicable, wanted.comment)
        seen += 1

    assert seen == len(planned) > 15_000
    assert CellValue.objects.count() == sum(len(r.cells) for r in planned.values()) > 50_000


def test_everything_is_marked_as_demonstration(loaded: Loaded):
    assert Strategy.objects.get(is_current=True).holds_demonstration
    assert set(IndicatorResult.objects.values_list("origin", flat=True).distinct()) == {Origin.DEMO}
    assert set(ReportRevision.objects.values_list("origin", flat=True).distinct()) == {Origin.DEMO}
    assert set(Target.objects.values_list("reason", flat=True).distinct()) == {"Demonstration"}
    made_here = Baseline.objects.exclude(reason="")
    assert made_here.count() > 800
    assert not made_here.exclude(source="Demonstration", reason="Demonstration").exists()


def test_missions_are_told_of_the_open_window_and_of_nothing_older(loaded: Loaded):
    """Of eleven reporters and a lead those whose missions have not handed in; and one of the report approved last."""
    told = Counter(Notice.objects.values_list("kind", flat=True))
    not_handed_in = {m.code for m in Mission.objects.all()} - {*SUBMITTED, *APPROVED, RETURNED}
    people = {
        (account.email, mission)
        for account in (*REPORTERS, LEAD)
        for mission in {*account.missions, *({"IL"} if "ROV" in account.missions else ())} & not_handed_in
    }
    assert told == {"window_opened": len(people), "approved": 1}
    assert set(Notice.objects.values_list("params__period", flat=True)) == {"2024-Q4", "2024-Q3"}
    # No mail but that one is printed as the demonstration starts.
    assert [mail.to for mail in Outbox.objects.all()] == ["reporter.kz@demo.example"]


def test_all_indicators_are_active(loaded: Loaded):
    assert Counter(Indicator.objects.values_list("status", flat=True)) == {"active": 131}


def test_every_mission_reported_every_quarter_but_a_few(loaded: Loaded):
    # 21 missions × 19 quarters before the last, of which 8 reports were never made; 13 are begun in the last.
    assert ProgressReport.objects.exclude(period__code=LAST_QUARTER).count() == 21 * 19 - 8
    before = ReportRevision.objects.exclude(report__period__code=LAST_QUARTER)
    assert set(before.values_list("status", flat=True)) == {RevisionStatus.APPROVED}
    last = ReportRevision.objects.filter(report__period__code=LAST_QUARTER)
    assert Counter(last.values_list("status", flat=True)) == {
        "draft": 5,
        "submitted": 6,
        "returned": 1,
        "approved": 1,
    }


def test_nobody_approved_what_they_submitted_or_entered(loaded: Loaded):
    approved = ReportRevision.objects.filter(status=RevisionStatus.APPROVED)

    assert not approved.filter(Q(approved_by=F("submitted_by")) | Q(approved_by__isnull=True)).exists()
    assert not approved.filter(results__entered_by=F("approved_by")).exists()


def test_reports_lie_in_the_past_in_the_order_of_their_steps(loaded: Loaded):
    assert not ReviewEvent.objects.filter(at__gt=timezone.now()).exists()
    assert not ReportRevision.objects.filter(submitted_at__lt=F("created_at")).exists()
    assert not ReportRevision.objects.filter(approved_at__lt=F("submitted_at")).exists()
    early = ReportRevision.objects.filter(created_at__date__lt=F("report__period__opens_on"))
    assert not early.exists()


def test_there_are_gaps_of_every_kind_and_zeros(loaded: Loaded):
    results = IndicatorResult.objects.all()
    unreported = results.filter(value=None, numerator=None, not_applicable=False)

    assert results.filter(not_applicable=True).count() > 100
    assert unreported.count() > 100
    assert not unreported.filter(comment="").exists()
    assert results.filter(value=0, indicator__measure="number").count() > 100


def test_every_result_could_have_been_typed_into_the_form(loaded: Loaded):
    rules = {
        indicator.pk: EntryRow(
            indicator, [_breakdown_of(ask.breakdown) for ask in indicator.asks.all()]
        ).rules
        for indicator in Indicator.objects.prefetch_related("asks__breakdown__cells")
    }
    wrong = [
        result
        for result in loaded.plan.results()
        if check_entry(
            rules[result.indicator],
            Entry(
                amount=_amount(result.value, result.numerator, result.denominator),
                not_applicable=result.not_applicable,
                comment=result.comment,
                cells={c.cell: _amount(c.value, c.numerator, c.denominator) for c in result.cells},
            ),
        )
    ]
    assert wrong == []


def _breakdown_of(breakdown: Breakdown) -> AskedBreakdown:
    cells = {cell.pk: cell.name for cell in breakdown.cells.all()}
    return AskedBreakdown(breakdown.pk, breakdown.name, breakdown.exclusive, cells)


def _amount(*numbers: int | Decimal | None) -> Amount:
    return Amount(*(None if n is None else Decimal(n) for n in numbers))


def test_parts_never_exceed_their_whole_and_some_leave_a_rest(loaded: Loaded):
    """By SQL, over what the database holds: exclusive cells are added up, others looked at one by one."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT b.exclusive, coalesce(r.value, r.denominator) AS whole, r.numerator,
                   sum(coalesce(v.value, v.denominator)), max(coalesce(v.value, v.denominator)), sum(v.numerator)
            FROM tracker_cellvalue v JOIN tracker_cell c ON c.id = v.cell_id
            JOIN tracker_breakdown b ON b.id = c.breakdown_id JOIN tracker_indicatorresult r ON r.id = v.result_id
            GROUP BY b.id, r.id
            """
        )
        rows = cursor.fetchall()
    rests = [whole - total for exclusive, whole, _n, total, _largest, _ns in rows if exclusive]

    assert min(rests) == 0
    assert sum(rest > 0 for rest in rests) > 1000
    assert sum(rest == 0 for rest in rests) > 1000
    assert all(largest <= whole for _e, whole, _n, _t, largest, _ns in rows)
    assert all(ns <= n for exclusive, _w, n, _t, _l, ns in rows if exclusive and n is not None)


def test_most_of_it_is_on_track_and_some_is_not(loaded: Loaded):
    strategy = Strategy.objects.get(is_current=True)
    found = standings(strategy=strategy, as_of=ReportingPeriod.objects.get(code="2024-Q3"))
    missions = Counter(str(m.status) for each in found.values() for m in each.missions.values())
    well = missions["on_track"] + missions["achieved"]
    badly = missions["at_risk"] + missions["off_track"]

    assert well > badly > 200
    assert {"no_target", "no_baseline", "no_data", "not_applicable"} <= missions.keys()
    assert {"on_track", "at_risk", "off_track", "achieved"} <= {str(e.region.status) for e in found.values()}


def test_what_should_fall_falls_and_what_is_watched_has_no_target(loaded: Loaded):
    displaced = Indicator.objects.get(code="SP2-O3-I2")
    baselines = dict(
        Baseline.objects.filter(indicator=displaced).exclude(mission=None).values_list("mission", "value")
    )
    targets = Target.objects.filter(indicator=displaced).exclude(mission=None)

    assert targets.count() > 30
    assert all(t.value < baselines[t.mission_id] for t in targets if t.mission_id in baselines)
    assert not Target.objects.filter(indicator__direction="monitor").exists()
    flow = Target.objects.filter(indicator__code="SP1-O1-I1", mission__code="KG").order_by("due_on")
    assert [t.due_on.year for t in flow] == [2020, 2021, 2022, 2023, 2024]
    # Yearly amounts add up to the running total.
    assert sum(t.given for t in flow) == flow.last().value


def test_the_last_window_is_open_for_thirty_days(loaded: Loaded):
    period = ReportingPeriod.objects.get(code=LAST_QUARTER)
    until = loaded.today + timedelta(days=30)

    assert (period.opens_on, period.due_on) == (
        loaded.today - timedelta(days=10),
        loaded.today + timedelta(days=20),
    )
    assert period.closes_on == until
    assert f"The window of Q4 2024 is open until {show_date(until)}" in loaded.said


def test_a_newcomer_finishes_the_draft_of_kyrgyzstan_and_submits_it(loaded: Loaded):
    reporter = User.objects.get(email="reporter.kg@demo.example")
    mission = Mission.objects.get(code="KG")
    period = ReportingPeriod.objects.get(code=LAST_QUARTER)
    draft = ReportRevision.objects.get(report__mission=mission, report__period=period)
    due = [s for s in loaded.plan.world.subjects if "KG" in s.missions]
    left = missing_results(draft)
    assert sorted(left) == sorted(left_to_fill(due))
    assert len(left) == 4

    indicators = Indicator.objects.filter(code__in=left)
    typed = {
        i.pk: Typed(Entry(_amount(None, 3, 4) if i.measure == "percentage" else _amount(1)))
        for i in indicators
    }
    save_results(mission=mission, period=period, user=reporter, typed=typed)
    submit_report(revision=draft, user=reporter)

    draft.refresh_from_db()
    assert draft.status == RevisionStatus.SUBMITTED


def test_exactly_one_quarter_is_owed_to_the_schedules(loaded: Loaded):
    # An edition of each of the 21 missions, and the regional one.
    assert plan_due_editions() == 22
    assert set(Edition.objects.values_list("period__code", flat=True)) == {"2024-Q3"}
    assert Edition.objects.filter(mission=None).count() == 1
    assert plan_due_editions() == 0


def test_everybody_signs_in_with_the_one_password(loaded: Loaded):
    person = authenticate(email="reporter.kg@demo.example", password=PASSWORD)

    assert person == User.objects.get(email="reporter.kg@demo.example")
    assert len(set(User.objects.values_list("password", flat=True))) == 1
    assert {account.email for account in ACCOUNTS} == set(User.objects.values_list("email", flat=True))


def test_every_mission_has_somebody_who_reports_for_it(loaded: Loaded):
    of = Counter(
        mission
        for account in REPORTERS
        for mission in rights_of(User.objects.get(email=account.email)).missions
    )
    assert of == dict.fromkeys(Mission.objects.values_list("pk", flat=True), 1)
    assert len(REPORTERS) == 11


def test_a_second_load_changes_nothing(loaded: Loaded):
    before = _what_is_there()
    for arguments in ([], ["--if-empty"]):
        said = StringIO()
        call_command("load_demo", *arguments, stdout=said)
        assert said.getvalue() == "Demonstration data is there already; nothing was changed.\n"
    assert _what_is_there() == before


def _what_is_there() -> dict[str, int]:
    """How many events the history holds: it forgets no change of any table."""
    with connection.cursor() as cursor:
        names = [t for t in connection.introspection.table_names(cursor) if t.endswith("event")]
        found = {}
        for name in names:
            cursor.execute(f'SELECT count(*) FROM "{name}"')
            found[name] = cursor.fetchone()[0]
    assert found["tracker_indicatorresultevent"] > 15_000
    return found


def test_production_refuses_it(loaded: Loaded, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="not loaded in production"):
        call_command("load_demo", "--if-empty", stdout=StringIO())


# -- The pages, with everything in them -----------------------------------------------------------------
LATER_PAGE = 40 * 1024
"""Bytes, compressed; what the first page brings besides is weighed by `Scales`."""

FULL_PAGES = {
    "viewer": [
        "/",
        "/framework/",
        "/framework/?priority=SP1",
        "/objectives/SP1-O1/",
        "/indicators/SP1-O1-I1/",
        "/indicators/SP1-O1-I99/",
        "/search/?q=migrants",
        "/search/?q=migrants&kind=indicator",
        "/reports/",
        "/imports/downloads/",
    ],
    "officer": [
        "/",
        "/framework/?mission=KG",
        "/indicators/SP1-O1-I1/",
        "/review/",
        "/reporting/",
        "/checks/",
    ],
    "admin": ["/", "/imports/", "/checks/?check=assignment-without-target"],
    "reporter.kg": ["/", "/reporting/", "/framework/?mission=KG"],
}


@pytest.mark.parametrize("person", FULL_PAGES)
def test_full_pages_are_light_and_ask_little(loaded: Loaded, person: str, client):
    client.force_login(User.objects.get(email=f"{person}@demo.example"))
    too_much = []
    for address in FULL_PAGES[person]:
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address, headers={"accept-encoding": "gzip"})
        assert page.headers["Content-Encoding"] == "gzip", address
        asked = len(questions_of(queries))
        if asked > MOST_QUERIES or len(page.content) > LATER_PAGE:
            too_much.append((address, asked, len(page.content)))
    assert too_much == []
