"""Charts: what they say, that their bytes are always the same, and that nothing is said by colour alone."""

import datetime
import json
import os
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import altair as alt
import pytest
from django.conf import settings as installed
from django.core.cache import caches
from django.db import connection

from tracker.analysis import drawing
from tracker.analysis.charts import (
    DatedLevel,
    QuarterValue,
    StatusGroup,
    sparkline,
    status_bars,
    status_finding,
    trajectory_chart,
)
from tracker.analysis.trajectory_drawing import HEIGHT

SVG = "{http://www.w3.org/2000/svg}"
THIN = "\N{NARROW NO-BREAK SPACE}"
INSTALLED_CACHES = installed.CACHES
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def own_cache(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


def texts(svg):
    """The words drawn in a chart, in order."""
    return ["".join(item.itertext()) for item in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def flow_chart(**changes):
    targets = (
        DatedLevel(datetime.date(2020, 12, 31), Decimal(400)),
        DatedLevel(datetime.date(2024, 12, 31), Decimal(2000)),
    )
    values = [100, 180, None, 360]
    given = {
        "name": "Migrants <assisted> & their families",
        "unit": "persons",
        "scope": "Kyrgyzstan",
        "as_of": "2020-Q4",
        "measure": "number",
        "values": [
            QuarterValue(f"2020-Q{quarter}", None if value is None else Decimal(value))
            for quarter, value in enumerate(values, start=1)
        ],
        "trajectory": (DatedLevel(datetime.date(2020, 1, 1), Decimal(0)), *targets),
        "targets": targets,
        "expected": Decimal(400),
        "status": "on_track",
    }
    return trajectory_chart(**{**given, **changes})


GROUPS = (
    StatusGroup("SP1", "Resilience", {"achieved": 2, "on_track": 5, "off_track": 1, "no_data": 3}),
    StatusGroup("SP2", "Mobility", {"at_risk": 1}),
    StatusGroup("SP3", "Governance", {}),
)


def test_the_title_says_the_finding():
    chart = flow_chart()
    assert chart.title == "360 by Q4 2020, 400 expected: on track"
    assert chart.title in texts(chart.svg)
    assert f"Target 2{THIN}000 by 31 Dec 2024" in texts(chart.svg)


def test_a_phone_gets_a_drawing_of_its_own_with_its_lines_broken():
    """At 340 pixels a line of the subtitle holds 49 letters, of the title 39."""
    assert flow_chart().narrow_svg == ""
    name = "Migrants in a vulnerable situation who received assistance from the mission"
    chart = flow_chart(name=name, for_phones=True)
    root = ElementTree.fromstring(chart.narrow_svg)
    assert float(root.get("width")) == 340
    assert root.get("aria-label") == chart.alt
    assert "360 by Q4 2020, 400 expected: on track" in texts(chart.narrow_svg)
    assert f"Target 2{THIN}000 by 31 Dec 2024" in texts(chart.narrow_svg)
    assert [line.text for line in root.iter(f"{SVG}tspan")] == [
        "Migrants in a vulnerable situation who received",
        "assistance from the mission",
        "persons · Kyrgyzstan · as of Q4 2020",
    ]
    assert name in "".join(texts(chart.svg))


def test_of_two_labels_that_would_run_into_each_other_the_less_important_gives_way():
    """A quarter before the final target, what is expected lies right under it; a year earlier there is room."""
    targets = (DatedLevel(datetime.date(2024, 12, 31), Decimal(2000)),)
    start = DatedLevel(datetime.date(2020, 1, 1), Decimal(0))

    def labels(as_of, value, expected):
        chart = flow_chart(
            as_of=as_of,
            values=[QuarterValue("2020-Q1", Decimal(100)), QuarterValue(as_of, Decimal(value))],
            trajectory=(start, *targets),
            targets=targets,
            expected=Decimal(expected),
        )
        assert f"{expected:,} expected".replace(",", THIN) in chart.title
        return texts(chart.svg)

    late = labels("2024-Q3", 1500, 1900)
    assert f"Target 2{THIN}000 by 31 Dec 2024" in late
    assert f"1{THIN}500" in late
    assert f"Expected 1{THIN}900" not in late
    assert f"Expected 1{THIN}200" in labels("2022-Q4", 900, 1200)


def test_an_old_value_is_not_passed_off_as_the_one_of_this_quarter():
    values = (QuarterValue("2020-Q3", Decimal(7)), QuarterValue("2020-Q4", None))
    chart = flow_chart(values=values, status="no_data")
    assert chart.title == "No value for Q4 2020; the last one was 7 in Q3 2020: no data"


def test_a_chart_of_nothing_says_so():
    chart = flow_chart(
        values=[QuarterValue("2020-Q1", None)], trajectory=(), targets=(), expected=None, status="no_data"
    )
    assert chart.title == "Nothing has been reported yet"
    assert chart.rows == (("Reported", "Q1 2020", "\N{EN DASH}"),)
    ElementTree.fromstring(chart.svg)


def test_the_table_behind_a_chart_has_every_figure_and_keeps_the_gap():
    chart = flow_chart(baseline=DatedLevel(datetime.date(2019, 12, 31), Decimal(0)))
    assert chart.columns == ("What", "When", "Level")
    assert chart.rows == (
        ("Baseline", "31 Dec 2019", "0"),
        ("Reported", "Q1 2020", "100"),
        ("Reported", "Q2 2020", "180"),
        ("Reported", "Q3 2020", "\N{EN DASH}"),
        ("Reported", "Q4 2020", "360"),
        ("Expected", "Q4 2020", "400"),
        ("Target", "31 Dec 2020", "400"),
        ("Target", "31 Dec 2024", f"2{THIN}000"),
    )


def test_a_gap_breaks_the_line_and_has_no_point():
    root = ElementTree.fromstring(flow_chart().svg)
    lines = [path.get("d") for path in root.iter(f"{SVG}path") if path.get("stroke-width") == "2.2"]
    assert len(lines) == 1
    # Two runs: the first two quarters, then the last one after the gap.
    assert lines[0].count("M") == 2
    points = [g for g in root.iter(f"{SVG}g") if "mark-symbol" in (g.get("class") or "")]
    assert [len(list(group)) for group in points] == [2, 3]  # two targets, three values


def test_a_chart_carries_its_text_alternative_escaped():
    chart = flow_chart()
    root = ElementTree.fromstring(chart.svg)
    assert root.get("role") == "img"
    assert root.get("aria-label") == chart.alt
    assert "Migrants <assisted> & their families" in chart.alt
    assert "Reported, Q4 2020: 360" in chart.alt
    assert "<assisted>" not in chart.svg


def test_a_change_of_no_weight_does_not_fill_the_height():
    def points(measure: str, *levels: str) -> list[float]:
        """How far down each point stands, in pixels."""
        chart = flow_chart(
            measure=measure,
            decimals=1,
            values=[
                QuarterValue(f"2020-Q{quarter}", Decimal(level)) for quarter, level in enumerate(levels, 1)
            ],
            trajectory=(),
            targets=(),
            expected=None,
            status=None,
        )
        marks = [
            mark
            for group in ElementTree.fromstring(chart.svg).iter(f"{SVG}g")
            if "mark-symbol" in (group.get("class") or "")
            for mark in group
        ]
        return [float(re.search(r",([-\d.]+)\)", mark.get("transform"))[1]) for mark in marks]

    # Half a point of a hundred, and one of a hundred persons: a tenth of the height and less. Room is a tenth of it,
    # above and below.
    for measure, levels in (("percentage", ("0.558", "0.563")), ("number", ("1000", "1010"))):
        before, after = points(measure, *levels)
        assert 0 < before - after < HEIGHT / 8, measure
    before, after = points("percentage", "0.20", "0.60")
    assert before - after > HEIGHT / 2


def test_percentages_and_stages_name_their_axis():
    level = DatedLevel(datetime.date(2022, 12, 31), Decimal("0.5"))
    percent = flow_chart(
        measure="percentage",
        decimals=1,
        values=[QuarterValue("2020-Q4", Decimal("0.25"))],
        trajectory=(),
        targets=(level,),
        expected=None,
        status=None,
    )
    assert percent.title == f"25.0{THIN}% by Q4 2020"
    assert f"20{THIN}%" in texts(percent.svg)
    step = DatedLevel(datetime.date(2022, 12, 31), Decimal(2))
    stage = flow_chart(
        measure="stage",
        stages=("Not started", 'Draft "A" of Moldova\'s', "Adopted"),
        values=[QuarterValue("2020-Q4", Decimal(1))],
        trajectory=(),
        targets=(step,),
        expected=None,
        status=None,
    )
    assert 'Draft "A" of Moldova\'s' in texts(stage.svg)
    assert "Adopted" in texts(stage.svg)


def test_status_bars_count_in_words_and_say_where_there_is_nothing():
    chart = status_bars(groups=GROUPS, scope="Region", as_of="2021-Q4")
    assert chart.title == "7 of 9 indicators that can be judged are achieved or on track"
    assert status_finding({"achieved": 1}) == "1 of 1 indicator that can be judged is achieved or on track"
    words = texts(chart.svg)
    assert "5 on track" in words
    assert "Resilience · 11 indicators" in words
    assert "Mobility · 1 indicator" in words
    assert "Governance · No indicators" in words
    for word in ("Achieved", "On track", "At risk", "Off track", "No data"):
        assert word in words
    assert "Not applicable" not in words  # what does not occur needs no explanation
    assert "SP1 Resilience: 2 achieved, 5 on track, 1 off track, 3 no data" in chart.alt


def test_the_table_behind_the_bars_adds_up():
    chart = status_bars(groups=GROUPS, scope="Region", as_of="2021-Q4")
    assert chart.columns == ("Priority", "Achieved", "On track", "At risk", "Off track", "No data", "All")
    assert chart.rows[0] == ("SP1 Resilience", "2", "5", "0", "1", "3", "11")
    assert chart.rows[2] == ("SP3 Governance", "0", "0", "0", "0", "0", "0")


def test_bars_start_at_zero_and_are_as_long_as_their_counts():
    root = ElementTree.fromstring(status_bars(groups=GROUPS, scope="Region", as_of="2021-Q4").svg)
    rects = [g for g in root.iter(f"{SVG}g") if "mark-rect" in (g.get("class") or "")]
    starts, lengths = [], []
    for path in rects[0].iter(f"{SVG}path"):
        left, _top, width = path.get("d").removeprefix("M").replace("h", ",").split(",")[:3]
        starts.append(float(left))
        lengths.append(float(width.partition("v")[0]))
    # 640 pixels for eleven indicators; each segment gives up 2 for the line between.
    assert starts[0] == pytest.approx(0.5)
    assert lengths == pytest.approx([n * 640 / 11 - 2 for n in (2, 5, 1, 3, 1)], abs=0.01)


@pytest.fixture
def drawings(monkeypatch) -> list[str]:
    """What was given to the renderer, in order."""
    given: list[str] = []
    draw = drawing.vl_convert.vegalite_to_svg

    def counting(specification, **options):
        given.append(specification)
        return draw(specification, **options)

    monkeypatch.setattr(drawing.vl_convert, "vegalite_to_svg", counting)
    return given


def test_the_same_chart_is_drawn_once_and_another_one_anew(drawings):
    name = "An indicator that no other test draws"
    first, second = flow_chart(name=name), flow_chart(name=name)
    assert first.svg == second.svg
    assert len(drawings) == 1
    flow_chart(name=name, expected=Decimal(401))
    assert len(drawings) == 2


def test_of_the_wide_and_the_narrow_drawing_only_what_is_missing_is_drawn(drawings):
    name = "Another indicator that no other test draws"
    wide = flow_chart(name=name)
    both = flow_chart(name=name, for_phones=True)
    assert both.svg == wide.svg
    assert [json.loads(given)["width"] for given in drawings] == [640, 340]


def test_another_renderer_or_other_fonts_draw_anew(drawings, monkeypatch):
    name = "One more indicator that no other test draws"
    flow_chart(name=name)
    monkeypatch.setattr(drawing, "_RENDERED_WITH", ("99.0", "99.0"))
    flow_chart(name=name)
    assert len(drawings) == 2


def test_the_text_alternative_is_of_the_chart_and_not_of_the_drawing(drawings):
    """Two charts may look the same and be of another name: the picture is kept, its label is put on each time."""
    levels = {"title": "Same", "subtitle": [], "columns": (), "rows": ()}
    marks = alt.layer(alt.Chart(alt.Data(values=[{"x": 1}])).mark_point())
    one = drawing.make_chart(drawing=marks, alt_text="Of Kyrgyzstan", **levels)
    other = drawing.make_chart(drawing=marks, alt_text="Of Tajikistan", **levels)
    assert len(drawings) == 1
    assert 'aria-label="Of Kyrgyzstan"' in one.svg
    assert 'aria-label="Of Tajikistan"' in other.svg


@pytest.mark.django_db
def test_what_one_process_drew_no_other_draws_again(settings, drawings):
    """As installed, charts are kept in the database: a cache object of its own finds them, as another process does."""
    settings.CACHES = INSTALLED_CACHES
    first = flow_chart(for_phones=True)
    assert len(drawings) == 2
    del caches["default"]
    second = flow_chart(for_phones=True)
    assert len(drawings) == 2
    assert (second.svg, second.narrow_svg) == (first.svg, first.narrow_svg)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM tracker_cache WHERE cache_key LIKE '%chart-%'")
        assert cursor.fetchone() == (2,)


SCRIPT = """
import hashlib
from django.conf import settings
settings.configure(CACHES={"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}})
import django
django.setup()
from tests.analysis.test_charts import GROUPS, flow_chart
from tracker.analysis.charts import status_bars
for chart in (flow_chart(), status_bars(groups=GROUPS, scope="Region", as_of="2021-Q4")):
    print(hashlib.sha256(chart.svg.encode()).hexdigest())
"""


def test_bytes_are_the_same_under_another_time_zone_and_hash_seed():
    def digests(zone, seed):
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        command = [sys.executable, "-c", SCRIPT]
        return subprocess.run(
            command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout

    first = digests("Pacific/Kiritimati", "1")
    assert len(first.split()) == 2
    assert digests("America/Los_Angeles", "2") == first


def test_the_specifications_keep_to_the_schema(monkeypatch):
    drawn = []
    plain = alt.LayerChart.to_dict

    def checking(chart, *args, **kwargs):
        drawn.append(plain(chart, validate=True))
        return plain(chart, *args, **kwargs)

    monkeypatch.setattr(alt.LayerChart, "to_dict", checking)
    flow_chart(baseline=DatedLevel(datetime.date(2019, 12, 31), Decimal(3)))
    status_bars(groups=GROUPS, scope="Region", as_of="2021-Q4")
    assert [specification["width"] for specification in drawn] == [640, 640]


def test_a_sparkline_keeps_its_gap_and_marks_the_last_value():
    svg = sparkline([Decimal(1), Decimal(3), None, Decimal(2)], label="Last four <quarters>")
    root = ElementTree.fromstring(svg)
    assert root.get("aria-label") == "Last four <quarters>"
    assert root.find(f"{SVG}path").get("d").count("M") == 2
    # The last of four places, half way between the lowest (17) and the highest (3) line.
    assert (root.find(f"{SVG}circle").get("cx"), root.find(f"{SVG}circle").get("cy")) == ("93.0", "10.0")
    assert len(svg) < 500


def test_a_sparkline_of_nothing_draws_nothing_and_a_flat_one_runs_in_the_middle():
    assert list(ElementTree.fromstring(sparkline([None, None]))) == []
    assert list(ElementTree.fromstring(sparkline([]))) == []
    flat = ElementTree.fromstring(sparkline([Decimal(0), Decimal(0)]))
    assert flat.find(f"{SVG}path").get("d") == "M3.0,10.0 L93.0,10.0"
    assert flat.get("aria-hidden") == "true"
