"""CSV files: encoding, delimiter and decimal mark are found out, shown, and can be chosen."""

from decimal import Decimal

import pytest

from tests.common.workbooks.files import values
from tracker.common.workbooks.csvfiles import guard_formula, unguard_formula
from tracker.common.workbooks.encodings import ENCODINGS
from tracker.common.workbooks.numbers import parse_decimal
from tracker.common.workbooks.reading import Limits, Reading, WorkbookError, read_rows


def read(data: bytes, **options):
    return read_rows(data=data, filename="a.csv", **options)


def test_a_cyrillic_csv_file_of_windows_is_read():
    text = "Миссия;Значение;Комментарий\r\nКыргызстан;1 234,5;да\r\n\r\nТуркменистан;40 %;нет\r\n"
    sheet = read(text.encode("cp1251"), percent_columns=("значение",))
    assert (sheet.encoding, sheet.delimiter, sheet.decimal_mark) == ("cp1251", ";", ",")
    assert values(sheet) == [
        (2, {"миссия": "Кыргызстан", "значение": "1 234,5", "комментарий": "да"}),
        (4, {"миссия": "Туркменистан", "значение": Decimal(40), "комментарий": "нет"}),
    ]
    assert "read as Windows Cyrillic (cp1251)" in sheet.warnings[0]
    assert parse_decimal(sheet.rows[0].cells["значение"]) == Decimal("1234.5")


@pytest.mark.parametrize(
    ("encoding", "text", "delimiter", "found"),
    [
        ("utf-8", "mission,note\nMoldova,Chișinău; Bălți\n", ",", "utf-8"),
        ("utf-8-sig", "mission;note\nMoldova;Chișinău, Bălți\n", ";", "utf-8"),
        ("utf-16", "mission\tnote\nMoldova\tChișinău, Bălți\n", "\t", "utf-16"),
        ("utf-16-le", "mission\tnote\nMoldova\tChișinău, Bălți\n", "\t", "utf-16"),
        ("utf-16-be", "mission\tnote\nMoldova\tChișinău, Bălți\n", "\t", "utf-16"),
        ("utf-16-le", "миссия;заметка\nКыргызстан;город Бишкек\n", ";", "utf-16"),
        ("utf-16-be", "მისია;შენიშვნა\nსაქართველო;თბილისი\n", ";", "utf-16"),
        ("utf-8", "მისია|შენიშვნა\nსაქართველო|თბილისი, ბათუმი\n", "|", "utf-8"),
        ("cp1252", "mission;note\nFrançois;été, déjà vu\n", ";", "cp1252"),
        ("cp1251", "миссия,заметка\nКыргызстан,Бишкек\n", ",", "cp1251"),
        ("utf-8", "sep=;\nmission;note\nMoldova;a, b\n", ";", "utf-8"),
        ("utf-8", "sep=^\nmission^note\nMoldova^a, b\n", "^", "utf-8"),
    ],
)
def test_encoding_and_delimiter_are_found_out(encoding, text, delimiter, found):
    sheet = read(text.encode(encoding))
    heading, record = (line.split(delimiter) for line in text.strip().split("\n")[-2:])
    assert values(sheet) == [(2, dict(zip(heading, record, strict=True)))]
    assert (sheet.delimiter, sheet.encoding) == (delimiter, found)


def test_known_headings_decide_between_delimiters():
    data = b"code;name, of it, in full\nX;a, b, c\nY;d, e, f\n"
    assert read(data, columns=("code",)).delimiter == ";"


