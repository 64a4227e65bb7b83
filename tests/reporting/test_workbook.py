"""A report filled in offline: what comes back is what was filled in, and nothing is taken over unseen."""

import re
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from tests import stage
from tests.reporting.books import REPORT, Desk, cell_of, columns_of, find_row, open_book, save_book
from tracker.activities.models import Activity
from tracker.framework.models import Indicator
from tracker.progress.models import ActivityUpdate, CellValue, FilledWorkbook, IndicatorResult, NarrativePart
from tracker.progress.rules import Amount, Entry
from tracker.progress.services import reports
from tracker.progress.services.results import Typed, save_results
from tracker.reporting.forms import THEIRS

pytestmark = pytest.mark.django_db


@pytest.fixture
def stages(strategy, missions) -> Indicator:
    made = stage.make_indicator(
        "SP1-O1-I3", name="Law on migration", measure="stage", period_rule="latest", mission_rule="count_reached",
        stages=["Not started", "Drafted", "Adopted"],
    )  # fmt: skip
    stage.assign(made, missions["KG"])
    return made


@pytest.fixture
def activity(strategy, missions) -> Activity:
    return stage.make_activity("KG-1", missions["KG"], title="Курсы для молодёжи", currency="EUR", budget=1)


@pytest.fixture
def asked(flow, share, stages, activity, open_period) -> dict[str, object]:
    """A report that asks for one of each kind; the flow by sex."""
    return stage.ask_by_sex(flow)


@pytest.fixture
def sit_down():
    def at(person) -> Desk:
        client = Client()
        client.force_login(person)
        return Desk(client)

    return at


FILLED = {
    ("Results", "SP1-O1-I1"): {"This period": 120, "Comment": "Два города\nи село, -1"},
    ("Results", "SP1-O1-I2"): {"Numerator": 33, "Denominator": 40},
    ("Results", "SP1-O1-I3"): {"This period": "Drafted"},
    ("Breakdowns", "SP1-O1-I1", "Female"): {"This period": 70},
    ("Breakdowns", "SP1-O1-I1", "Male"): {"This period": 0},
    ("Activities", "KG-1"): {"Status": "Ongoing", "Spent": 1234.5, "People reached": 90, "Comment": "Долго"},
    ("Narrative", "Achievements"): {"Language": "Russian (русский)", "May be quoted": "Закон принят"},
}


def stored() -> dict[str, object]:
    """All that a draft says."""
    said: dict[str, object] = {
        code: (value, numerator, denominator, not_applicable, comment)
        for code, value, numerator, denominator, not_applicable, comment in IndicatorResult.objects.values_list(
            "indicator__code", "value", "numerator", "denominator", "not_applicable", "comment"
        )
    }
    said |= dict(CellValue.objects.values_list("cell__code", "value"))
    for update in ActivityUpdate.objects.select_related("activity"):
        said[update.activity.code] = (
            update.status,
            update.spent,
            update.currency,
            update.people,
            update.internal,
        )
    for part in NarrativePart.objects.all():
        said[part.section] = (part.language, part.quotable, part.internal)
    return said


def test_what_is_stored_equals_what_was_filled_in(asked, sit_down, cast):
    desk = sit_down(cast.reporter)
    desk.upload(desk.fill(desk.download(), FILLED))
    assert "Take over 5 rows" in desk.words, desk.words
    assert "Migrants assisted" in desk.words
    assert "nothing → becomes 120" in desk.words
    assert stored() == {}, "looking writes nothing"
    desk.take()
    assert "5 rows were taken over" in desk.words
    assert desk.url == reverse("report", args=REPORT)
    assert stored() == {
        "SP1-O1-I1": (Decimal(120), None, None, False, "Два города\nи село, -1"),
        "SP1-O1-I2": (None, Decimal(33), Decimal(40), False, ""),
        "SP1-O1-I3": (Decimal(1), None, None, False, ""),
        "female": Decimal(70),
        "male": Decimal(0),
        "KG-1": ("ongoing", Decimal("1234.50"), "EUR", 90, "Долго"),
        "achievements": ("ru", "Закон принят", ""),
    }
    assert {r.entered_by for r in IndicatorResult.objects.select_related("entered_by")} == {cast.reporter}


def test_a_workbook_that_comes_back_untouched_changes_nothing(asked, sit_down, cast):
    desk = sit_down(cast.reporter)
    desk.upload(desk.download())
    assert "there is nothing to take over" in desk.words
    desk.upload(desk.fill(desk.download(), FILLED)).take()
    before = stored()
    again = desk.download()
    desk.upload(again)
    assert "there is nothing to take over" in desk.words, desk.words
    desk.upload(save_book(open_book(again)))
    assert "there is nothing to take over" in desk.words
    assert stored() == before


