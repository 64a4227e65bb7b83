"""Each check of the data sees the fault it is for, on a row of its own making; and the fixtures have no error."""

import io
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import stage
from tracker.access.models import Membership
from tracker.activities.models import Activity, FundingRequirement, FundingTotal
from tracker.analysis.checks import CHECKS, Row, Severity, run_checks
from tracker.framework.models import (
    Alignment,
    Indicator,
    IndicatorReplacement,
    Objective,
    ReferenceFramework,
    ReferenceGoal,
)
from tracker.progress.models import Baseline, Target
from tracker.region.models import Convention, Country, KeyFigure, Mission, Office

KNOWN = {each.code: each for each in CHECKS}


def found_by(code: str) -> list[Row]:
    return [row for finding in run_checks([KNOWN[code]]) for row in finding.rows]


def goal(code: str, *, frame: str = "SDG", **fields: object) -> ReferenceGoal:
    framework, _ = ReferenceFramework.objects.get_or_create(
        code=frame, defaults={"name": frame, "short_name": frame, "kind": "agenda", "source": "test"}
    )
    values = {"kind": "target", "title": f"Goal {code}", "source": "test", **fields}
    return ReferenceGoal.objects.create(framework=framework, code=code, **values)


def align(code: str | None, **fields: object) -> Alignment:
    objective = Objective.objects.get(code="SP1-O1")
    values = {"basis": "ours", "reason": "Because", "source": "test", **fields}
    return Alignment.objects.create(objective=objective, goal=goal(code) if code else None, **values)


def asked(code: str, *missions: Mission, **fields: object) -> Indicator:
    """An indicator that is reported, with a baseline of 50 and a target of 80 in each of these missions."""
    share = {"measure": "percentage", "period_rule": "latest", "decimals": 1, "counts": "stock"}
    indicator = stage.make_indicator(code, **{**share, **fields})
    stage.assign(indicator, *missions)
    for mission in missions:
        Baseline.objects.create(
            indicator=indicator, mission=mission, value=Decimal("0.5"), date=date(2019, 12, 31)
        )
        aim(indicator, mission, "0.8")
    return indicator


def aim(indicator: Indicator, mission: Mission | None, level: str, due: date = date(2024, 12, 31)) -> None:
    Target.objects.create(indicator=indicator, mission=mission, due_on=due, value=Decimal(level))


def activity(**fields: object) -> Activity:
    values = {"code": "KG-1", "mission": Mission.objects.get(code="KG"), "title": "Dig wells"}
    return Activity.objects.create(**{**values, "status": "planned", **fields})


def fund(amounts: dict[str, int], *, total: int | None = None, **fields: object) -> None:
    """What Kyrgyzstan asked for in 2017, by goal; with the total of its row."""
    mission = Mission.objects.get(code="KG")
    for code, amount in amounts.items():
        FundingRequirement.objects.create(
            year=2017, mission=mission, goal=goal(code, frame="MIGOF"), amount=amount, source="test", **fields
        )
    if total is not None:
        FundingTotal.objects.create(
            year=2017, mission=mission, amount=total, amount_printed=total, source="test"
        )


# -- A fault for each check: what it does to the world, and the rows that must be found -----------------
FAULTS: dict[str, tuple[Callable[[dict[str, Mission]], object], list[Row]]] = {}


def fault(code: str, *rows: Row) -> Callable[[Callable[[dict[str, Mission]], object]], object]:
    def keep(make: Callable[[dict[str, Mission]], object]) -> object:
        FAULTS[code] = (make, list(rows))
        return make

    return keep


@fault("country-without-mission", Row("UZ", says="Uzbekistan"))
def _(missions):
    Country.objects.create(
        iso2="UZ", iso3="UZB", name="Uzbekistan", source_name="U", subregion="central_asia", source="test"
    )


@fault("country-without-tile", Row("KG", says="Kyrgyzstan"))
def _(missions):
    Country.objects.filter(iso2="KG").update(tile_row=None, tile_column=None)


@fault("country-without-main-office", Row("TJ", says="Tajikistan"))
def _(missions):
    Office.objects.filter(country__iso2="TJ").update(kind="sub")


@fault("mission-without-reporter", Row("TJ", says="Tajikistan"))
def _(missions):
    Membership.objects.filter(mission__code="TJ").update(ends_on=date(2020, 1, 1))


@fault("figure-with-doubt", Row("FIG-001", says="Wells: Nobody counted"))
def _(missions):
    KeyFigure.objects.create(
        code="FIG-001", title="Wells", value=1, unit="wells", geography="KG", document="D", source="S",
        doubt="Nobody counted",
    )  # fmt: skip