def test_encoding_and_delimiter_can_be_chosen():
    data = "name;x\nČapljina;1\n".encode("cp1250")
    sheet = read(data, reading=Reading(encoding="cp1250", delimiter=";"))
    assert sheet.rows[0].cells == {"name": "Čapljina", "x": "1"}
    assert (sheet.encoding, sheet.warnings) == ("cp1250", [])
    dos = "код;имя\nX;Ереван\n".encode("cp866")
    assert read(dos, reading=Reading(encoding="cp866")).columns["имя"] == ["Ереван"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_that_is_offered_reads_a_file_written_in_it(encoding):
    assert read("code;value\nX;5\n".encode(encoding), reading=Reading(encoding=encoding)).columns == {
        "code": ["X"],
        "value": ["5"],
    }


@pytest.mark.parametrize(
    ("reading", "sentence"),
    [
        (
            Reading(encoding="punycode"),
            "“punycode” is no encoding that can be chosen. There are: utf-8, utf-16",
        ),
        (
            Reading(encoding="utf-8"),
            "cannot be read as Unicode .UTF-8.: row 3 has a letter that does not fit",
        ),
        (
            Reading(delimiter="x"),
            "“x” cannot part the columns of a CSV file. Choose one of: comma, semicolon, tab, vertical bar",
        ),
        (Reading(decimal_mark="'"), "“'” is no decimal mark"),
    ],
)
def test_a_choice_that_does_not_fit_is_refused(reading, sentence):
    with pytest.raises(WorkbookError, match=sentence):
        read("a;b\nX;a\nY;б\n".encode("cp1251"), reading=reading)


def test_unicode_with_one_broken_letter_is_refused_and_not_read_as_something_else():
    data = "код;имя\nX;Ереван\nY;Тбилиси\n".encode()
    with pytest.raises(WorkbookError, match=r"cannot be read as Unicode \(UTF-8\): row 3 has a letter"):
        read(data.replace("Т".encode(), b"\xd0"))


def test_an_apostrophe_that_guards_a_formula_is_taken_away_and_any_other_stays():
    data = b"t,n\n'=1+1,'-5\n'quoted',''=x\n"
    assert [row.cells for row in read(data).rows] == [{"t": "=1+1", "n": "-5"}, {"t": "'quoted'", "n": "'=x"}]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1+1", "'=1", "''+2", "'quoted'", "\ttab", "5"]
)
def test_the_guard_against_formulas_comes_off_as_it_went_on(text):
    assert unguard_formula(guard_formula(text)) == text
    assert not guard_formula(text).lstrip().startswith(("=", "+", "-", "@"))


def test_quotation_marks_line_breaks_and_ragged_rows_are_read():
    data = b'code,note\r\nX,"say ""hello"",\r\nthen go"\r\nY\r\nZ,z,,\r\n'
    assert values(read(data)) == [
        (2, {"code": "X", "note": 'say "hello",\nthen go'}),
        (3, {"code": "Y", "note": None}),
        (4, {"code": "Z", "note": "z"}),
    ]


def test_an_unclosed_quotation_mark_is_refused_with_its_row():
    with pytest.raises(WorkbookError, match="from row 3 on: a quotation mark"):
        read(b'a,b\n1,2\n"3,4\n5,6\n')


@pytest.mark.parametrize("quotes", ['"' * 99_999, 'a"' * 50_000, '"a"",' * 20_000, ('"' * 7 + ",") * 9_000])
def test_quotation_marks_without_end_are_refused_or_read_at_once(quotes):
    try:
        sheet = read(f"a,b\n{quotes}\n1,2\n".encode())
    except WorkbookError:
        return
    assert sheet.columns["a"][-1] == "1"


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        (Limits(rows=3), "more than 3 rows"),
        (Limits(columns=2), "across to column C, where B"),
        (Limits(cells=11), r"too many cells \(4 rows × 3 columns\)"),
    ],
)
def test_a_csv_file_beyond_the_limits_is_refused(limits, sentence):
    data = b"a,b,c\n1,2,3\n4,5,6\n7,8,9\n\n\n"
    assert read(data, limits=Limits(rows=6, columns=3, cells=12)).numbers == [2, 3, 4]
    with pytest.raises(WorkbookError, match=sentence):
        read(data, limits=limits)