def test_what_is_emptied_is_taken_out_and_the_rest_stays(asked, sit_down, cast):
    desk = sit_down(cast.reporter)
    desk.upload(desk.fill(desk.download(), FILLED)).take()
    before = stored()
    emptied = {
        ("Results", "SP1-O1-I2"): {
            "Numerator": None,
            "Denominator": None,
            "Not applicable": "yes",
            "Comment": "Нет",
        },
        ("Breakdowns", "SP1-O1-I1", "Male"): {"This period": None},
        ("Narrative", "Achievements"): {"May be quoted": None},
    }
    desk.upload(desk.fill(desk.download(), emptied))
    assert "33 / 40 → becomes not applicable" in desk.words
    assert "Male: 0 → becomes nothing" in desk.words
    desk.take()
    after = stored()
    assert {name for name in before if before[name] != after.get(name)} == {
        "SP1-O1-I2",
        "male",
        "achievements",
    }
    assert after["SP1-O1-I2"] == (None, None, None, True, "Нет")
    assert "male" not in after
    assert "achievements" not in after


def test_wrong_cells_come_back_red_with_a_note_in_the_same_workbook(asked, flow, sit_down, cast):
    wrong = {
        ("Results", "SP1-O1-I1"): {"This period": -5},
        ("Results", "SP1-O1-I2"): {"Numerator": 50, "Denominator": 40},
        ("Results", "SP1-O1-I3"): {"This period": "Signed"},
        ("Activities", "KG-1"): {"Status": "Paused", "Spent": "1e309"},
        ("Narrative", "Challenges"): {"Internal": "я" * 10_001},
        ("Narrative", "Achievements"): {"May be quoted": "Kept"},
    }
    desk = sit_down(cast.reporter)
    desk.upload(desk.fill(desk.download(), wrong))
    assert "5 rows are left out until they are corrected." in desk.words
    assert "Take over 1 row" in desk.words
    answer = desk.client.get(f"{desk.url}marked/")
    book = open_book(answer.content)
    notes = {
        ("Results", "SP1-O1-I1", "This period"): "negative",
        ("Results", "SP1-O1-I2", "Numerator"): "The numerator (50) is larger than the denominator (40).",
        (
            "Results",
            "SP1-O1-I3",
            "This period",
        ): "“Signed” is no stage of SP1-O1-I3. Write one of: Not started",
        ("Activities", "KG-1", "Status"): "Choose one of the list.",
        ("Activities", "KG-1", "Spent"): "“1e309” is a shortened number",
        ("Narrative", "Challenges", "Internal"): "at most 10000 are kept. Shorten it.",
    }
    for (sheet, about, heading), note in notes.items():
        cell = cell_of(book[sheet], (about,), heading)
        assert note in (cell.comment.text if cell.comment else ""), (sheet, heading)
        assert cell.fill.fgColor.rgb == "FFFFC9CD"
    untouched = cell_of(book["Narrative"], ("Achievements",), "May be quoted")
    assert (untouched.value, untouched.comment) == ("Kept", None)
    desk.take()
    assert set(stored()) == {"achievements"}
    assert desk.url == reverse("report-filled", args=[*REPORT, FilledWorkbook.objects.get().pk])
    corrected = {
        ("Results", "SP1-O1-I1"): {"This period": 5},
        ("Results", "SP1-O1-I2"): {"Numerator": 30},
        ("Results", "SP1-O1-I3"): {"This period": "adopted"},
        ("Activities", "KG-1"): {"Status": "Ongoing", "Spent": 10},
        ("Narrative", "Challenges"): {"Internal": "я"},
    }
    desk.upload(desk.fill(answer.content, corrected)).take()
    assert stored()["SP1-O1-I3"] == (Decimal(2), None, None, False, "")
    assert set(stored()) == {"SP1-O1-I1", "SP1-O1-I2", "SP1-O1-I3", "KG-1", "achievements", "challenges"}


