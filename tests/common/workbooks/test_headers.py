"""Where the columns are and what they are called: by headings, by HXL tags, by what a person chose."""

from decimal import Decimal

import pytest

from tests.common.workbooks.files import make_xlsx, values
from tracker.common.workbooks.headers import fold_tag, squeeze
from tracker.common.workbooks.reading import Reading, WorkbookError, normalise, read_rows

COLUMNS = ("code", "mission", "value", "comment")
TAGS = {"code": "#indicator+code", "mission": "#org+code", "value": "#indicator+value+num"}


def read(data: bytes, **options):
    """Read a CSV file whose columns are known."""
    return read_rows(data=data, filename="a.csv", columns=COLUMNS, tags=TAGS, **options)


def test_headings_are_found_whatever_their_case_and_spaces():
    data = make_xlsx(
        {"A1": " Baseline\u00a0 Value", "B1": "MISSION", "C1": "Sex : Female", "D1": 2021, "A2": 5}
    )
    sheet = read_rows(
        data=data, filename="a.xlsx", columns=("mission", "baseline_value", "sex:female", "2020")
    )
    assert sheet.headers == ["baseline_value", "mission", "sex:female"]
    assert sheet.titles["baseline_value"] == "Baseline  Value"
    assert sheet.unknown_columns == ["2021"]
    assert values(sheet) == [(2, {"baseline_value": Decimal(5), "mission": None, "sex:female": None})]
    assert normalise(" Baseline\u00a0 Value ") == "baseline_value"


def test_a_heading_is_the_same_in_either_way_to_write_its_letters():
    assert squeeze("Миссии\u0306") == squeeze("миссий")
    assert squeeze("Baseline\nvalue") == squeeze("baseline_value")


# Where the header is


def test_the_header_is_found_below_titles_and_notes():
    data = make_xlsx({"A1": "Targets of the mission", "A3": "code", "B3": "value", "A4": "X", "B4": 1})
    sheet = read_rows(data=data, filename="a.xlsx", columns=("code", "value"))
    assert (sheet.header_row, values(sheet)) == (3, [(4, {"code": "X", "value": Decimal(1)})])


@pytest.mark.parametrize("notes", [24, 25])
def test_the_header_is_looked_for_in_the_first_25_rows_that_hold_anything(notes):
    lines = ["note", ""] * notes + ["code,value", "X,1"]
    data = "\n".join(lines).encode()
    if notes == 24:
        assert values(read(data)) == [(50, {"code": "X", "value": "1"})]
    else:
        with pytest.raises(
            WorkbookError, match=r"no header that is known.*expected are: code, mission, value"
        ):
            read(data)


def test_the_row_that_a_person_chose_is_the_header():
    data = b"code,value\n2020,total\nold,code\nX,1\nY,2\n"
    assert read(data).header_row == 1
    chosen = read(data, reading=Reading(header_row=3))
    assert (chosen.header_row, values(chosen)) == (3, [(4, {"code": "1"}), (5, {"code": "2"})])
    assert chosen.unknown_columns == ["old"]


@pytest.mark.parametrize("row", [2, 99, 0, -1])
def test_a_chosen_header_row_that_holds_nothing_is_refused(row):
    with pytest.raises(WorkbookError, match=f"holds nothing in row {row}, which was chosen"):
        read(b"code,value\n\nX,1\n", reading=Reading(header_row=row))


def test_where_no_heading_is_known_the_refusal_brings_the_first_rows_to_choose_from():
    with pytest.raises(WorkbookError) as refusal:
        read("Отчёт\n\nКод,Значение\nX,1\n".encode())
    assert refusal.value.top == ((1, ("Отчёт", "")), (3, ("Код", "Значение")), (4, ("X", "1")))
    sheet = read(
        "Отчёт\n\nКод,Значение\nX,1\n".encode(),
        reading=Reading(header_row=3, mapping={"Код": "code", "Значение": "value"}),
    )
    assert values(sheet) == [(4, {"code": "X", "value": "1"})]