@fault("convention-without-ratification", Row("CAT", says="Against torture"))
def _(missions):
    Convention.objects.create(code="CAT", year=1984, title="Against torture", source="test")


@fault("objective-without-indicator", Row("SP1-O2", says="Second objective"))
def _(missions):
    first = Objective.objects.get(code="SP1-O1")
    Objective.objects.create(
        strategy=first.strategy, priority=first.priority, code="SP1-O2", title="Second objective", order=2
    )


@fault("objective-without-alignment", Row("SP1-O1", says="First objective"))
def _(missions):
    Alignment.objects.all().delete()


@fault("indicator-without-alignment", Row("SP1-O1-I1", says="People assisted (SP1-O1-I1)"))
def _(missions):
    Alignment.objects.all().delete()
    align(None)


@fault("indicator-without-definition", Row("SP1-O1-I2", says="People assisted (SP1-O1-I2)"))
def _(missions):
    asked("SP1-O1-I2", missions["KG"], definition="  ")


@fault("definition-of-several-indicators", Row("SP1-O1-I1", says="SP1-O1-I1, SP1-O1-I2"))
def _(missions):
    asked("SP1-O1-I2", missions["KG"], definition="What SP1-O1-I1 counts.")


@fault("active-indicator-that-was-replaced", Row("SP1-O1-I1", says="replaced by SP1-O1-I2"))
def _(missions):
    IndicatorReplacement.objects.create(
        old=Indicator.objects.get(code="SP1-O1-I1"), new=asked("SP1-O1-I2", missions["KG"])
    )


@fault("goal-without-parent", Row("1.1", "SDG", "Goal 1.1"))
def _(missions):
    top = goal("1", kind="goal")
    goal("1.1")
    goal("1.2", parent=top)
    ReferenceGoal.objects.filter(code="10.7").update(parent=top)


@fault("assignment-without-baseline", Row("SP1-O1-I2", says="KG, TJ"))
def _(missions):
    indicator = asked("SP1-O1-I2", missions["ROV"])
    stage.assign(indicator, missions["TJ"], missions["KG"])
    for code in ("KG", "TJ"):
        aim(indicator, missions[code], "0.8")


@fault("assignment-without-target", Row("SP1-O1-I2", says="TJ"))
def _(missions):
    indicator = asked("SP1-O1-I2", missions["KG"])
    stage.assign(indicator, missions["TJ"])
    Baseline.objects.create(indicator=indicator, mission=missions["TJ"], value=0, date=date(2019, 12, 31))


@fault("target-without-assignment", Row("SP1-O1-I1", says="ROV"))
def _(missions):
    aim(Indicator.objects.get(code="SP1-O1-I1"), missions["ROV"], "0.9")


@fault("active-indicator-without-assignment", Row("SP1-O1-I2", says="People assisted (SP1-O1-I2)"))
def _(missions):
    asked("SP1-O1-I2")


@fault("baseline-without-date", Row("SP1-O1-I1", says="REGION: Census"))
def _(missions):
    Baseline.objects.create(
        indicator=Indicator.objects.get(code="SP1-O1-I1"), mission=None, value=0, source="Census"
    )


@fault(
    "target-against-the-direction",
    Row("SP1-O1-I1", says="KG, by 31 Dec 2024: 80.0\u202f%, after 90.0\u202f%"),
    Row("SP1-O1-I2", says="REGION, by 31 Dec 2024: 4, after 3"),
)
def _(missions):
    aim(Indicator.objects.get(code="SP1-O1-I1"), missions["KG"], "0.9", date(2023, 12, 31))
    falling = asked("SP1-O1-I2", missions["KG"], measure="number", direction="decrease", decimals=0)
    Target.objects.filter(indicator=falling).update(withdrawn_at="2024-01-01T00:00Z")
    aim(falling, None, "3", date(2023, 12, 31))
    aim(falling, None, "4", date(2024, 12, 31))
    aim(falling, missions["KG"], "0")


@fault(
    "target-on-the-wrong-side-of-its-baseline",
    Row("SP1-O1-I1", says="KG, by 31 Dec 2023: 40.0\u202f%, from 50.0\u202f%"),
    Row("SP1-O1-I1", says="REGION, by 31 Dec 2024: 20.0\u202f%, from 25.0\u202f%"),
)
def _(missions):
    indicator = Indicator.objects.get(code="SP1-O1-I1")
    aim(indicator, missions["KG"], "0.4", date(2023, 12, 31))
    Baseline.objects.create(
        indicator=indicator, mission=None, numerator=1, denominator=4, date=date(2019, 12, 31)
    )
    aim(indicator, None, "0.2")