def test_what_a_colleague_saved_meanwhile_stays_and_where_both_changed_the_same_one_is_asked(
    asked, flow, share, sit_down, open_tab, cast
):
    desk = sit_down(cast.reporter)
    data = desk.download()
    open_tab(cast.colleague).enter(flow, value="99").enter(share, n="1", d="2").press()
    mine = {
        ("Results", "SP1-O1-I1"): {"This period": 120},
        ("Results", "SP1-O1-I3"): {"This period": "Adopted"},
    }
    desk.upload(desk.fill(data, mine))
    assert "Two people changed this" in desk.words
    assert f"{cast.colleague} saved something else after the workbook was made" in desk.words
    assert "99 → becomes 120" in desk.words
    assert "Take over 1 row" in desk.words
    desk.take()
    assert {code: said[0] for code, said in stored().items()} == {
        "SP1-O1-I1": 99,
        "SP1-O1-I2": None,
        "SP1-O1-I3": 2,
    }
    assert "Take over what you chose" in desk.words
    [choice] = [name for name in desk.text.split('"') if name.startswith("results-")][:1]
    [over] = {part for part in desk.text.split('value="')[1:] if "Take what the workbook says" in part}
    desk.take(**{choice: over.partition('"')[0]})
    assert stored()["SP1-O1-I1"][0] == 120
    assert stored()["SP1-O1-I2"][1:3] == (1, 2), "what was not touched in the workbook stays"


def test_a_workbook_counts_as_taken_over_once_a_row_of_it_was_saved(asked, sit_down, cast):
    desk = sit_down(cast.reporter)
    wrong = {("Results", "SP1-O1-I1"): {"This period": -5}}
    desk.upload(desk.fill(desk.download(), wrong)).take()
    assert says_taken(desk) == [False]
    right = {("Results", "SP1-O1-I2"): {"Numerator": 1, "Denominator": 2}}
    desk.upload(desk.fill(desk.download(), wrong | right))
    assert says_taken(desk) == [False, False], "looking takes nothing over"
    desk.take()
    assert set(stored()) == {"SP1-O1-I2"}
    assert says_taken(desk) == [True, False]


def test_a_workbook_whose_every_row_conflicts_is_not_said_to_be_taken_over(
    asked, flow, sit_down, open_tab, cast
):
    desk = sit_down(cast.reporter)
    data = desk.fill(desk.download(), {("Results", "SP1-O1-I1"): {"This period": 120}})
    open_tab(cast.colleague).enter(flow, value="99").press()
    desk.upload(data).take()
    assert "Two people changed this" in desk.words
    assert "Nothing was taken over from" in desk.words
    assert says_taken(desk) == [False]
    ask = f"results-{flow.pk}-choice"
    [mine] = re.findall(rf'name="{ask}" value="([0-9a-f]+)"', desk.text)
    page = desk.url
    desk.take(**{ask: THEIRS})
    assert says_taken(desk) == [False], "a colleague's value stays by itself"
    assert stored()["SP1-O1-I1"][0] == 99
    desk.url = page
    desk.take(**{ask: mine})
    assert stored()["SP1-O1-I1"][0] == 120
    assert says_taken(desk) == [True]


def says_taken(desk: Desk) -> list[bool]:
    """Whether each workbook that a person uploaded is said to be taken over, the latest first: by the list of them and
    by its own page.
    """
    listed = desk.client.get(reverse("report-workbook", args=REPORT)).content.decode()
    found = []
    for row in re.findall(r'<li><a href="[^"]+" class="typed">.*?</li>', listed):
        [address] = re.findall(r'href="([^"]+)"', row)
        found.append(", taken over " in row)
        assert ("Taken over " in desk.client.get(address).content.decode()) is found[-1]
    return found


def test_cells_are_left_alone_where_their_sheet_is_gone(asked, flow, sit_down, cast):
    desk = sit_down(cast.reporter)
    desk.upload(desk.fill(desk.download(), FILLED)).take()
    book = open_book(desk.fill(desk.download(), {("Results", "SP1-O1-I1"): {"This period": 130}}))
    del book["Breakdowns"]
    del book["Narrative"]
    desk.upload(save_book(book)).take()
    assert stored()["SP1-O1-I1"][0] == 130
    assert (stored()["female"], stored()["achievements"][1]) == (70, "Закон принят")


def test_cells_of_a_breakdown_that_is_no_longer_asked_are_named_and_their_row_is_left_out(
    asked, flow, sit_down, cast
):
    desk = sit_down(cast.reporter)
    data = desk.fill(desk.download(), FILLED)
    flow.asks.all().delete()
    desk.upload(data)
    assert desk.words.count("SP1-O1-I1 is not broken down by this any more. Empty the row.") == 2, desk.words
    assert "Take over 4 rows" in desk.words
    desk.take()
    assert not {"SP1-O1-I1", "female", "male"} & set(stored())


