"""Text files in other encodings than Unicode's UTF-8, their cells parted by other signs than commas."""

from .cases import Saved, file, unreadable
from .layouts import THREE, TO_5
from .making import lines, text
from .texts import NOTED, noted


@file("bom.csv", Saved(TO_5))
def byte_order_mark() -> bytes:
    """A text file begins with the mark of UTF-8."""
    return b"\xef\xbb\xbf" + lines("SP1-O1-I1,KG,5")


@file("unicode.txt", noted("Обследование"), encoding="utf-16", delimiter="\t")
def utf_16_with_tabs() -> bytes:
    """“Unicode text” as Excel saves it: UTF-16, cells parted by tabs."""
    return text("\t".join(NOTED), "SP1-O1-I1\tKG\t5\tОбследование", encoding="utf-16", end="\r\n")


@file("utf-16.csv", noted("Обследование"), encoding="utf-16")
def utf_16_without_its_mark() -> bytes:
    """UTF-16 of the other order of bytes, without the mark that says so."""
    return text(",".join(NOTED), "SP1-O1-I1,KG,5,Обследование", encoding="utf-16-be")


CYRILLIC = (
    "windows.csv is not in Unicode and was read as Windows Cyrillic (cp1251). If letters look wrong, choose another "
    "encoding, or save it as “CSV UTF-8” or XLSX and upload that."
)
WESTERN = CYRILLIC.replace("windows.csv", "mac.csv").replace(
    "Windows Cyrillic (cp1251)", "Windows Western (cp1252)"
)


@file(
    "windows.csv", noted("Обследование домохозяйств"), encoding="cp1251", warnings=(CYRILLIC,), delimiter=";"
)
def windows_1251() -> bytes:
    """A Russian Excel has saved a CSV file."""
    return text(";".join(NOTED), "SP1-O1-I1;KG;5;Обследование домохозяйств", encoding="cp1251", end="\r\n")


@file("mac.csv", noted("recens\u017ds \u02c6 Och"), encoding="cp1252", warnings=(WESTERN,))
def mac_roman() -> bytes:
    """An old Macintosh has saved a CSV file: what is guessed is wrong, shown, and said."""
    return text(",".join(NOTED), "SP1-O1-I1,KG,5,recensés à Och", encoding="mac-roman", end="\r")


@file("mac.csv", noted("recensés à Och"), encoding="mac-roman", reading={"encoding": "mac-roman"})
def mac_roman_chosen() -> bytes:
    """The same, and the person chooses the encoding."""
    return mac_roman()


@file(
    "windows.csv",
    unreadable(
        "windows.csv cannot be read as Unicode (UTF-8): row 3 has a letter "
        "that does not fit. Choose another encoding, "
        "or save the file as “CSV UTF-8” or XLSX and upload that."
    ),
)
def two_encodings_in_one_file() -> bytes:
    """Two files in two encodings were put together."""
    return text(",".join(NOTED), "SP1-O1-I1,KG,5,Обследование домохозяйств") + "SP1-O1-I1,TJ,6,Ош".encode(
        "cp1251"
    )


@file("tabs.tsv", Saved(TO_5), delimiter="\t")
def tabs() -> bytes:
    """Cells are parted by tabs."""
    return text("\t".join(THREE), "SP1-O1-I1\tKG\t5")


@file("bars.csv", Saved(TO_5), delimiter="|")
def vertical_bars() -> bytes:
    """Cells are parted by vertical bars."""
    return text("|".join(THREE), "SP1-O1-I1|KG|5")


@file("sep.csv", Saved(TO_5), delimiter=";")
def line_that_names_the_delimiter() -> bytes:
    """The first line is Excel's own, sep=; which it hides."""
    return text("sep=;", ";".join(THREE), "SP1-O1-I1;KG;5", end="\r\n")


@file(
    "colons.csv",
    unreadable(
        "colons.csv has no header that is known. Name the columns in row 1; expected are: indicator, mission, "
        "baseline_value, baseline_numerator, baseline_denominator, baseline_stage, baseline_date, baseline_source, "
        "active_from, active_to, note."
    ),
)
def unusual_delimiter() -> bytes:
    """Cells are parted by colons, which no program does."""
    return text(":".join(THREE), "SP1-O1-I1:KG:5")
