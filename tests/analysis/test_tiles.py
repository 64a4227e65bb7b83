"""The tile map: where squares stand, what they say, and that nothing is said by colour alone."""

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from tracker.analysis.statuses import Stroke
from tracker.analysis.tile_looks import kinds, look_of_status, scale, steps
from tracker.analysis.tiles import (
    Amount,
    Category,
    Place,
    TileMap,
    map_amounts,
    map_categories,
    numbers,
    shares,
)
from tracker.common.formats import THIN_SPACE

SVG = "{http://www.w3.org/2000/svg}"
D = Decimal

PLACES = (
    Place("AL", "Albania", 2, 1, url="/countries/AL/"),
    Place("BY", "Belarus", 1, 3),
    Place("GE", "Georgia <south>", 2, 3),
    Place("IL", "Israel", 3, 2),
    Place("ROV", "Regional Office"),
)


def funding(**changes) -> TileMap:
    given = {
        "title": "Funding asked for in 2019",
        "subtitle": "US dollars",
        "column": "Asked for",
        "places": PLACES,
        "amounts": {
            "AL": Amount(D(35_500_000), "35 500 000", "most of it for health"),
            "BY": Amount(D(0), "0"),
            "ROV": Amount(D(1_200), "1 200"),
        },
        "gaps": {"IL": "not_applicable"},
        "writing": numbers(),
    }
    return map_amounts(**{**given, **changes})


def squares(drawn: TileMap) -> dict[str, ElementTree.Element]:
    """The squares of the map for a page, by their codes, in the order of reading."""
    found = {}
    for element in ElementTree.fromstring(drawn.inline):
        code = next(element.iter(f"{SVG}text")).text
        assert code is not None
        found[code] = element
    return found


def words_of(element: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in element.iter(f"{SVG}text")]


def test_squares_stand_where_they_are_put_and_those_without_a_place_in_a_row_of_their_own():
    found = squares(funding())
    # From north to south, then west to east: a step is 38 across and 36 down.
    assert {code: square.get("transform") for code, square in found.items()} == {
        "BY": "translate(76 0)",
        "AL": "translate(0 36)",
        "GE": "translate(76 36)",
        "IL": "translate(38 72)",
        "ROV": "translate(0 116)",
    }
    assert list(found) == ["BY", "AL", "GE", "IL", "ROV"]


def test_a_square_says_who_it_is_and_how_much():
    found = squares(funding())
    assert words_of(found["AL"]) == ["AL", "35.5M"]
    assert found["AL"].findtext(f"{SVG}title") == "AL Albania: 35 500 000 (most of it for health)"


def test_a_square_is_a_link_where_it_has_a_page_and_a_named_picture_elsewhere():
    found = squares(funding())
    assert (found["AL"].tag, found["AL"].get("href")) == (f"{SVG}a", "/countries/AL/")
    assert (found["BY"].tag, found["BY"].get("role")) == (f"{SVG}g", "img")
    assert "Georgia <south>" not in funding().inline
    assert "Georgia &lt;south&gt;" in funding().inline


def test_zero_nothing_reported_and_not_applicable_are_three_things():
    drawn = funding()
    found = squares(drawn)
    assert words_of(found["BY"])[1] == "0"
    assert words_of(found["GE"])[1] == "–"
    assert words_of(found["IL"])[1] == "n/a"
    dashed = {
        code for code, square in found.items() if square.find(f"{SVG}rect[@stroke-dasharray]") is not None
    }
    assert dashed == {"GE"}
    assert [(entry.words, entry.count) for entry in drawn.legend] == [
        ("0", 1),
        (f"1{THIN_SPACE}200", 1),
        ("35.5M", 1),
        ("Not reported", 1),
        ("Not applicable", 1),
    ]
    assert [(row.place.code, row.shown, row.gap) for row in drawn.rows] == [
        ("AL", "35 500 000", ""),
        ("BY", "0", ""),
        ("GE", "", "not_reported"),
        ("IL", "", "not_applicable"),
        ("ROV", "1 200", ""),
    ]


def many(levels, **changes) -> TileMap:
    places = [Place(f"P{at}", f"Place {at}", 1, at + 1) for at in range(len(levels))]
    amounts = {place.code: Amount(D(level), str(level)) for place, level in zip(places, levels, strict=True)}
    return funding(places=places, amounts=amounts, gaps={}, **changes)


def test_a_class_of_whole_numbers_is_named_by_its_first_and_last():
    drawn = many([0, 1, 2, 4, 8, 17, 23, 31, 42, 48, 93])
    assert [entry.words for entry in drawn.legend] == ["0", "1–3", "4–9", "10–29", "30–44", "45 and over"]
    assert [entry.count for entry in drawn.legend] == [1, 2, 2, 2, 2, 2]


