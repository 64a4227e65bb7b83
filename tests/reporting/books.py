"""The workbook of a report in the hands of a person: downloaded, filled in by openpyxl, uploaded."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl.worksheet.worksheet import Worksheet

from tests.formfields import fields_of

REPORT = ("2024-Q4", "KG")


def open_book(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def save_book(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def columns_of(sheet: Worksheet) -> dict[str, int]:
    """The columns of a sheet by their headings."""
    return {str(cell.value): cell.column for cell in sheet[1] if cell.value is not None}


def find_row(sheet: Worksheet, *about: str) -> int:
    """The row in which all of these stand."""
    for row in sheet.iter_rows(min_row=2):
        if set(about) <= {str(cell.value) for cell in row}:
            return row[0].row
    raise AssertionError(f"no row of {about} in {sheet.title}")


def cell_of(sheet: Worksheet, about: tuple[str, ...], heading: str) -> Any:
    return sheet.cell(find_row(sheet, *about), columns_of(sheet)[heading])


@dataclass
class Desk:
    """A person at a desk with one report: what the last page said, and its fields."""

    client: Client
    status: int = 0
    text: str = ""
    url: str = ""
    fields: dict[str, str] = field(default_factory=dict)

    def download(self) -> bytes:
        answer = self.client.get(reverse("report-workbook-file", args=REPORT))
        assert answer.status_code == 200
        return answer.content

    def fill(self, data: bytes, filled: Mapping[tuple[str, ...], Mapping[str, Any]]) -> bytes:
        """The workbook with cells filled in: ``{("Results", "SP1-O1-I1"): {"This period": 12}}``."""
        book = open_book(data)
        for (sheet, *about), cells in filled.items():
            for heading, value in cells.items():
                cell = cell_of(book[sheet], tuple(about), heading)
                assert not cell.protection.locked, f"{sheet} {about} {heading} is locked"
                cell.value = value
        return save_book(book)

    def upload(self, data: bytes, name: str = "report.xlsx") -> "Desk":
        file = SimpleUploadedFile(name, data)
        return self._show(self.client.post(reverse("report-workbook", args=REPORT), {"file": file}))

    def look(self) -> "Desk":
        return self._show(self.client.get(self.url))

    def take(self, **choices: str) -> "Desk":
        return self._show(self.client.post(self.url, choices))

    @property
    def words(self) -> str:
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", self.text)).replace(" ;", ";")

    def _show(self, answer: Any) -> "Desk":
        self.status = answer.status_code
        if answer.status_code == 302:
            self.url = answer.url
            answer = self.client.get(answer.url)
        self.text = answer.content.decode()
        self.fields = fields_of(self.text, "entry") if 'id="entry"' in self.text else {}
        return self
