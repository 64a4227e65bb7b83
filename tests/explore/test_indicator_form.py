"""The form of one indicator: what it writes, what it refuses in words, and what stands once results exist."""

from decimal import Decimal

import pytest

from tests import stage
from tracker.framework.models import STANDING_FIELDS, Indicator

NEW = "/indicators/new/"
EDIT = "/indicators/SP1-O1-I1/edit/"

STOCK = {
    "code": "SP1-O1-I9",
    "objective": "SP1-O1",
    "name": "Centres that are open",
    "unit": "centres",
    "measure": "number",
    "direction": "increase",
    "period_rule": "latest",
    "mission_rule": "sum",
    "frequency": "annual",
}


@pytest.fixture
def flow(strategy, missions):
    return stage.make_indicator()


@pytest.fixture
def officer(cast, strategy, sign_in):
    return sign_in(cast.officer)


def shown(answer) -> dict:
    """What a browser would send of the form of a page, left as it is."""
    data = {}
    for field in answer.context["form"]:
        if field.field.disabled or field.value() in (None, "", False):
            continue
        data[field.html_name] = field.value() if field.value() is not True else "on"
    return data


def post(client, url: str, **typed):
    return client.post(url, {**shown(client.get(url)), **typed})


def errors_of(answer) -> str:
    return str(answer.context["form"].errors)


def test_a_new_indicator_is_proposed_unless_said_otherwise(officer):
    saved = post(officer, NEW, **STOCK)
    assert (saved.status_code, saved.url) == (302, "/indicators/SP1-O1-I9/")
    made = Indicator.objects.get()
    assert (made.status, made.level, made.decimals, made.bounded, made.allows_negative) == (
        "proposed", "output", 0, True, False,
    )  # fmt: skip
    assert (made.objective.code, made.unit, made.period_rule) == ("SP1-O1", "centres", "latest")


def test_stages_thresholds_and_breakdowns_are_written_as_a_sheet_writes_them(officer):
    for code in ("sex", "age"):
        stage.make_breakdown(code, cells=["one", "two"])
    assert (
        post(
            officer,
            NEW,
            **STOCK
            | {
                "measure": "stage",
                "stages": "Drafted\r\nAdopted; In force\r\n",
                "mission_rule": "count_at_least",
                "threshold": "adopted",
                "breakdowns": ["sex", "age"],
            },
        ).status_code
        == 302
    )
    made = Indicator.objects.get()
    assert (made.stages, made.threshold) == (["Drafted", "Adopted", "In force"], 1)
    assert {each.code for each in made.breakdowns.all()} == {"sex", "age"}
    # Shown again, it says the same, and saving it changes nothing.
    form = officer.get("/indicators/SP1-O1-I9/edit/").context["form"]
    assert (form["stages"].value(), form["threshold"].value()) == ("Drafted\nAdopted\nIn force", "Adopted")
    again = post(officer, "/indicators/SP1-O1-I9/edit/")
    assert again.status_code == 302
    assert "It stands like this already" in officer.get(again.url).content.decode()


