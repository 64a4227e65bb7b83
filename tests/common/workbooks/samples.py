"""Columns and rows of a sheet with everything that can be said of a cell."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tracker.common.workbooks.specs import Column, Entry

MISSIONS = ("KG", "TJ", "Côte d'Ivoire, North", 'the "other"')
CODES = tuple(f"SP1-O1-I{number}" for number in range(1, 301))
COLUMNS = (
    Column("key", hidden=True),
    Column("indicator", "Indicator", choices=CODES, required=True, fixed=True, example="SP1-O1-I7"),
    Column("mission", "Mission", choices=MISSIONS, required=True, help="The mission that reports."),
    Column("value", "Value", kind="number", minimum=0, example=1250, help="The figure itself."),
    Column("people", "People", kind="number", whole=True, minimum=0, maximum=10_000),
    Column("share", "Share", kind="percent", minimum=0, maximum=Decimal("62.5")),
    Column("due", "Due", kind="date", minimum=date(2020, 1, 1), maximum=date(2024, 12, 31)),
    Column("tags", "Tags", choices=("border", "health"), strict=False),
    Column("comment", "Comment"),
)
TAGGED = [replace(column, hxl=f"#x+{column.key}") for column in COLUMNS]
PERCENTAGE = Column("value", kind="percent", minimum=0, maximum=100)
STAGE = Column("value", choices=("Drafted", "Adopted"))
ROWS = (
    {"key": "r1", "indicator": "SP1-O1-I1", "mission": "KG", "value": 5, "share": 40, "due": date(2021, 12, 31)},
    {"key": "r2", "indicator": "SP1-O1-I2", "mission": "KG", "value": Entry(Decimal("12.5"), PERCENTAGE)},
    {"key": "r3", "indicator": "SP1-O1-I3", "mission": "TJ", "value": Entry(None, PERCENTAGE)},
    {"key": "r4", "indicator": "SP1-O1-I4", "value": Entry("Drafted", STAGE), "comment": "=1+1"},
)  # fmt: skip
