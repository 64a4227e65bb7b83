"""Every template and every export, opened and saved by LibreOffice: its lists hold what there is, and what comes back
is what was meant. Run by ``make soak``; without LibreOffice these tests fail and say what to do.
"""

import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command
from openpyxl.worksheet.worksheet import Worksheet

from tests import stage
from tests.batches.sheets import load, look
from tests.imports.test_exports_of_the_setup import FORMATS, NOTHING
from tests.office import convert_all
from tracker.access.choices import Role
from tracker.access.models import User
from tracker.batches.outward import sheet_of
from tracker.batches.row_keys import ROW_KEY
from tracker.batches.selections import Selection
from tracker.common.workbooks.specs import Entry
from tracker.framework.models import Breakdown, Indicator, Objective, Pillar, StrategicPriority, Strategy
from tracker.imports.registry import KINDS
from tracker.imports.templates import has_template, make_template
from tracker.progress.models import IndicatorAssignment, ReportingPeriod
from tracker.region.models import Convention, Country, Mission, Ratification

pytestmark = pytest.mark.soak

CHOSEN = Selection(
    missions=frozenset({"KG", "TJ"}), periods=frozenset({"2024-Q4"}), priorities=frozenset({"SP1"})
)
GOING_OUT = [code for code, kind in KINDS.items() if kind.export is not None]
# What is filled into the rows that are there already, by the place of its amount.
AMOUNTS = {"progress": "", "history": "", "baselines": "baseline_", "targets": "target_"}


@pytest.fixture
def people(db: None, kept_files: Path) -> dict[str, User]:
    """The strategy of the fixtures, in force, the last window open; an administrator and a reporter. The fixtures say
    of nobody who ratified what, and are given two rows of it.
    """
    call_command("load_strategy", stdout=io.StringIO())
    convention = Convention.objects.earliest("order")
    for code, status, day in (("KG", "ratified", date(1996, 10, 8)), ("TJ", "not_ratified", None)):
        Ratification.objects.create(
            convention=convention,
            country=Country.objects.get(iso2=code),
            status=status,
            date=day,
            source="test",
        )
    Indicator.objects.update(status="active")
    stage.open_window(Strategy.objects.get(), "2024-Q4", today=date.today())
    return {
        "administrator": stage.make_person("administrator", Role.ADMINISTRATOR),
        "reporter": stage.make_person("reporter", Role.REPORTER, mission=Mission.objects.get(code="KG")),
    }


def user_of(code: str, people: dict[str, User]) -> User:
    """Who loads a kind: drafts go on with a mission's own people."""
    return people["reporter" if code == "progress" else "administrator"]


def templates(people: dict[str, User]) -> dict[str, bytes]:
    return {
        code: make_template(kind=kind, selection=CHOSEN, user=user_of(code, people))
        for code, kind in KINDS.items()
        if has_template(kind)
    }


def data_sheet(book: openpyxl.Workbook, code: str) -> Worksheet:
    """The sheet to be filled in: the one behind the instructions."""
    sheet = book.worksheets[1]
    assert sheet.sheet_state == "visible", code
    return sheet


def headings(sheet: Worksheet) -> list[str]:
    return [str(cell.value).split("\n")[0] for cell in sheet[1] if cell.value is not None]


def lists_of(book: openpyxl.Workbook, sheet: Worksheet, *, row: int) -> dict[str, list[str]]:
    """The drop-downs of a row as the program that saved the file knows them, by heading."""
    found = {}
    for index, heading in enumerate(headings(sheet), start=1):
        place = f"{openpyxl.utils.get_column_letter(index)}{row}"
        for rule in sheet.data_validations.dataValidation:
            if rule.type == "list" and place in rule.sqref:
                [(name, area)] = list(book.defined_names[rule.formula1].destinations)
                cells = book[name][area]
                rows = cells if isinstance(cells, tuple) else ((cells,),)
                found[heading] = [str(cell.value) for (cell,) in rows]
    return found


PLANS_OF_THE_REGION = {("baselines", "mission"), ("targets", "mission")}


def codes(model: Any, name: str = "code") -> set[str]:
    return set(model.objects.values_list(name, flat=True))


def test_every_template_opens_and_its_lists_hold_what_there_is(people, tmp_path: Path) -> None:
    live = {
        "indicator": codes(Indicator),
        "replaces": codes(Indicator),
        "mission": codes(Mission),
        "covered_by": codes(Mission),
        "country": codes(Country, "iso2"),
        "period": codes(ReportingPeriod),
        "objective": codes(Objective),
        "priority": codes(StrategicPriority),
        "pillar": codes(Pillar),
        "breakdowns": codes(Breakdown),
    }
    made = templates(people)
    saved = convert_all(made, suffix=".xlsx", to="xlsx", folder=tmp_path)
    for code, data in saved.items():
        book = openpyxl.load_workbook(io.BytesIO(data))
        sheet = data_sheet(book, code)
        original = data_sheet(openpyxl.load_workbook(io.BytesIO(made[code])), code)
        assert headings(sheet) == headings(original), code
        offered = lists_of(book, sheet, row=sheet.max_row + 50)
        for column in KINDS[code].columns:
            if column.name in live and column.name in headings(sheet):
                # Plans are the region's too.
                more = {"REGION"} if (code, column.name) in PLANS_OF_THE_REGION else set()
                assert set(offered[column.name]) == live[column.name] | more, (code, column.name)
            elif column.choices and column.name in headings(sheet):
                assert offered[column.name] == list(column.choices), (code, column.name)
        # Headings are locked, cells are not, and no password is asked for.
        assert (sheet.protection.sheet, sheet.protection.password) == (True, None), code
        assert all(cell.protection.locked for cell in sheet[1] if cell.value), code
        assert not any(cell.protection.locked for cell in sheet[2] if cell.value), code
        assert any(cell.comment for cell in sheet[1]), code