def test_a_threshold_of_a_percentage_is_typed_in_percent(officer):
    share = {"measure": "percentage", "mission_rule": "count_at_least", "threshold": "62.5"}
    assert post(officer, NEW, **STOCK | share).status_code == 302
    assert Indicator.objects.get().threshold == Decimal("0.625")
    assert officer.get("/indicators/SP1-O1-I9/edit/").context["form"]["threshold"].value() == "62.5"


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        (
            {"measure": "percentage", "period_rule": "maximum"},
            "period_rule",
            "Use sum, year, latest or average",
        ),
        (
            {"measure": "percentage", "mission_rule": "average"},
            "mission_rule",
            "numerators and denominators are added",
        ),
        ({"measure": "stage"}, "stages", "Name the stages in order"),
        ({"measure": "stage", "stages": "A\nA", "mission_rule": "maximum"}, "stages", "stands twice"),
        ({"measure": "yes_no", "mission_rule": "sum"}, "mission_rule", "cannot be added or averaged"),
        ({"stages": "A\nB"}, "stages", "Leave this empty"),
        ({"threshold": "4"}, "threshold", "Leave this empty"),
        ({"mission_rule": "count_at_least"}, "threshold", "needs the threshold"),
        ({"mission_rule": "count_at_least", "threshold": "many"}, "threshold", "“many” is no number"),
        ({"period_rule": "sum", "direction": "decrease"}, "direction", "can only grow"),
        ({"code": "SP1 O1"}, "code", "letters, digits, hyphens"),
        ({"code": ""}, "code", "Give it a code"),
        ({"objective": "SP9-O9"}, "objective", "SP9-O9"),
        ({"name": "x" * 301}, "name", "300"),
        ({"decimals": "9"}, "decimals", "6"),
        ({"measure": ""}, "measure", "Choose one."),
        ({"name": "", "measure": "stage"}, "stages", "Name the stages in order"),
        ({"name": ""}, "name", "Fill this in."),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field_and_nothing_typed_is_lost(typed, field, said, officer):
    answer = post(officer, NEW, **STOCK | {"definition": "What counts"} | typed)
    assert answer.status_code == 422
    assert said in str(answer.context["form"].errors[field])
    assert "What counts</textarea>" in answer.content.decode().replace("\n", "")
    assert not Indicator.objects.exists()


def test_a_code_that_there_is_is_not_written_over(flow, officer):
    answer = post(officer, NEW, **STOCK | {"code": "SP1-O1-I1"})
    assert answer.status_code == 422
    assert "There is an indicator with this code" in errors_of(answer)
    flow.refresh_from_db()
    assert flow.name == "People assisted (SP1-O1-I1)"


def test_before_there_are_results_every_rule_may_change(flow, officer):
    assert (
        post(officer, EDIT, period_rule="year", unit="families", name="Families assisted").status_code == 302
    )
    flow.refresh_from_db()
    assert (flow.period_rule, flow.unit, flow.name, flow.order) == (
        "year",
        "families",
        "Families assisted",
        1,
    )


def test_once_there_are_results_what_a_value_means_stands_and_the_rest_may_change(
    flow, missions, officer, cast
):
    stage.assign(flow, missions["KG"])
    stage.approve(missions["KG"], "2021-Q1", {flow: 1}, reporter=cast.reporter, officer=cast.officer)
    page = officer.get(EDIT)
    assert {field.html_name for field in page.context["form"] if field.field.disabled} == {
        "code",
        *STANDING_FIELDS,
    }
    assert "has results, so its rules, unit and definition stand" in page.content.decode()
    # A page that sends them all the same changes nothing of them.
    assert post(officer, EDIT, unit="families", name="Renamed", sensitive="on").status_code == 302
    flow.refresh_from_db()
    assert (flow.unit, flow.name, flow.sensitive) == ("persons", "Renamed", True)


def test_a_breakdown_that_results_are_split_by_stays(flow, missions, officer, cast):
    from tracker.progress.models import CellValue, IndicatorResult

    cells = stage.ask_by_sex(flow)
    stage.assign(flow, missions["KG"])
    revision = stage.approve(missions["KG"], "2021-Q1", {}, reporter=cast.reporter, officer=cast.officer)
    draft = type(revision).objects.create(report=revision.report, number=2, created_by=cast.reporter)
    result = IndicatorResult.objects.create(revision=draft, indicator=flow, value=3, entered_by=cast.reporter)
    CellValue.objects.create(result=result, cell=cells["female"], value=3)
    answer = post(officer, EDIT, breakdowns=[])
    assert answer.status_code == 422
    assert "so it goes on asking for it" in errors_of(answer)


def test_what_somebody_changed_meanwhile_is_not_written_over(flow, officer):
    before = shown(officer.get(EDIT))
    post(officer, EDIT, name="Theirs")
    stale = officer.post(EDIT, {**before, "name": "Mine"})
    assert stale.status_code == 409
    assert "Somebody changed this indicator meanwhile" in errors_of(stale)
    assert 'value="Mine"' in stale.content.decode()
    flow.refresh_from_db()
    assert flow.name == "Theirs"
    assert officer.post(EDIT, shown(stale)).status_code == 302
    flow.refresh_from_db()
    assert flow.name == "Mine"


