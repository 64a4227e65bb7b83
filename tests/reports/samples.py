"""Editions made by hand, for the tests of figures and renderers."""

import datetime
from decimal import Decimal

from tracker.reports.figures import (
    Coverage,
    EditionFigures,
    IndicatorFigures,
    MissionFigures,
    NarrativeBlock,
    PriorityFigures,
)

MARKUP = '#panic("no") *bold* _it_ $x^2$ <label> @ref `raw` \\ #let a = 1 // and /* so */ on'
END = datetime.date(2024, 12, 31)


def edition(**changes):
    """A mission's edition with one indicator of each kind that matters."""
    given = {
        "title": f"Progress report {MARKUP}",
        "kind": "mission",
        "scope_name": "Кыргызстан / Kyrgyzstan",
        "scope_code": "KG",
        "period": "2021-Q4",
        "as_of": "As of Q4 2021",
        "generated_on": datetime.date(2022, 2, 5),
        "strategy": "Regional Strategy 2020-2024",
        "coverage": Coverage(reports_approved=1, missions_due=2, missing=("Kosovo",)),
        "on_track_from": Decimal("0.85"),
        "at_risk_from": Decimal("0.60"),
        "priorities": (
            PriorityFigures(
                code="SP1",
                title="Stronger migrants & communities",
                status_counts={"on_track": 1, "off_track": 1, "not_applicable": 1, "no_data": 1},
                indicators=(flow(), share(), not_applicable(), not_reported()),
                narrative=(
                    NarrativeBlock(
                        heading="Что изменилось", text="Первое.\n\n#второе *слово*", language="ru"
                    ),
                ),
            ),
        ),
    }
    return EditionFigures(**{**given, **changes})


def flow():
    """1 234 567 of 2 500 000 in four missions; 1 300 000 in all."""
    return IndicatorFigures(
        code="SP1-O1-I1",
        name="=SUM(A1) people who received protection assistance",
        unit="persons",
        level="output",
        is_flow=True,
        proposed=True,
        judged_at="2021-Q4",
        value=Decimal("1300000"),
        compared_value=Decimal("1234567.00"),
        baseline=Decimal(0),
        expected=Decimal("1234000"),
        target=Decimal("2500000"),
        target_due=END,
        attainment=Decimal("0.4938268"),
        pace=Decimal("1.000459"),
        status="on_track",
        note="of the 4 missions with targets",
        missions=(
            MissionFigures(
                code="TJ",
                name="Tajikistan",
                value=Decimal(0),
                expected=Decimal(17),
                target=Decimal(40),
                target_due=END,
                attainment=Decimal(0),
                pace=Decimal(0),
                status="off_track",
                judged_at="2021-Q4",
            ),
            MissionFigures(code="AM", name="Armenia", target=Decimal(40), target_due=END, status="no_data"),
        ),
    )


def share():
    """A percentage that stands at zero: reported, and nothing reached."""
    return IndicatorFigures(
        code="SP1-O1-I2",
        name="Share of cases closed in time",
        unit="% of cases",
        measure="percentage",
        decimals=1,
        judged_at="2021-Q4",
        value=Decimal(0),
        compared_value=Decimal(0),
        baseline=Decimal("0.123"),
        expected=Decimal("0.4567"),
        target=Decimal("0.8"),
        target_due=END,
        attainment=Decimal("-0.18169"),
        pace=Decimal("-0.36859"),
        status="off_track",
    )


def not_applicable():
    """A stage that does not apply at this time."""
    return IndicatorFigures(
        code="SP1-O2-I1",
        name="National strategy adopted",
        unit="stage",
        measure="stage",
        stages=("Not started", "Drafted", "Adopted"),
        judged_at="2021-Q4",
        baseline=Decimal(0),
        expected=Decimal(1),
        target=Decimal(2),
        target_due=END,
        status="not_applicable",
    )


def not_reported():
    """A number for which nothing was reported."""
    return IndicatorFigures(
        code="SP1-O2-I2",
        name="Officials trained",
        unit="persons",
        judged_at="2021-Q4",
        baseline=Decimal(5),
        expected=Decimal(60),
        target=Decimal(90),
        target_due=END,
        status="no_data",
    )


def long_edition(count=60):
    """A region's edition whose table runs over several pages."""
    rows = tuple(
        IndicatorFigures(
            code=f"SP1-O1-I{number}",
            name=f"Indicator {number} with a name long enough to take two lines in the narrow column of a table",
            unit="persons",
            judged_at="2021-Q4",
            value=Decimal(number),
            compared_value=Decimal(number),
            expected=Decimal(50),
            target=Decimal(100),
            target_due=END,
            attainment=Decimal(number) / 100,
            status="at_risk",
        )
        for number in range(1, count + 1)
    )
    priority = PriorityFigures(
        code="SP1", title="Resilience", status_counts={"at_risk": count}, indicators=rows
    )
    return edition(
        kind="region", scope_name="Region", scope_code="REGION", title="Long", priorities=(priority,)
    )


def empty_edition():
    """An edition for which nothing was due."""
    coverage = Coverage(reports_approved=0, missions_due=0)
    return edition(title="Empty", scope_name="Regional Office", coverage=coverage, priorities=())