@pytest.mark.parametrize("shown", [None, "", "abc", 123456789012, "zz" * 12])
def test_a_row_that_lost_its_hidden_cell_is_named_and_never_passed_over(asked, sit_down, cast, shown):
    desk = sit_down(cast.reporter)
    book = open_book(desk.fill(desk.download(), FILLED))
    for sheet, about in (("Results", "SP1-O1-I1"), ("Activities", "KG-1"), ("Narrative", "Achievements")):
        cell_of(book[sheet], (about,), "shown").value = shown
    desk.upload(save_book(book))
    assert desk.words.count("What the row showed has gone from its hidden cell") == 3, desk.words
    assert "Take over 2 rows" in desk.words
    desk.take()
    assert set(stored()) == {"SP1-O1-I2", "SP1-O1-I3"}


def test_rows_that_were_moved_copied_or_added_are_named_and_not_read(asked, sit_down, cast):
    desk = sit_down(cast.reporter)
    book = open_book(desk.download())
    sheet = book["Results"]
    columns = columns_of(sheet)
    first, second = find_row(sheet, "SP1-O1-I1"), find_row(sheet, "SP1-O1-I2")
    sheet.cell(first, columns["Code"]).value = "SP1-O1-I2"
    for column in columns.values():
        sheet.cell(20, column).value = sheet.cell(second, column).value
    sheet.cell(21, columns["This period"]).value = 7
    desk.upload(save_book(book))
    assert "This row was made for SP1-O1-I1 and now says SP1-O1-I2." in desk.words
    assert f"Row {second} is about the same." in desk.words
    assert "This row is none of the report’s" in desk.words
    assert "Take over" not in desk.words


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "report.xlsx", "report.xlsx is not the workbook of a report."),
        (b"%PDF-1.7 nothing", "report.xlsx", "report.xlsx is not the workbook of a report."),
        (b"a;b\n1;2\n", "report.csv", "report.csv is not the workbook of a report."),
    ],
)
def test_what_is_no_workbook_of_a_report_is_refused_and_not_kept(asked, sit_down, cast, data, name, why):
    desk = sit_down(cast.reporter).upload(data, name)
    assert desk.status == 422
    assert why in desk.words
    assert not FilledWorkbook.objects.exists()


def test_the_workbook_of_another_report_is_sent_there(asked, strategy, sit_down, cast, settings):
    desk = sit_down(cast.reporter)
    data = desk.download()
    other = open_book(data)
    for sheet in other.worksheets:
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                if isinstance(cell.value, str) and " / KG / " in cell.value:
                    cell.value = cell.value.replace("2024-Q4", "2024-Q3")
    desk.upload(save_book(other))
    assert (
        "is the workbook of another report: KG, Q3 2024. Open that report, and upload it there." in desk.words
    )
    settings.UPLOAD_LIMIT_BYTES = 1024
    desk.upload(data + b"\0" * 300_000)
    assert "report.xlsx is larger than 0 MB" in desk.words
    assert desk.status == 422


def test_a_submitted_report_takes_nothing_over_and_the_file_is_kept(asked, sit_down, cast, open_tab, flow):
    desk = sit_down(cast.reporter)
    desk.upload(desk.fill(desk.download(), FILLED)).take()
    desk.upload(desk.fill(desk.download(), {("Results", "SP1-O1-I3"): {"This period": "Adopted"}}))
    revision = IndicatorResult.objects.first().revision
    reports.submit_report(revision=revision, user=cast.lead)
    desk.look()
    assert desk.status == 409
    assert "It cannot be taken over now." in desk.words
    assert "Take over" not in desk.text
    desk.take()
    assert desk.status == 409
    assert stored()["SP1-O1-I3"][0] == 1
    assert FilledWorkbook.objects.filter(taken_at=None).count() == 1
    reports.recall_report(revision=revision, user=cast.lead)
    desk.look().take()
    assert stored()["SP1-O1-I3"][0] == 2


def test_a_workbook_that_the_store_has_lost_is_to_be_uploaded_again(asked, sit_down, cast):
    desk = sit_down(cast.reporter)
    desk.upload(desk.fill(desk.download(), FILLED))
    kept = FilledWorkbook.objects.get()
    kept.file.storage.delete(kept.file.name)
    page = desk.url
    desk.look()
    assert desk.url == reverse("report-workbook", args=REPORT)
    assert "The file is no longer in the store. Upload it again." in desk.words
    desk.url = page
    desk.take()
    assert "The file is no longer in the store. Upload it again." in desk.words
    assert stored() == {}