@fault("historical-activity-without-source", Row("KG-1", says="Dig wells"))
def _(missions):
    activity(status="historical", source=" ")


@fault("activity-tied-without-reason", Row("KG-1", says="Dig wells"))
def _(missions):
    activity(tied_by="tracker")


@fault("activity-without-objective", Row("KG-1", says="Dig wells"))
def _(missions):
    activity()


@fault("activity-without-country", Row("ROV-1", says="Dig wells"))
def _(missions):
    activity(code="ROV-1", mission=missions["ROV"], tie_reason="None fits")


@fault(
    "funding-that-does-not-add-up",
    Row("2017", "2017", "KG, all goals: 500 as the total, 300 added up"),
    Row("2017", "2017", "all missions, P2: 150 as the total, 200 added up"),
)
def _(missions):
    fund({"P1": 100, "P2": 200}, total=500)
    for code, amount in (("P1", 100), ("P2", 150)):
        FundingTotal.objects.create(
            year=2017, goal=ReferenceGoal.objects.get(code=code), amount=amount, amount_printed=1, source="t"
        )
    FundingTotal.objects.create(year=2017, amount=300, amount_printed=300, source="test")


@fault("funding-without-total", Row("2017", "2017", "KG"))
def _(missions):
    fund({"P1": 100, "P2": 200})


@fault(
    "funding-read-otherwise",
    Row("2017", "2017", "KG, P1: 200\u202f000 in the text, 500\u202f000 taken for right"),
)
def _(missions):
    fund({"P1": 500_000}, total=500_000, amount_printed=200_000)


@pytest.fixture
def whole(strategy, missions, cast) -> dict[str, Mission]:
    """A small world in which nothing is wrong."""
    for number, (code, mission) in enumerate(missions.items(), 1):
        if code != "ROV":
            Country.objects.filter(iso2=code).update(tile_row=number, tile_column=1)
        if code in ("KG", "TJ"):
            Office.objects.create(
                code=f"{code}-1", city="X", kind="main", mission=mission, country=mission.country, source="t"
            )
    stage.make_person("regional", "reporter", mission=missions["ROV"])  # of Israel too, which it covers
    align("10.7")
    asked("SP1-O1-I1", missions["KG"], missions["TJ"])
    return missions


def test_a_world_that_is_whole_has_nothing_but_what_was_left_out(whole):
    assert [(finding.check.code, len(finding.rows)) for finding in run_checks()] == [("title-left-out", 7)]


@pytest.mark.parametrize("code", sorted(KNOWN.keys() - {"title-left-out"}))
def test_a_check_sees_its_fault(code: str, whole):
    make, rows = FAULTS[code]
    assert found_by(code) == []
    make(whole)
    assert found_by(code) == rows


def test_titles_that_were_left_out_are_noted_with_the_reason(db):
    notes = {row.code: row.says for row in found_by("title-left-out")}
    assert len(notes) == 7
    assert "names no country" in notes["Positive image of migrants through public broadcasting material"]


def test_what_was_withdrawn_or_retired_is_no_fault(whole):
    retired = asked("SP1-O1-I2", whole["KG"], status="retired")
    Baseline.objects.filter(indicator=retired).update(withdrawn_at="2024-01-01T00:00Z")
    ended = asked("SP1-O1-I3", whole["KG"])
    stage.assign(ended, whole["TJ"], withdrawn_at="2024-01-01T00:00Z")
    assert found_by("assignment-without-baseline") == []
    assert found_by("assignment-without-target") == []


def test_a_flow_needs_no_baseline_and_what_is_only_monitored_no_target(whole):
    flow = stage.make_indicator("SP1-O1-I2")
    watched = stage.make_indicator("SP1-O1-I3", period_rule="latest", direction="monitor")
    stage.assign(flow, whole["KG"])
    stage.assign(watched, whole["KG"])
    aim(flow, whole["KG"], "5")
    assert found_by("assignment-without-baseline") == []
    assert found_by("assignment-without-target") == []


def test_a_mission_that_another_covers_is_reported_for(whole):
    assert found_by("mission-without-reporter") == []
    Mission.objects.filter(code="IL").update(covered_by=None)
    assert [row.code for row in found_by("mission-without-reporter")] == ["IL"]
    assert [row.code for row in found_by("country-without-main-office")] == ["IL"]


def test_all_checks_together_ask_one_question(whole):
    for make, _rows in (FAULTS["assignment-without-target"], FAULTS["activity-without-objective"]):
        make(whole)
    with CaptureQueriesContext(connection) as queries:
        findings = run_checks()
    assert len(queries) == 1
    assert [finding.check.severity for finding in findings] == sorted(
        (finding.check.severity for finding in findings), key=list(Severity).index
    )


