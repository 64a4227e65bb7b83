"""Check and apply: the preview is the commit, all or nothing, and only what was shown."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import stage
from tests.batches.sheets import check, counts, csv_of, load, look, messages, state_of_tables, xlsx_of
from tests.common.workbooks.files import make_xls
from tracker.batches.choices import BatchStatus
from tracker.batches.models import ImportBatch
from tracker.batches.services import apply_batch
from tracker.common.errors import NotAllowed, Refused, Stale
from tracker.framework.models import Indicator
from tracker.imports.registry import KINDS
from tracker.progress.models import Baseline

HEADER = "indicator,mission,baseline_value,baseline_date,baseline_source"


@pytest.fixture
def indicator(strategy, missions) -> Indicator:
    indicator = stage.make_indicator()
    stage.assign(indicator, missions["KG"], missions["TJ"])
    return indicator


def test_a_dry_run_leaves_nothing_behind(indicator) -> None:
    before = state_of_tables()
    checked = look("baselines", csv_of(HEADER, "SP1-O1-I1,KG,120,2019-12-31,matrix"))
    assert counts(checked.plan) == {"new": 1, "changed": 0, "unchanged": 0}
    assert state_of_tables() == before
    assert not ImportBatch.objects.exists()


def test_a_checked_file_is_kept_with_its_digest_and_counts(indicator, cast) -> None:
    data = csv_of(HEADER, "SP1-O1-I1,KG,120,2019-12-31,matrix")
    batch = check("baselines", data, user=cast.officer, filename="C:\\Users\\me\\base.csv").batch
    assert batch.status == BatchStatus.CHECKED
    assert (batch.filename, batch.rows, batch.new, batch.errors) == ("base.csv", 1, 1, 0)
    assert len(batch.plan_digest) == len(batch.sha256) == 64
    assert batch.uploaded_by == cast.officer
    assert batch.file.read() == data


def test_saving_writes_what_was_shown_and_a_second_load_changes_nothing(indicator, cast) -> None:
    data = csv_of(HEADER, "SP1-O1-I1,KG,120,2019-12-31,matrix")
    assert counts(load("baselines", data, user=cast.officer)) == {"new": 1, "changed": 0, "unchanged": 0}
    baseline = Baseline.objects.get()
    assert (baseline.value, baseline.source) == (Decimal(120), "matrix")
    assert baseline.recorded_by == cast.officer
    assert baseline.batch.status == BatchStatus.APPLIED
    assert counts(look("baselines", data).plan) == {"new": 0, "changed": 0, "unchanged": 1}


def test_history_names_the_batch_and_keeps_the_words_of_the_command_around_it(indicator) -> None:
    import pghistory

    with pghistory.context(command="two_files"):
        load("baselines", csv_of(HEADER, "SP1-O1-I1,KG,120,2019-12-31,matrix"))
        load("baselines", csv_of(HEADER, "SP1-O1-I1,TJ,80,2019-12-31,matrix"))
    events = Baseline.events.rel.related_model.objects.order_by("pgh_id")
    batches = list(ImportBatch.objects.order_by("pk").values_list("pk", flat=True))
    assert [event.pgh_context["batch"] for event in events] == batches
    assert [event.pgh_context["command"] for event in events] == ["two_files", "two_files"]
    assert len({event.pgh_context_id for event in events}) == 2


def test_one_bad_row_refuses_the_whole_file(indicator, cast) -> None:
    before = state_of_tables()
    checked = check(
        "baselines",
        csv_of(HEADER, "SP1-O1-I1,KG,120,2019-12-31,matrix", "SP1-O1-I1,XX,twelve,2019-12-31,matrix"),
        user=cast.officer,
    )
    assert messages(checked) == [
        (3, "mission", "There is no mission with the code “XX”. Check the code."),
        (3, "baseline_value", "“twelve” is not a number. Write digits only, for example 1234.5."),
    ]
    assert checked.batch.status == BatchStatus.REFUSED
    with pytest.raises(Refused, match="has errors"):
        apply_batch(
            kind=KINDS["baselines"],
            batch=checked.batch,
            digest=checked.batch.plan_digest,
            user=cast.officer,
        )
    assert state_of_tables() == before


def test_errors_of_all_rows_come_at_once(indicator) -> None:
    checked = look(
        "baselines",
        csv_of(
            HEADER,
            "SP1-O1-I7,KG,1,2019-12-31,m",
            "SP1-O1-I1,XX,1,2019-12-31,m",
            "SP1-O1-I1,KG,-1,2019-12-31,m",
            "SP1-O1-I1,TJ,1.5,31.13.2019,m",
            ",TJ,1,2019-12-31,m",
        ),
    )
    assert [(error.row, error.column) for error in checked.plan.errors] == [
        (2, "indicator"),
        (3, "mission"),
        (4, "baseline_value"),
        (5, "baseline_date"),
        (6, "indicator"),
    ]
    assert "Did you mean SP1-O1-I1?" in checked.plan.errors[0].message
    assert checked.plan.errors[2].value == "-1"


def test_what_changed_since_the_preview_is_never_saved_over(indicator, cast) -> None:
    shown = check("baselines", csv_of(HEADER, "SP1-O1-I1,KG,120,2019-12-31,matrix"), user=cast.officer)
    load("baselines", csv_of(HEADER, "SP1-O1-I1,KG,100,2019-12-31,other"), user=cast.administrator)
    before = state_of_tables()
    with pytest.raises(Stale, match="The data changed since this preview"):
        apply_batch(
            kind=KINDS["baselines"], batch=shown.batch, digest=shown.batch.plan_digest, user=cast.officer
        )
    assert state_of_tables() == before
    assert ImportBatch.objects.get(pk=shown.batch.pk).status == BatchStatus.CHECKED


def test_a_digest_that_was_not_shown_is_refused(indicator, cast) -> None:
    shown = check("baselines", csv_of(HEADER, "SP1-O1-I1,KG,120,2019-12-31,matrix"), user=cast.officer)
    with pytest.raises(Stale):
        apply_batch(kind=KINDS["baselines"], batch=shown.batch, digest="0" * 64, user=cast.officer)
    assert not Baseline.objects.exists()


def test_a_batch_is_saved_once_and_confirming_it_again_says_so_kindly(indicator, cast) -> None:
    shown = check("baselines", csv_of(HEADER, "SP1-O1-I1,KG,120,2019-12-31,matrix"), user=cast.officer)
    confirm = {"kind": KINDS["baselines"], "digest": shown.batch.plan_digest, "user": cast.officer}
    first = apply_batch(batch=shown.batch, **confirm)
    assert (first.batch.status, first.was_already, first.batch.saved_by) == ("applied", False, cast.officer)
    second = apply_batch(batch=shown.batch, **confirm)
    assert (second.batch.status, second.was_already, second.plan) == ("applied", True, None)
    assert Baseline.objects.count() == 1
    with pytest.raises(Refused, match=r"saved already.* by Officer"):
        apply_batch(batch=shown.batch, **confirm | {"digest": "0" * 64})


def test_who_may_not_load_a_kind_is_told_so(indicator, cast) -> None:
    data = csv_of(HEADER, "SP1-O1-I1,KG,120,2019-12-31,matrix")
    for person in (cast.reporter, cast.lead, cast.viewer, cast.nobody):
        with pytest.raises(NotAllowed):
            look("baselines", data, user=person)
    for person in (cast.officer, cast.head, cast.administrator):
        assert not look("baselines", data, user=person).has_errors
    with pytest.raises(NotAllowed):
        look("countries", csv_of("iso2,iso3,name,subregion", "AL,ALB,Albania,israel"), user=cast.officer)


@pytest.mark.parametrize(
    ("data", "filename", "says"),
    [
        (b"", "empty.xlsx", "is empty"),
        (b"\x00\x01\x02 no workbook at all", "figures.pdf", "no workbook"),
        (csv_of(HEADER), "only_a_header.csv", "no rows below its header"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_error_without_a_row(indicator, data, filename, says) -> None:
    checked = look("baselines", data, filename=filename)
    [error] = checked.plan.errors
    assert (error.row, error.column) == (None, None)
    assert says in error.message


def test_a_missing_column_is_named(indicator) -> None:
    [error] = look("baselines", csv_of("indicator,baseline_value", "SP1-O1-I1,4")).plan.errors
    assert (error.row, error.column) == (None, "mission")
    assert "is missing" in error.message


def test_columns_come_in_any_order_and_unknown_ones_are_reported(indicator) -> None:
    checked = look("baselines", csv_of("colour, Baseline Value ,MISSION,Indicator", "red,12,KG,SP1-O1-I1"))
    assert checked.unknown_columns == ["colour"]
    assert counts(checked.plan) == {"new": 1, "changed": 0, "unchanged": 0}


@pytest.mark.parametrize("cell", [40, 0.4], ids=["typed as 40", "shown by Excel as 40 %"])
def test_forty_is_forty_per_cent_however_it_is_typed(strategy, missions, cell) -> None:
    stage.make_indicator("SP1-O1-I2", measure="percentage", period_rule="latest", decimals=1)
    data = xlsx_of(
        ["indicator", "mission", "baseline_value"],
        [["SP1-O1-I2", "KG", cell]],
        percent=("baseline_value",) if cell == 0.4 else (),
    )
    load("baselines", data, filename="sheet.xlsx")
    assert Baseline.objects.get().value == Decimal("0.4")


def _statements(kind: str, data: bytes) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        load(kind, data)
    return len(queries)


def test_as_many_statements_for_two_hundred_rows_as_for_two(strategy, missions) -> None:
    header = "code,objective,name,unit,measure,direction,period_rule,mission_rule,frequency"
    rule = "SP1-O1,Name,persons,number,increase,sum,sum,quarterly"
    many = [f"SP1-O1-I{number},{rule}" for number in range(1, 203)]
    assert _statements("indicators", csv_of(header, *many[:2])) == _statements(
        "indicators", csv_of(header, *many[2:])
    )
    pairs = [f"SP1-O1-I{number},KG,{number},2019-12-31,m" for number in range(1, 203)]
    assert _statements("baselines", csv_of(HEADER, *pairs[:2])) == _statements(
        "baselines", csv_of(HEADER, *pairs[2:])
    )
    targets = [f"SP1-O1-I{number},KG,2024,{number},to_date" for number in range(1, 203)]
    head = "indicator,mission,due,target_value,basis"
    assert _statements("targets", csv_of(head, *targets[:2])) == _statements(
        "targets", csv_of(head, *targets[2:])
    )


def test_an_old_excel_file_with_merged_codes_and_a_hidden_row_is_checked_and_saved(indicator, cast) -> None:
    def fill(page) -> None:
        page.write(0, 0, "Baselines, printed for the meeting")
        for column, title in enumerate(HEADER.split(",")):
            page.write(1, column, title)
        page.write_merge(2, 3, 0, 0, "SP1-O1-I1")
        for row, mission, value in ((2, "KG", 120), (3, "TJ", "1 234,0")):
            for column, cell in enumerate((mission, value, "31.12.2019", "matrix"), start=1):
                page.write(row, column, cell)
        page.row(3).hidden = True

    checked = check("baselines", make_xls(fill), user=cast.officer, filename="base.xls")
    assert messages(checked) == []
    assert checked.warnings == [
        "In “indicator”, cells merged over several rows count for each of them: rows 3–4.",
        "Row 4 is hidden; it was read too.",
    ]
    batch = checked.batch
    apply_batch(kind=KINDS["baselines"], batch=batch, digest=batch.plan_digest, user=cast.officer)
    found = Baseline.objects.order_by("value").values_list("mission__code", "value")
    assert list(found) == [("KG", Decimal(120)), ("TJ", Decimal(1234))]
