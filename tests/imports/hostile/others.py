"""Files of other kinds under the names of workbooks, workbooks under other names, and files that are too large."""

from tests.batches.sheets import xlsx_of_sheets

from .archives import GOOD, no_workbook
from .cases import Saved, TurnedAway, file, unreadable
from .extents import FOR_2020
from .layouts import TO_5
from .making import archive_of, lines, workbook

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(60)
PAGE = b"<html><body><table><tr><td>indicator</td></tr></table></body></html>"
NO_NAME = " is no workbook. Upload an Excel (.xlsx, .xls), OpenDocument (.ods) or CSV file."


@file("empty.xlsx", TurnedAway("The submitted file is empty."))
def empty_file() -> bytes:
    """A file of no bytes."""
    return b""


@file("report.xlsx", no_workbook("report.xlsx"))
def pdf() -> bytes:
    """A PDF under the name of a workbook."""
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"


@file("report.pdf", TurnedAway("report.pdf" + NO_NAME))
def pdf_under_its_own_name() -> bytes:
    """The same under its own name."""
    return pdf()


@file("scan.xlsx", no_workbook("scan.xlsx"))
def picture() -> bytes:
    """A picture under the name of a workbook."""
    return PNG


@file(
    "scan.csv",
    unreadable("scan.csv is no CSV file, whatever its name. Upload an XLSX, XLS, ODS or CSV file."),
)
def picture_as_text() -> bytes:
    """A picture under the name of a CSV file."""
    return PNG + b"scan"


@file("letter.xlsx", no_workbook("letter.xlsx"))
def text_document() -> bytes:
    """A document of Word under the name of a workbook."""
    return archive_of({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"})


@file(
    "binary.xlsx",
    unreadable(
        "binary.xlsx is a binary Excel workbook (.xlsb). Save it as “Excel workbook (.xlsx)” and upload that."
    ),
)
def binary_workbook() -> bytes:
    """A binary workbook of Excel (.xlsb) under another name."""
    return archive_of({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"\x83\x01\0"})


@file(
    "numbers.xlsx",
    unreadable("numbers.xlsx is a document of Apple Numbers. Export it as Excel (.xlsx) and upload that."),
)
def apple_numbers() -> bytes:
    """A document of Apple Numbers under another name."""
    return archive_of(
        {"Index/Document.iwa": b"\0\1\2", "Metadata/Properties.plist": b"bplist00", "preview.jpg": b""}
    )


@file(
    "page.csv",
    unreadable("page.csv is no CSV file, whatever its name. Upload an XLSX, XLS, ODS or CSV file."),
)
def web_page() -> bytes:
    """A web page, an error message of some server maybe, under the name of a CSV file."""
    return PAGE


@file(
    "page.xls",
    unreadable(
        "page.xls is a web page or plain XML under the name of a workbook. "
        "Open it in a spreadsheet program, save it as "
        "“Excel workbook (.xlsx)”, and upload that."
    ),
)
def web_page_as_a_workbook() -> bytes:
    """A web page under the name of a workbook, as many programs export."""
    return PAGE


@file("archive.zip", TurnedAway("archive.zip" + NO_NAME))
def archive_under_its_own_name() -> bytes:
    """A workbook in an archive."""
    return archive_of({"baselines.xlsx": GOOD})


@file("setup.exe", TurnedAway("setup.exe" + NO_NAME))
def program() -> bytes:
    """A program."""
    return b"MZ\x90\0" + bytes(100)


@file("setup.xlsx", no_workbook("setup.xlsx"))
def program_as_a_workbook() -> bytes:
    """A program under the name of a workbook."""
    return program()


@file("baselines", Saved(TO_5))
def workbook_without_an_extension() -> bytes:
    """A workbook whose name has no extension."""
    return GOOD


AS_TEXT = "{} is a text file, whatever its name, and was read as CSV."


@file(
    "baselines",
    Saved(TO_5),
    sheet="",
    encoding="utf-8",
    delimiter=",",
    warnings=(AS_TEXT.format("baselines"),),
)
def text_without_an_extension() -> bytes:
    """A CSV file whose name has no extension."""
    return lines("SP1-O1-I1,KG,5")


@file(
    "export.xls",
    Saved(TO_5),
    sheet="",
    encoding="utf-8",
    delimiter="\t",
    warnings=(AS_TEXT.format("export.xls"),),
)
def text_under_the_name_of_a_workbook() -> bytes:
    """A text with tabs named .xls, as many programs export."""
    return lines("SP1-O1-I1,KG,5").replace(b",", b"\t")


@file("baselines.csv", Saved(TO_5), sheet="Data", encoding=None, delimiter=None)
def workbook_under_the_name_of_a_text() -> bytes:
    """A workbook named .csv is read as what it is."""
    return GOOD


@file("BASELINES.XLSX", Saved(TO_5))
def extension_in_capitals() -> bytes:
    """The extension is in capitals."""
    return workbook(FOR_2020)


@file("BASELINES.CSV", Saved(TO_5))
def text_extension_in_capitals() -> bytes:
    """The extension of a text file is in capitals."""
    return lines("SP1-O1-I1,KG,5", "")


@file("large.csv", TurnedAway("large.csv has 25.0 MB; 25.0 MB is the most. Split it into parts."))
def file_too_large() -> bytes:
    """A file of one byte more than is taken: refused before it is read."""
    return lines("SP1-O1-I1,KG,5").ljust(25 * 1024 * 1024 + 1)


@file("sheets.xlsx", unreadable("sheets.xlsx has 101 sheets, where 100 are the most. Split it into parts."))
def too_many_sheets() -> bytes:
    """A workbook of a hundred and one sheets."""
    return xlsx_of_sheets({f"Sheet {number}": FOR_2020 for number in range(101)})


@file(
    "rows.csv",
    unreadable("rows.csv has more than 250000 rows. Split it into parts."),
)
def too_many_rows() -> bytes:
    """A text file of a quarter of a million rows."""
    return lines() + b"SP1-O1-I1,KG,5\n" * 250_001


@file(
    "cells.xlsx",
    unreadable("cells.xlsx has too many cells (200000 rows × 703 columns). Split it into parts."),
)
def too_many_cells() -> bytes:
    """Two cells lie so far from each other that the rectangle between them would fill the memory."""
    return workbook(
        FOR_2020, more=lambda _book, sheet: (sheet.write(199_999, 0, "x"), sheet.write(0, 702, "far"))[0]
    )