def test_with_a_chosen_header_row_and_no_known_heading_the_unknown_ones_are_told():
    sheet = read("Код,Значение\nX,1\n".encode(), reading=Reading(header_row=1))
    assert (sheet.headers, sheet.unknown_columns, sheet.numbers) == ([], ["Код", "Значение"], [2])


def test_a_title_merged_over_several_columns_above_the_header_is_no_header():
    cells = {"A1": "Value", "A2": "Code", "B2": "Value", "C2": "Mission", "A3": "X", "B3": 1, "C3": "KG"}
    sheet = read_rows(data=make_xlsx(cells, merged=("A1:C1",)), filename="a.xlsx", columns=COLUMNS)
    assert values(sheet) == [(3, {"code": "X", "value": Decimal(1), "mission": "KG"})]


def test_headings_merged_over_two_rows_belong_to_the_row_with_the_others():
    cells = {"A1": "Code", "B1": "Result", "B2": "Value", "C2": "Comment", "A3": "X", "B3": 1, "C3": "c"}
    data = make_xlsx(cells, merged=("A1:A2", "B1:C1"))
    sheet = read_rows(data=data, filename="a.xlsx", columns=COLUMNS)
    assert (sheet.header_row, values(sheet)) == (2, [(3, {"code": "X", "value": Decimal(1), "comment": "c"})])


def test_below_headings_that_are_all_merged_over_two_rows_the_data_begin():
    cells = {"A1": "Code", "B1": "Value", "A3": "X", "B3": 1}
    data = make_xlsx(cells, merged=("A1:A2", "B1:B2"))
    sheet = read_rows(data=data, filename="a.xlsx", columns=COLUMNS)
    assert (sheet.header_row, values(sheet)) == (1, [(3, {"code": "X", "value": Decimal(1)})])
    assert sheet.warnings == []


def test_a_heading_of_several_lines_is_one_heading():
    data = make_xlsx({"A1": "Code", "B1": "Baseline\nvalue", "A2": "X", "B2": 1})
    sheet = read_rows(data=data, filename="a.xlsx", columns=("code", "baseline_value"))
    assert sheet.headers == ["code", "baseline_value"]


def test_a_value_without_a_heading_is_reported():
    sheet = read_rows(data=b"a,b\n1,2\n3,4,5\n", filename="a.csv")
    assert values(sheet)[1] == (3, {"a": "3", "b": "4"})
    assert sheet.warnings[0].startswith("Row 3 has a value in a column without a heading")


def test_a_row_under_an_unknown_heading_alone_is_a_row():
    sheet = read(b"code,colour\nX,red\n,blue\n,\n")
    assert values(sheet) == [(2, {"code": "X"}), (3, {"code": None})]


# What a person says of headings


def test_a_heading_can_be_given_the_meaning_of_a_known_column_or_none():
    data = "Код показателя;Mission;Total;Сколько\nX;KG;red;5\n".encode()
    sheet = read(data, reading=Reading(mapping={"код  показателя": "code", "Сколько": "value", "total": ""}))
    assert values(sheet) == [(2, {"code": "X", "mission": "KG", "value": "5"})]
    assert (sheet.unknown_columns, sheet.ignored_columns) == ([], ["Total"])
    assert sheet.titles["code"] == "Код показателя"


def test_what_a_person_says_of_a_known_heading_goes_first():
    sheet = read(b"code,value,amount\nX,old,5\n", reading=Reading(mapping={"value": "", "amount": "value"}))
    assert values(sheet) == [(2, {"code": "X", "value": "5"})]