def test_large_amounts_are_named_by_where_their_class_begins():
    drawn = many([n * 1_000_000 for n in (1, 2, 4, 8, 17, 23, 31, 42, 48, 93)])
    assert [entry.words for entry in drawn.legend] == [
        "under 4M",
        "4M to under 10M",
        "10M to under 30M",
        "30M to under 45M",
        "45M and over",
    ]


def test_no_label_lies_outside_of_its_class():
    """1,996,000 is labelled 2M: it goes with the two millions, not under them."""
    drawn = many([100_000, 200_000, 300_000, 1_996_000, 2_000_000, 5_000_000, 9_000_000])
    assert words_of(squares(drawn)["P3"])[1] == "2M"
    of_class = {row.place.code: row.of_class for row in drawn.rows}
    assert of_class["P3"] == of_class["P4"]


def test_shares_are_cut_where_it_is_said_and_a_zero_among_them_is_under_the_first():
    edges = {D("0.5"): "half or more", D(1): "all"}
    drawn = many(["0", "0.499", "0.5", "1"], writing=shares(), edges=edges)
    assert [(entry.words, entry.count) for entry in drawn.legend] == [
        ("under 50%", 1),
        ("half or more", 2),
        ("all", 1),
    ]
    # 49.9 % is labelled 50%, and is where its label says.
    assert words_of(squares(drawn)["P1"])[1] == "50%"


def test_percentages_keep_their_decimals_on_squares_and_lose_them_at_edges():
    drawn = many([D(n) / 1000 for n in (349, 377, 391, 420, 525, 553, 600, 611)], writing=shares(1))
    assert words_of(squares(drawn)["P6"])[1] == "60.0%"
    assert all(re.fullmatch(r"(under )?\d+%( to under \d+%)?( and over)?", e.words) for e in drawn.legend)


def test_every_class_has_a_mark_of_its_own():
    for looks in (steps(5), scale(4), kinds(4), [look_of_status(code) for code in ("achieved", "at_risk")]):
        assert len({look.strokes for look in looks}) == len(looks)
        assert all(isinstance(stroke, Stroke) for look in looks for stroke in look.strokes)
    with pytest.raises(ValueError, match="4 looks"):
        kinds(5)


def test_a_long_scale_goes_from_the_lightest_to_the_darkest():
    looks = scale(8)
    assert len(looks) == 8
    assert (looks[0], looks[-1]) == (steps(5)[0], steps(5)[-1])


def test_categories_keep_their_order_and_only_those_that_occur_are_explained():
    looks = kinds(3)
    drawn = map_categories(
        title="Vote",
        subtitle="",
        column="Vote",
        places=PLACES[:4],
        categories=[
            Category("for", "In favour", looks[0]),
            Category("against", "Against", looks[1]),
            Category("none", "Abstained", looks[2], label="abst"),
        ],
        given={"AL": "none", "BY": "for", "GE": "for"},
        gaps={"IL": "not_in_table"},
        more={"AL": "later withdrawn"},
    )
    assert [(entry.words, entry.count) for entry in drawn.legend] == [
        ("In favour", 2),
        ("Abstained", 1),
        ("Not in the table of the document", 1),
    ]
    found = squares(drawn)
    assert words_of(found["AL"]) == ["AL", "abst"]
    assert found["AL"].findtext(f"{SVG}title") == "AL Albania: Abstained (later withdrawn)"
    assert words_of(found["BY"]) == ["BY"]


def test_the_picture_for_a_document_carries_title_legend_and_text_alternative():
    drawn = funding()
    root = ElementTree.fromstring(drawn.picture)
    assert root.get("role") == "img"
    assert root.get("aria-label") == drawn.alt
    assert drawn.alt == (
        "Tile map. Funding asked for in 2019. US dollars. Albania: 35 500 000. Belarus: 0."
        " Georgia <south>: not reported. Israel: not applicable. Regional Office: 1 200."
    )
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert texts[:2] == ["Funding asked for in 2019", "US dollars"]
    assert "35.5M (1)" in texts
    assert "Not reported (1)" in texts
    assert f"{SVG}a" not in {element.tag for element in root.iter()}
    bottom = float(root.get("height") or 0)
    assert all(float(text.get("y") or 0) < bottom for text in root.iter(f"{SVG}text"))


def test_a_map_of_nothing_is_drawn_all_the_same():
    drawn = funding(amounts={}, gaps={})
    assert [(entry.words, entry.count) for entry in drawn.legend] == [("Not reported", 5)]
    assert funding(places=[], amounts={}, gaps={}).rows == ()
    ElementTree.fromstring(funding(places=[], amounts={}, gaps={}).picture)