def fill(code: str, data: bytes, people: dict[str, User]) -> tuple[bytes, int]:
    """A template as a person fills it in, and in how many of its rows: amounts where rows stand, else the first
    rows of what is there.
    """
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = data_sheet(book, code)
    places = {heading: number for number, heading in enumerate(headings(sheet), start=1)}
    if code in AMOUNTS:
        filled = _fill_amounts(sheet, places, AMOUNTS[code], is_target=code == "targets")
    else:
        rows = list(sheet_of(kind=KINDS[code], selection=Selection(), user=user_of(code, people)).rows)[:3]
        for number, row in enumerate(rows, start=2):
            assert isinstance(row, Mapping)
            for name in (column.name for column in KINDS[code].columns):
                value = row.get(name)
                value = value.value if isinstance(value, Entry) else value
                sheet.cell(number, places[name]).value = value
        filled = len(rows)
    book.save(out := io.BytesIO())
    return out.getvalue(), filled


def _fill_amounts(sheet: Worksheet, places: dict[str, int], part: str, *, is_target: bool) -> int:
    scales = {each.code: each.scale for each in Indicator.objects.all()}
    shares = set(Indicator.objects.filter(measure="percentage").values_list("code", flat=True))
    monitored = set(Indicator.objects.filter(direction="monitor").values_list("code", flat=True))
    flows = set(Indicator.objects.filter(measure="number", period_rule="sum").values_list("code", flat=True))
    filled = 0
    for number in range(2, sheet.max_row + 1):
        indicator = sheet.cell(number, places["indicator"]).value
        if indicator is None or filled == 12 or (is_target and indicator in monitored):
            continue
        if scales[indicator]:
            sheet.cell(number, places[f"{part}stage"]).value = scales[indicator][-1]
        elif indicator in shares and f"{part}numerator" in places:
            sheet.cell(number, places[f"{part}numerator"]).value = 20
            sheet.cell(number, places[f"{part}denominator"]).value = 50
        else:
            sheet.cell(number, places[f"{part}value"]).value = 0.4 if indicator in shares else 12
        if is_target:
            sheet.cell(number, places["due"]).value = date(2024, 12, 31)
            sheet.cell(number, places["basis"]).value = "to_date" if indicator in flows else None
        filled += 1
    return filled


@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
def test_what_office_saves_of_a_filled_template_is_what_was_filled_in(
    people, tmp_path: Path, suffix: str
) -> None:
    made = {code: fill(code, data, people) for code, data in templates(people).items()}
    saved = convert_all(
        {code: data for code, (data, _rows) in made.items()}, suffix=".xlsx", to=suffix, folder=tmp_path
    )
    for code, (data, rows) in made.items():
        assert rows > 0, code
        options = {"source": "Annual report 2024"} if code == "history" else {}
        user = user_of(code, people)
        direct = look(code, data, filename="t.xlsx", user=user, **options)
        by_office = look(code, saved[code], filename=f"t.{suffix}", user=user, **options)
        assert direct.plan.errors == [], code
        assert by_office.plan.errors == [], code
        assert by_office.unknown_columns == [], code
        assert [(change.key, change.outcome, change.cells) for change in by_office.plan.changes] == [
            (change.key, change.outcome, change.cells) for change in direct.plan.changes
        ], code
        done = direct.plan.counts()
        if code in AMOUNTS:
            assert done["new"] + done["changed"] == rows, code
        else:
            assert (done["new"], done["changed"], done["unchanged"]) == (0, 0, rows), code


@pytest.fixture
def filled(people) -> dict[str, User]:
    """The same, with what filled templates bring: drafts, approved history, baselines and targets."""
    for code in ("baselines", "targets", "history", "progress"):
        period = "2022-Q4" if code == "history" else "2024-Q4"
        user = user_of(code, people)
        data = make_template(
            kind=KINDS[code],
            selection=Selection(missions=CHOSEN.missions, periods=frozenset({period})),
            user=user,
        )
        options = {"source": "Annual report 2022"} if code == "history" else {}
        load(code, fill(code, data, people)[0], filename="t.xlsx", user=user, **options)
    assert IndicatorAssignment.objects.in_force().exists()
    return people


@pytest.mark.parametrize(
    ("suffix", "to"), [("xlsx", "xlsx"), ("xlsx", "ods"), ("xlsx", "xls"), ("ods", "ods")]
)
def test_every_export_comes_back_unchanged_when_office_has_saved_it(
    filled, tmp_path: Path, suffix: str, to: str
) -> None:
    made = {}
    for code in GOING_OUT:
        sheet = sheet_of(
            kind=KINDS[code], selection=Selection(), user=user_of(code, filled), tagged=True, keyed=True
        )
        assert any(column.key == ROW_KEY for column in sheet.columns)
        made[code] = FORMATS[suffix](sheet)
    saved = convert_all(made, suffix=f".{suffix}", to=to, folder=tmp_path)
    for code in GOING_OUT:
        options = {"source": "Annual report 2022"} if code == "history" else {}
        checked = look(code, saved[code], filename=f"t.{to}", user=user_of(code, filled), **options)
        counts = checked.plan.counts()
        assert ({name: counts[name] for name in ("new", "changed")}, checked.plan.errors) == NOTHING, code
        assert counts["unchanged"] > 0, code
        assert checked.unknown_columns == [], code
