"""Evidence reached from a row of the grid: how much there is, the way to add more, and the way back."""

import re

import pytest
from django.urls import reverse

from tests import stage
from tests.reporting.test_saving_by_itself import send
from tracker.progress.models import IndicatorResult
from tracker.progress.services import reports
from tracker.progress.services.evidence import Described, add_link

pytestmark = pytest.mark.django_db

AT = "/reporting/2024-Q4/KG/evidence/"


@pytest.fixture
def add(missions, open_period, cast):
    """``add(indicator, "a")``: a link behind it, or behind the report as a whole."""

    def link(indicator, name: str):
        return add_link(
            mission=missions["KG"],
            period=open_period,
            user=cast.reporter,
            link=f"https://example.org/{name}",
            described=Described(title=name, indicator=indicator and indicator.pk),
        )

    return link


def tools_of(text: str, indicator) -> list[str]:
    """What can be opened of a row, in words."""
    [tools] = re.findall(rf'id="tools-{indicator.pk}"[^>]*>(.*?)</span>', text)
    return re.findall(r'class="tool"[^>]*>([^<]*)<', tools)


def test_a_row_tells_how_much_evidence_there_is_and_leads_to_more(flow, share, add, open_tab, cast):
    tab = open_tab(cast.reporter)
    assert tools_of(tab.text, flow) == ["Definition", "Add evidence"]
    add(flow, "first")
    add(None, "of-the-report")
    assert tools_of(tab.open().text, flow) == ["Definition", "1 piece of evidence, add more"]
    assert tools_of(tab.text, share) == ["Definition", "Add evidence"]
    # What was typed is saved on the way, and the page is about this indicator.
    tab.enter(share, n="1", d="4").press(f"evidence-{flow.pk}")
    assert tab.url == f"{AT}?indicator={flow.code}#add-title"
    assert IndicatorResult.objects.get().numerator == 1
    assert f'href="/reporting/2024-Q4/KG/#i{flow.pk}"' in tab.text
    assert f'<option value="{flow.pk}" selected>' in tab.text
    assert "Name no beneficiary." in tab.text
    # It leads back to the row, which counts one more.
    tab.fields["link"] = "https://example.org/second"
    answer = tab.client.post(tab.url, tab.fields)
    assert answer.url == f"/reporting/2024-Q4/KG/#i{flow.pk}"
    text = tab.client.get(answer.url).content.decode()
    assert "“example.org/second” is added." in text
    assert tools_of(text, flow) == ["Definition", "2 pieces of evidence, add more"]
    # A row that is saved by itself goes on telling it.
    assert tools_of(send(open_tab(cast.reporter).enter(flow, value="5"), flow), flow)[1] == (
        "2 pieces of evidence, add more"
    )


def test_what_is_wrong_with_the_form_keeps_the_person_there(flow, open_tab, cast):
    tab = open_tab(cast.reporter).enter(flow, value="many").press(f"evidence-{flow.pk}")
    assert (tab.status, tab.url) == (422, "/reporting/2024-Q4/KG/")
    assert tab.fields[f"{flow.pk}-value"] == "many"
    for rubbish in ("evidence-0", "evidence-99999999999999999999", "evidence-"):
        assert open_tab(cast.reporter).press(rubbish).url == "/reporting/2024-Q4/KG/"


def test_readers_of_a_report_see_how_much_there_is_and_nothing_where_there_is_none(
    flow, share, add, open_tab, cast, sign_in
):
    for each in (flow, share):
        open_tab(cast.reporter).enter(each, comment="No figure yet").press()
    revision = add(flow, "first").revision
    reports.submit_report(revision=revision, user=cast.reporter)
    client = sign_in(cast.officer)
    text = client.get(reverse("report", args=["2024-Q4", "KG"])).content.decode()
    assert tools_of(text, flow) == ["Definition", "1 piece of evidence"]
    assert tools_of(text, share) == ["Definition"]
    page = client.get(AT, {"indicator": flow.code}).content.decode()
    assert "Back to its row" in page
    assert 'name="link"' not in page


def test_evidence_of_the_row_that_one_came_from_stands_first(flow, share, add, cast, sign_in):
    for indicator, name in ((None, "one"), (share, "two"), (flow, "three"), (share, "four")):
        add(indicator, name)
    client = sign_in(cast.reporter)

    def titles(**query) -> list[str]:
        text = client.get(AT, query).content.decode()
        return re.findall(r'rel="noopener noreferrer nofollow">(\w+)</a>', text)

    assert titles() == ["one", "two", "three", "four"]
    assert titles(indicator=share.code) == ["two", "four", "one", "three"]
    for unknown in ("SP9-O9-I9", "\x00", "'"):
        assert titles(indicator=unknown) == ["one", "two", "three", "four"]


def test_evidence_that_is_asked_for_and_not_there_is_a_question_as_soon_as_there_is_a_figure(
    strategy, missions, add, open_tab, cast
):
    asking = stage.make_indicator("SP1-O1-I9", needs_evidence=True)
    stage.assign(asking, missions["KG"])
    asked = "No evidence: this indicator asks for a document or a link behind its result."
    tab = open_tab(cast.reporter)
    assert asked not in tab.text
    text = send(tab.enter(asking, value="5"), asking)
    assert f"<li>{asked} Add it, or say in the comment why there is none.</li>" in text
    add(asking, "there")
    assert asked not in tab.open().text
    # What is not applicable needs none.
    add(asking, "there").delete()
    text = send(tab.open().enter(asking, value="", na="on", comment="No border there"), asking)
    assert asked not in text
