"""What goes out of the framework comes back unchanged, in every format, whatever the text begins with."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests import stage
from tests.batches.fixtures import kept_files  # noqa: F401
from tests.batches.sheets import look
from tests.drawing import drawn, texts, texts_within
from tracker.batches.outward import sheet_of
from tracker.batches.row_keys import ROW_KEY
from tracker.batches.selections import Selection
from tracker.common.workbooks.ods_writing import write_ods
from tracker.common.workbooks.writing import write_csv, write_workbook
from tracker.framework.models import Cell, Indicator, Objective, Pillar, StrategicPriority
from tracker.imports.registry import KINDS
from tracker.region.models import Country, Mission

SETUP = (
    "countries",
    "missions",
    "strategy",
    "pillars",
    "priorities",
    "objectives",
    "breakdowns",
    "indicators",
)
FORMATS = {
    "csv": write_csv,
    "xlsx": lambda sheet: write_workbook([sheet]),
    "ods": lambda sheet: write_ods([sheet]),
}


def out(kind: str, suffix: str = "csv", *, user: Any = None, tagged: bool = False, **chosen: Any) -> bytes:
    """A kind as a file."""
    keyed = suffix != "csv"
    sheet = sheet_of(kind=KINDS[kind], selection=Selection(**chosen), user=user, tagged=tagged, keyed=keyed)
    return FORMATS[suffix](sheet)


def back(kind: str, data: bytes, suffix: str = "csv", **options: Any) -> tuple[dict[str, int], list[Any]]:
    """What the file would do: how many rows are new and changed; what is wrong with it."""
    checked = look(kind, data, filename=f"sheet.{suffix}", **options)
    counts = checked.plan.counts()
    assert checked.unknown_columns == []
    return {name: counts[name] for name in ("new", "changed")}, checked.plan.errors


NOTHING = ({"new": 0, "changed": 0}, [])
SAID = ["=1+1", "+7 abc", "@x", "-5 apples", "'quoted", "Ж; ქართული", 'a "b", c', "two\nlines"]


@pytest.mark.parametrize("suffix", FORMATS)
def test_text_that_looks_like_a_formula_comes_back_as_it_was(strategy, missions, suffix: str) -> None:
    priority = StrategicPriority.objects.get()
    for order, text in enumerate(SAID):
        Objective.objects.create(
            strategy=strategy, priority=priority, code=f"O{order}", title=text, summary=text, order=order
        )
        stage.make_indicator(f"SP1-O1-I{order}", name=text, definition=text, source=text)
    for kind in ("objectives", "indicators"):
        data = out(kind, suffix)
        assert back(kind, data, suffix) == NOTHING
        if suffix == "csv":
            lines = data.decode("utf-8-sig")
            assert ",'=1+1," in lines
            assert ",=1+1," not in lines


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("tagged", [False, True])
def test_every_kind_of_the_setup_comes_back_unchanged(strategy, missions, suffix: str, tagged: bool) -> None:
    share = stage.make_indicator("SP1-O1-I1", measure="percentage", period_rule="latest", sensitive=True)
    stage.ask_by_sex(share)
    stage.make_indicator(
        "SP1-O1-I2",
        measure="stage",
        period_rule="latest",
        mission_rule="count_at_least",
        stages=["Not started", "In force"],
        threshold=1,
    )
    old = stage.make_indicator("SP1-O1-I3", status="retired")
    stage.make_indicator("SP1-O1-I4").replaces.add(old)
    for kind in SETUP:
        assert back(kind, out(kind, suffix, tagged=tagged), suffix) == NOTHING, kind


def test_priorities_and_indicators_are_chosen(strategy, missions) -> None:
    stage.make_indicator("SP1-O1-I1")
    stage.make_indicator("SP1-O1-I2")
    rows = out("indicators", indicators=frozenset({"SP1-O1-I2"})).decode().splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == ["SP1-O1-I2"]
    assert len(out("indicators", priorities=frozenset({"SP2"})).splitlines()) == 1


def test_the_statements_do_not_grow_with_the_rows(strategy, missions, django_assert_num_queries) -> None:
    for number in range(12):
        stage.make_indicator(f"SP1-O1-I{number}")
    out("indicators")
    with django_assert_num_queries(6):
        out("indicators")


def test_a_row_whose_code_was_typed_over_is_refused(strategy, missions) -> None:
    """The file says SP1-O1-I2 where the key says SP1-O1-I1, as after a sort of one column alone."""
    stage.make_indicator("SP1-O1-I1")
    stage.make_indicator("SP1-O1-I2")
    sheet = sheet_of(kind=KINDS["indicators"], selection=Selection(), user=None, keyed=True)
    rows = [dict(row) for row in sheet.rows]
    rows[0]["code"], rows[1]["code"] = rows[1]["code"], rows[0]["code"]
    checked = look("indicators", write_workbook([replace(sheet, rows=rows)]), filename="sheet.xlsx")
    assert [(error.row, error.column, error.value) for error in checked.plan.errors] == [
        (2, "code", "SP1-O1-I2"),
        (3, "code", "SP1-O1-I1"),
    ]
    assert checked.plan.errors[0].message == (
        "This row was made for “SP1-O1-I1” and now says “SP1-O1-I2”. Put “SP1-O1-I1” back, or, if the row is meant "
        "for “SP1-O1-I2”, empty its cell in the hidden column row_key."
    )
    for row in rows:
        row[ROW_KEY] = None
    assert back("indicators", write_workbook([replace(sheet, rows=rows)]), "xlsx")[1] == []


def test_columns_carry_their_tags_once_each(strategy) -> None:
    for kind in SETUP:
        tags = [column.tag for column in KINDS[kind].columns]
        assert all(tag.startswith("#") for tag in tags), kind
        assert len(set(tags)) == len(tags), kind


# Names are not empty.
WORDS = texts_within(90).map(lambda text: f"n{text}")


class AnyFramework(TestCase):
    """Export, then import: nothing is new, nothing changed, nothing wrong."""

    @drawn(examples=8)
    @given(data=st.data())
    def test_what_goes_out_comes_back_unchanged(self, data: st.DataObject) -> None:
        strategy = stage.make_strategy()
        stage.make_missions()
        Country.objects.filter(iso2="KG").update(name=data.draw(WORDS), note=data.draw(WORDS))
        Mission.objects.filter(code="KG").update(name=data.draw(WORDS))
        Pillar.objects.update(name=data.draw(WORDS))
        Objective.objects.update(title=data.draw(WORDS), summary=data.draw(texts))
        for number in range(data.draw(st.integers(0, 3))):
            measure = data.draw(st.sampled_from(["number", "percentage", "yes_no"]))
            rule = "latest" if measure == "yes_no" else data.draw(st.sampled_from(["sum", "latest", "year"]))
            indicator = stage.make_indicator(
                f"SP1-O1-I{number}",
                name=data.draw(WORDS),
                unit=data.draw(WORDS),
                definition=data.draw(texts),
                measure=measure,
                period_rule=rule,
                mission_rule="count_reached" if measure == "yes_no" else "sum",
                decimals=data.draw(st.integers(0, 3)),
                sensitive=data.draw(st.booleans()),
                never_falls=data.draw(st.booleans()),
                order=data.draw(st.integers(0, 5)),
            )
            if data.draw(st.booleans()):
                stage.ask_by_sex(indicator, exclusive=data.draw(st.booleans()))
        assert strategy.pk
        suffix = data.draw(st.sampled_from(sorted(FORMATS)))
        for kind in SETUP:
            if kind in ("breakdowns", "indicators") and not Indicator.objects.exists():
                continue  # a file without rows is refused as such
            if kind == "breakdowns" and not Cell.objects.exists():
                continue
            assert back(kind, out(kind, suffix), suffix) == NOTHING, kind


@pytest.mark.usefixtures("strategy")
def test_what_load_strategy_reads_goes_out_and_comes_back() -> None:
    assert Indicator.objects.count() == 0
    call_command("load_strategy", verbosity=0)
    for kind in SETUP:
        assert back(kind, out(kind, strategy="SEEECA-2020"), strategy="SEEECA-2020") == NOTHING, kind
    assert Indicator.objects.count() == 131