def test_the_fixtures_have_no_error(db):
    call_command("load_strategy", verbosity=0)
    found = {finding.check.code: finding for finding in run_checks()}
    assert [code for code, each in found.items() if each.check.severity == Severity.ERROR] == []
    # Kept in the fixtures and known: four cells of 2019, one undated baseline, the ratifications that were lost.
    assert len(found["funding-read-otherwise"].rows) == 4
    assert [row.code for row in found["baseline-without-date"].rows] == ["SP1-O3-I1"]
    assert len(found["convention-without-ratification"].rows) == 17
    assert {row.code for row in found["indicator-without-alignment"].rows} == {"ID3-O3-I1", "ID3-O3-I2"}
    for absent in (
        "objective-without-indicator", "objective-without-alignment",
        "definition-of-several-indicators", "goal-without-parent", "country-without-tile",
        "country-without-main-office", "activity-tied-without-reason", "funding-without-total",
    ):  # fmt: skip
        assert absent not in found
    # As it was printed, one row of 2019 is short, its column and the whole table too.
    cell = FundingRequirement.objects.get(year=2019, mission__code="AL", goal__code="O1")
    FundingRequirement.objects.filter(pk=cell.pk).update(amount=cell.amount_printed, amount_printed=None)
    broken = found_by("funding-that-does-not-add-up")
    assert {row.says.split(":")[0] for row in broken} == {
        "AL, all goals",
        "all missions, O1",
        "all missions, all goals",
    }


# -- The command --------------------------------------------------------------------------------------
def say(*arguments: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("check_data", *arguments, stdout=out)
    except SystemExit as left:
        return int(left.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_the_command_tells_what_is_wrong_where_and_what_to_do(whole):
    FAULTS["funding-that-does-not-add-up"][0](whole)
    code, said = say()
    assert code == 1
    assert "ERROR  The amounts asked for do not add up to the total of the document." in said
    assert "  2017  KG, all goals: 500 as the total, 300 added up" in said
    assert "  What to do: Hold the amounts against the document" in said
    assert said.rstrip().endswith(f"{len(CHECKS)} checks: 2 errors, 0 warnings, 7 notes")


def test_the_command_is_content_with_warnings(whole):
    FAULTS["assignment-without-target"][0](whole)
    code, said = say("--check", "assignment-without-target")
    assert code == 0
    assert "SP1-O1-I2  TJ" in said
    assert said.rstrip().endswith("1 check: 0 errors, 1 warning, 0 notes")


def test_the_command_gives_json_with_every_row(whole):
    KeyFigure.objects.bulk_create(
        KeyFigure(
            code=f"F-{number:02}", title="T", value=1, unit="u", geography="g", document="d", source="s",
            doubt="?",
        )
        for number in range(30)
    )  # fmt: skip
    code, said = say("--json", "--check", "figure-with-doubt")
    assert code == 0
    told = json.loads(said)
    assert (told["errors"], told["warnings"], told["notes"]) == (0, 0, 30)
    (finding,) = told["findings"]
    assert (finding["code"], finding["severity"], finding["kind"]) == ("figure-with-doubt", "note", "figure")
    assert finding["rows"][29] == {"code": "F-29", "parent": "", "says": "T: ?"}
    assert "… and 10 more" in say("--check", "figure-with-doubt")[1]


def test_the_command_refuses_a_check_that_is_none(db):
    with pytest.raises(CommandError, match="There is no check nonsense"):
        call_command("check_data", "--check", "nonsense")


# -- The page -----------------------------------------------------------------------------------------
def test_the_page_tells_the_same_with_links(whole, cast, sign_in):
    FAULTS["assignment-without-target"][0](whole)
    page = sign_in(cast.administrator).get("/checks/").content.decode()
    assert "Missions report on this indicator toward no target." in page
    assert 'href="/indicators/SP1-O1-I2/"' in page
    assert "Load the targets of these missions (targets)." in page


def test_the_page_of_one_check_has_all_its_rows_and_rubbish_is_said(whole, cast, sign_in):
    KeyFigure.objects.bulk_create(
        KeyFigure(
            code=f"F-{number:02}", title="T", value=1, unit="u", geography="g", document="d", source="s",
            doubt="?",
        )
        for number in range(60)
    )  # fmt: skip
    client = sign_in(cast.administrator)
    assert "F-59" not in client.get("/checks/").content.decode()
    assert "F-59" in client.get("/checks/?check=figure-with-doubt").content.decode()
    page = client.get("/checks/?check=nonsense").content.decode()
    assert "There is no check “nonsense”: all are shown." in page
    assert "There is a doubt about this key figure." in page
