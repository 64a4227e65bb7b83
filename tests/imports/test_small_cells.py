"""No file that leaves holds a small cell of a sensitive indicator, or what would give it away; for everybody.

A draft does not leave: it goes to the people who are writing it, whole, so that it can come back.
"""

import io
import zipfile
from collections.abc import Iterator
from itertools import product

import pytest
from django.http import HttpResponseBase
from django.urls import reverse

from tests import stage
from tests.batches.sheets import csv_of, load
from tests.progress.test_exports_of_results import split_into
from tests.scenery import scenery
from tracker.framework.models import Indicator
from tracker.imports.registry import KINDS

# 7 women of so many people: the men give them away. In the draft it is 8. Numbers so long that no time, hash or
# number of a row that a file holds has them in it by chance.
TOTAL, MEN = 79135264040, 79135264033
DRAFT_TOTAL, DRAFT_MEN = 68246175050, 68246175042
OPEN_TOTAL, OPEN_MEN = 57394086060, 57394086054


@scenery
def sensitive(strategy, missions, cast, open_period) -> None:
    """A sensitive number with small cells, approved and in a draft, and another one that is not sensitive."""
    people = stage.make_indicator("SP1-O1-I1", sensitive=True, decimals=0)
    open_ = stage.make_indicator("SP1-O1-I2", decimals=0)
    cells = stage.ask_by_sex(people)
    stage.ask_by_sex(open_)
    stage.assign(people, missions["KG"], missions["TJ"])
    stage.assign(open_, missions["KG"])
    split_into(missions["KG"], "2020-Q1", people, TOTAL, cells, {"female": 7, "male": MEN}, cast=cast)
    split_into(
        missions["KG"], "2020-Q2", open_, OPEN_TOTAL, cells, {"female": 6, "male": OPEN_MEN}, cast=cast
    )
    header = "indicator,mission,period,value,sex:female,sex:male"
    load("progress", csv_of(header, f"SP1-O1-I1,KG,2024-Q4,{DRAFT_TOTAL},8,{DRAFT_MEN}"), user=cast.reporter)


def text_of(answer: HttpResponseBase, suffix: str) -> bytes:
    """All that a file says, unpacked if it is a workbook."""
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    if suffix == "csv":
        return bytes(data)
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return b"\n".join(book.read(name) for name in book.namelist())


def doors() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Every address of a file: kinds, the whole strategy, templates, lists."""
    for code in KINDS:
        if KINDS[code].export is not None:
            for suffix in ("csv", "xlsx", "ods"):
                yield reverse("export", args=[code, suffix]), suffix, {}
            yield reverse("template", args=[code]), "xlsx", {"period": "2020-Q1"}
    for suffix in ("xlsx", "ods"):
        yield reverse("export-all", args=[suffix]), suffix, {}
    for name, suffix in product(("reports", "review", "imports"), ("csv", "xlsx", "ods")):
        yield reverse(name), suffix, {"as": suffix}


@pytest.mark.parametrize(
    "person", ["viewer", "reporter", "stranger", "lead", "officer", "head", "administrator", "nobody"]
)
def test_nobody_takes_a_small_cell_away(sensitive, cast, sign_in, person: str) -> None:
    client = sign_in(getattr(cast, person))
    taken, found_open = 0, False
    for address, suffix, asked in doors():
        answer = client.get(address, asked)
        if answer.status_code != 200:
            assert answer.status_code in (403, 404), address
            continue
        text = text_of(answer, suffix)
        assert b"%d" % MEN not in text, address
        writes_it = person in ("reporter", "lead") and "/export/progress." in address
        assert writes_it or b"%d" % DRAFT_MEN not in text, address
        taken += 1
        if "/export/history." in address:
            assert b"%d" % TOTAL in text
            # Of an indicator that is not sensitive they stand there.
            found_open = found_open or b"%d" % OPEN_MEN in text
            assert b"<11" in text or b"&lt;11" in text
    assert (taken > 40 and found_open) or person == "nobody"


def test_a_draft_with_small_cells_goes_to_its_own_people_and_to_nobody_else(sensitive, cast, sign_in) -> None:
    answer = sign_in(cast.reporter).get(reverse("export", args=["progress", "csv"]))
    [row] = text_of(answer, "csv").decode("utf-8-sig").splitlines()[1:]
    assert row.startswith(f"SP1-O1-I1,KG,2024-Q4,{DRAFT_TOTAL},,,,,,,8,{DRAFT_MEN},")
    answer = sign_in(cast.stranger).get(reverse("export", args=["progress", "csv"]))
    assert text_of(answer, "csv").decode("utf-8-sig").splitlines()[1:] == []
    client, url = sign_in(cast.reporter), reverse("report", args=["2024-Q4", "KG"])
    page = client.get(url, {"unfold": Indicator.objects.get(code="SP1-O1-I1").pk}).content
    assert b"%d" % DRAFT_MEN in page