def test_a_workbook_goes_on_with_whoever_uploaded_it_alone(asked, sit_down, cast):
    desk = sit_down(cast.reporter)
    desk.upload(desk.fill(desk.download(), FILLED))
    for person in (cast.colleague, cast.lead, cast.stranger, cast.officer, cast.administrator, cast.viewer):
        for address in (desk.url, f"{desk.url}marked/"):
            answer = sit_down(person).client.get(address)
            assert answer.status_code in (403, 404), (person, address)
    mine = FilledWorkbook.objects.get()
    data = mine.file.open("rb").read()
    desk.upload(data)
    assert FilledWorkbook.objects.get() == mine, "the same again is the same"
    sit_down(cast.colleague).upload(data)
    assert FilledWorkbook.objects.count() == 2


def test_what_is_not_asked_for_is_locked_and_the_rest_has_its_drop_down(asked, sit_down, cast):
    book = open_book(sit_down(cast.reporter).download())
    assert book.sheetnames == ["Instructions", "Results", "Breakdowns", "Activities", "Narrative", "Lists"]
    results = book["Results"]
    assert results.protection.sheet
    assert results.protection.insertRows
    assert results.protection.sort
    locked = {
        (code, heading): cell_of(results, (code,), heading).protection.locked
        for code in ("SP1-O1-I1", "SP1-O1-I2", "SP1-O1-I3")
        for heading in ("Indicator", "This period", "Numerator", "Comment")
    }
    assert {key for key, is_locked in locked.items() if not is_locked} == {
        ("SP1-O1-I1", "This period"), ("SP1-O1-I1", "Comment"), ("SP1-O1-I2", "Numerator"),
        ("SP1-O1-I2", "Comment"), ("SP1-O1-I3", "This period"), ("SP1-O1-I3", "Comment"),
    }  # fmt: skip
    place = cell_of(results, ("SP1-O1-I3",), "This period").coordinate
    lists = [v for v in results.data_validations.dataValidation if v.type == "list" and place in v.sqref]
    assert len(lists) == 1


def test_looking_and_taking_over_cost_no_statement_per_row(
    asked, missions, sit_down, cast, django_assert_max_num_queries
):
    for number in range(10, 40):
        stage.assign(stage.make_indicator(f"SP1-O1-I{number}"), missions["KG"])
    desk = sit_down(cast.reporter)
    with django_assert_max_num_queries(20):
        data = desk.download()
    many = {("Results", f"SP1-O1-I{number}"): {"This period": number} for number in range(10, 40)}
    desk.upload(desk.fill(data, many))
    with django_assert_max_num_queries(45):
        desk.look()
    assert "Take over 30 rows" in desk.words
    with django_assert_max_num_queries(80):
        desk.take()
    assert IndicatorResult.objects.count() == 30


@pytest.mark.parametrize("amount", ["0", "1.234", "1234567.891", "12345678901234.5", "0.000001"])
def test_every_amount_and_text_comes_back_as_it_went(strategy, missions, open_period, sit_down, cast, amount):
    made = stage.make_indicator("SP1-O1-I1", decimals=6)
    stage.assign(made, missions["KG"])
    text = "=1+1 'quoted' <b>\n\n  @x \u200bя – 40 %"
    save_results(
        mission=missions["KG"],
        period=open_period,
        user=cast.reporter,
        typed={made.pk: Typed(Entry(Amount(Decimal(amount)), comment=text))},
    )
    desk = sit_down(cast.reporter)
    desk.upload(desk.download())
    assert "there is nothing to take over" in desk.words, desk.words
    desk.upload(desk.fill(desk.download(), {("Results", "SP1-O1-I1"): {"Comment": "another"}}))
    assert "1 row says something else" in desk.words
    assert desk.words.count("→") == 1, desk.words
    desk.take()
    assert stored()["SP1-O1-I1"] == (Decimal(amount), None, None, False, "another")


def test_a_number_written_as_text_is_read_as_one_types_it_and_a_doubtful_one_is_asked_about(
    asked, sit_down, cast
):
    desk = sit_down(cast.reporter)
    texts = {
        ("Results", "SP1-O1-I1"): {"This period": "1 234"},
        ("Results", "SP1-O1-I2"): {"Numerator": "1,234", "Denominator": "2000"},
    }
    desk.upload(desk.fill(desk.download(), texts))
    assert "Take over 1 row" in desk.words
    assert "“1,234” can be read as 1234 or as 1.234" in desk.words, desk.words
    desk.take()
    assert stored()["SP1-O1-I1"][0] == 1234