def test_saving_twice_saves_once(officer):
    data = {**shown(officer.get(NEW)), **STOCK}
    assert [officer.post(NEW, data).status_code for _time in range(2)] == [302, 302]
    assert Indicator.objects.count() == 1


def test_what_it_replaces_and_its_place_in_lists_stay(flow, officer):
    from tracker.framework.models import IndicatorReplacement

    old = stage.make_indicator("SP1-O1-I0")
    IndicatorReplacement.objects.create(new=flow, old=old)
    post(officer, EDIT, name="Renamed")
    assert [each.code for each in Indicator.objects.get(pk=flow.pk).replaces.all()] == ["SP1-O1-I0"]


@pytest.mark.parametrize("role", ["viewer", "reporter", "lead"])
def test_only_who_plans_edits(role, flow, cast, sign_in):
    client = sign_in(getattr(cast, role))
    for url in (NEW, EDIT):
        assert client.get(url).status_code == 403
        assert client.post(url, STOCK).status_code == 403


def test_an_unknown_code_does_not_exist(officer):
    assert officer.get("/indicators/NO-SUCH/edit/").status_code == 404


# -- One that replaces another --------------------------------------------------------------------------
def test_one_that_replaces_another_begins_with_all_that_the_other_says(flow, officer):
    stage.ask_by_sex(flow)
    begun = officer.get(f"{NEW}?replaces={flow.code}")
    form = begun.context["form"]
    assert {
        name: form[name].value() for name in ("name", "unit", "objective", "period_rule", "replaces")
    } == {
        "name": flow.name,
        "unit": flow.unit,
        "objective": "SP1-O1",
        "period_rule": "sum",
        "replaces": flow.code,
    }
    assert (form["code"].value(), form["status"].value()) == (None, "proposed")
    assert form["breakdowns"].value() == ["sex"]
    saved = post(officer, f"{NEW}?replaces={flow.code}", code="SP1-O1-I9", unit="families")
    assert saved.status_code == 302
    made = Indicator.objects.get(code="SP1-O1-I9")
    assert [each.code for each in made.replaces.all()] == [flow.code]
    assert (made.unit, made.name, made.asks.count()) == ("families", flow.name, 1)
    flow.refresh_from_db()
    assert flow.unit == "persons"
    assert 'href="/indicators/SP1-O1-I9/"' in officer.get(f"/indicators/{flow.code}/").content.decode()


def test_what_is_merged_is_named_in_any_way_and_can_be_changed(flow, officer):
    stage.make_indicator("SP1-O1-I2")
    assert post(officer, NEW, **STOCK, replaces="sp1-o1-i1, SP1-O1-I2;SP1-O1-I1").status_code == 302
    made = Indicator.objects.get(code="SP1-O1-I9")
    assert sorted(each.code for each in made.replaces.all()) == ["SP1-O1-I1", "SP1-O1-I2"]
    page = officer.get("/indicators/SP1-O1-I9/edit/")
    assert page.context["form"]["replaces"].value() == "SP1-O1-I1; SP1-O1-I2"
    again = post(officer, "/indicators/SP1-O1-I9/edit/")
    assert again.status_code == 302
    assert made.replaces.count() == 2
    post(officer, "/indicators/SP1-O1-I9/edit/", replaces="SP1-O1-I2")
    assert [each.code for each in made.replaces.all()] == ["SP1-O1-I2"]
    post(officer, "/indicators/SP1-O1-I9/edit/", replaces="")
    assert made.replaces.count() == 0


def test_what_cannot_be_replaced_is_refused_beside_its_field(flow, officer):
    unknown = post(officer, NEW, **STOCK, replaces="SP1-O1-I11")
    assert unknown.status_code == 422
    assert "There is no indicator with the code" in str(unknown.context["form"].errors["replaces"])
    itself = post(officer, EDIT, replaces="SP1-O1-I1")
    assert "An indicator cannot replace itself." in str(itself.context["form"].errors["replaces"])
    rubbish = officer.get(f"{NEW}?replaces=NONE")
    assert rubbish.status_code == 200
    assert "There is no indicator “NONE” to be replaced: the form is empty." in rubbish.content.decode()