def test_a_header_with_mapped_headings_alone_is_found():
    sheet = read("note\nКод\nX\n".encode(), reading=Reading(mapping={"Код": "code"}))
    assert values(sheet) == [(3, {"code": "X"})]


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ({"Colour": "value"}, "no column “Colour” to be read as another. Its columns are: code, amount"),
        (
            {"amount": "size"},
            "“size” is no column that can be read. There are: code, mission, value, comment",
        ),
        ({"amount": "code"}, r"“amount” twice \(columns A and B of row 1\)"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused_naming_what_there_is(mapping, sentence):
    with pytest.raises(WorkbookError, match=sentence):
        read(b"code,amount\nX,5\n", reading=Reading(mapping=mapping))


def test_a_reading_goes_through_json_and_comes_back():
    reading = Reading(sheet="*", decimal_mark=",", header_row=3, mapping={"Код": "code"})
    kept = reading.as_json()
    assert kept == {"sheet": "*", "decimal_mark": ",", "header_row": 3, "mapping": {"Код": "code"}}
    assert Reading(**kept) == reading
    assert Reading().as_json() == {}


# HXL


def test_a_row_of_hxl_tags_is_recognised_and_skipped():
    csv_file = b"code,value\n#country+code,#indicator + value + num\nKG,4\n"
    sheet = read_rows(data=csv_file, filename="a.csv")
    assert sheet.hxl == {"code": "#country+code", "value": "#indicator + value + num"}
    assert values(sheet) == [(3, {"code": "KG", "value": "4"})]


def test_tags_alone_are_a_header():
    sheet = read(b"#Indicator +num+value,#org + code,#date\n5,KG,2021\n")
    assert values(sheet) == [(2, {"value": "5", "mission": "KG"})]
    assert sheet.unknown_columns == ["#date"]
    assert (sheet.header_row, sheet.titles["mission"]) == (1, "#org + code")


def test_tags_name_columns_whose_headings_are_unknown():
    sheet = read("Данные\nКод,Миссия,Заметка\n#indicator+code,#org+code,\nX,KG,n\n".encode())
    assert values(sheet) == [(4, {"code": "X", "mission": "KG"})]
    assert (sheet.header_row, sheet.titles["code"], sheet.unknown_columns) == (2, "Код", ["Заметка"])
    assert sheet.hxl == {"code": "#indicator+code", "mission": "#org+code"}


def test_a_known_heading_stands_against_a_tag_that_says_otherwise():
    sheet = read(b"code,amount,mission\n#org+code,#indicator+value+num,#indicator+code\nX,5,KG\n")
    assert values(sheet) == [(3, {"code": "X", "value": "5", "mission": "KG"})]


def test_a_column_with_a_tag_and_no_heading_is_read_by_its_tag():
    sheet = read(b"code,\n#indicator+code,#org+code\nX,KG\n")
    assert values(sheet) == [(3, {"code": "X", "mission": "KG"})]


def test_one_tag_on_two_columns_is_refused_where_it_has_to_name_them():
    with pytest.raises(WorkbookError, match=r"twice \(columns A and B of row 1\)"):
        read(b"#org+code,#org +code\nKG,TJ\n")


def test_a_tag_that_two_known_columns_share_names_neither():
    tags = {"code": "#indicator", "value": "#indicator"}
    with pytest.raises(WorkbookError, match="no header that is known"):
        read_rows(data=b"#indicator,#org\nX,1\n", filename="a.csv", columns=COLUMNS, tags=tags)


def test_tags_without_a_known_one_are_no_header():
    with pytest.raises(WorkbookError, match="no header that is known"):
        read(b"#adm1,#affected\nX,1\n")


def test_rows_between_headings_and_known_tags_belong_to_the_header():
    sheet = read(b"code,value\nthe code,how many\n#indicator+code,#indicator+value+num\nX,1\n")
    assert values(sheet) == [(4, {"code": "X", "value": "1"})]


def test_the_order_of_attributes_and_spaces_in_a_tag_do_not_matter():
    assert fold_tag("#Indicator + value +num") == fold_tag("#indicator+num+value+num")
    assert fold_tag("#org+code") != fold_tag("#org")
