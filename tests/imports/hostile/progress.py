"""Files of results: periods of every length, running totals, reports that are approved, closed or another's."""

from .cases import Saved, Wrong, file
from .making import text, workbook

HISTORY = {"kind": "history", "who": "administrator", "options": {"source": "Matrix of 2020"}}
DRAFTS = {"kind": "progress", "who": "reporter"}
COLUMNS = ["indicator", "mission", "period", "value"]
KEYS = "SP1-O1-I3 / KG"


def history(*rows: str, header: str = ",".join(COLUMNS)) -> bytes:
    return text(header, *rows)


@file(
    "periods.csv",
    Saved(
        f"new 2 {KEYS} / 2020-Q2: value → 20",
        f"new 3 {KEYS} / 2020-H2: value → 50",
        f"new 4 {KEYS} / 2021: value → 120",
    ),
    **HISTORY,
)
def quarter_half_year_and_year() -> bytes:
    """A quarter, a half-year and a year, written in several ways."""
    return history("SP1-O1-I3,KG,2020 q2,20", "SP1-O1-I3,KG,2020-H2,50", "SP1-O1-I3,KG,2021,120")


@file("year.xlsx", Saved(f"new 2 {KEYS} / 2021: value → 120"), **HISTORY)
def year_as_a_number() -> bytes:
    """A year is a number in its cell."""
    return workbook([COLUMNS, ["SP1-O1-I3", "KG", 2021, 120]])


@file(
    "totals.csv",
    Saved(
        f"new 2 {KEYS} / 2020-Q2: value → 15; value to_date 10 → 25",
        f"new 3 {KEYS} / 2020-Q3: value → 20; value to_date 25 → 45",
    ),
    **HISTORY,
)
def running_totals() -> bytes:
    """Running totals since the strategy began, on top of a quarter that is approved."""
    return history(
        "SP1-O1-I3,KG,2020-Q2,25,to_date",
        "SP1-O1-I3,KG,2020-Q3,45,to_date",
        header=",".join([*COLUMNS, "value_is"]),
    )


@file(
    "totals.csv",
    Wrong(
        (
            3,
            "value",
            "20",
            "The running total falls from 25 to 20. Correct it, or the amounts of the periods before.",
        ),
        good=(f"new 2 {KEYS} / 2020-Q2: value → 15; value to_date 10 → 25",),
    ),
    **HISTORY,
)
def running_total_that_falls() -> bytes:
    """A running total is lower than the one before."""
    return history(
        "SP1-O1-I3,KG,2020-Q2,25,to_date",
        "SP1-O1-I3,KG,2020-Q3,20,to_date",
        header=",".join([*COLUMNS, "value_is"]),
    )


@file(
    "overwritten.csv",
    Wrong(
        (
            2,
            "value",
            "11",
            "There is an approved value already. Say why it is changed (the "
            "reason of the import), or delete the row.",
        ),
        good=(f"new 3 {KEYS} / 2020-Q2: value → 20",),
    ),
    **HISTORY,
)
def approved_value_overwritten() -> bytes:
    """A value that is approved is changed without a reason."""
    return history("SP1-O1-I3,KG,2020-Q1,11", "SP1-O1-I3,KG,2020-Q2,20")


@file(
    "overwritten.csv",
    Saved(f"changed 2 {KEYS} / 2020-Q1: value 10 → 11", f"new 3 {KEYS} / 2020-Q2: value → 20"),
    **{**HISTORY, "options": {"source": "Matrix of 2020", "reason": "Counted anew"}},
)
def approved_value_overwritten_with_a_reason() -> bytes:
    """The same with a reason: what else the report said stays."""
    return approved_value_overwritten()


@file("emptied.csv", Saved(unchanged=1), **HISTORY)
def empty_cell_over_an_approved_value() -> bytes:
    """An empty cell never erases what is approved."""
    return history("SP1-O1-I3,KG,2020-Q1,")


@file(
    "suppressed.csv",
    Wrong(
        (
            2,
            "value",
            "<11",
            "“<11” is a figure that was suppressed in an export because it "
            "is small; it cannot be read back. Leave the "
            "row out, or write the real figure.",
        ),
        (
            3,
            "sex:female",
            "< 11",
            "“< 11” is a figure that was suppressed in an export because it "
            "is small; it cannot be read back. Leave the "
            "row out, or write the real figure.",
        ),
        good=(f"new 4 {KEYS} / 2020-Q4: value → 30; sex:female → 20",),
    ),
    **HISTORY,
)
def suppressed_cells() -> bytes:
    """A file that went out with small cells hidden comes back."""
    return history(
        "SP1-O1-I3,KG,2020-Q2,<11,",
        "SP1-O1-I3,KG,2020-Q3,40,< 11",
        "SP1-O1-I3,KG,2020-Q4,30,20",
        header=",".join([*COLUMNS, "sex:female"]),
    )


@file(
    "parts.csv",
    Wrong(
        (2, "sex:female", "", "By sex: 25 + 20 = 45, more than the total of 40."),
        (3, "sex:male", "", "This cannot be negative."),
    ),
    unknown=("sex:femal",),
    **HISTORY,
)
def parts_that_do_not_fit() -> bytes:
    """Parts are more than the whole, negative, and under a heading that is misspelt."""
    return history(
        "SP1-O1-I3,KG,2020-Q2,40,25,20,1",
        "SP1-O1-I3,KG,2020-Q3,40,5,-5,1",
        header=",".join([*COLUMNS, "sex:female", "sex:male", "sex:femal"]),
    )


@file(
    "fraction.xlsx",
    Wrong((2, "value", "12.5", "Whole numbers only.")),
    **HISTORY,
)
def fraction_of_a_person() -> bytes:
    """Twelve and a half people, shown as 13."""
    return workbook([COLUMNS, ["SP1-O1-I3", "KG", "2020-Q2", 12.5]])


@file(
    "places.csv",
    Wrong(
        (2, "period", "2019-Q4", "The strategy has no period 2019-Q4. Correct it, or open the period first."),
        (
            3,
            "period",
            "2020-Q5",
            "“2020-Q5” is no period. Write a quarter (2021-Q3), a half-year (2021-H1) or a year (2021).",
        ),
        (
            4,
            "mission",
            "IL",
            "IL does not report on SP1-O1-I3. Load its assignment first (sheet “assignments” or “baselines”).",
        ),
        (6, "period", "2020-Q2", "Row 5 already has this. Delete one of the two rows."),
        good=(f"new 5 {KEYS} / 2020-Q2: value → 1",),
    ),
    **HISTORY,
)
def periods_and_missions_that_there_are_not() -> bytes:
    """A period before the strategy, one that no year has, a mission that does not report, a row twice."""
    return history(
        "SP1-O1-I3,KG,2019-Q4,1",
        "SP1-O1-I3,KG,2020-Q5,1",
        "SP1-O1-I3,IL,2020-Q1,1",
        "SP1-O1-I3,KG,2020-Q2,1",
        "SP1-O1-I3,KG,2020-Q2,1",
    )


@file(
    "sorted.csv",
    Wrong(
        (
            2,
            "indicator",
            "SP1-O1-I1",
            "This row was made for “SP1-O1-I3” and now says “SP1-O1-I1”. Put "
            "“SP1-O1-I3” back, or, if the row is meant "
            "for “SP1-O1-I1”, empty its cell in the hidden column row_key.",
        ),
        good=(f"new 3 {KEYS} / 2020-Q3: value → 7",),
    ),
    **HISTORY,
)
def one_column_sorted_alone() -> bytes:
    """Somebody has sorted one column of a template alone: the hidden keys tell."""
    return history(
        "SP1-O1-I1,KG,2020-Q2,5,SP1-O1-I3 / KG / 2020-Q2",
        "SP1-O1-I3,KG,2020-Q3,7,SP1-O1-I3 / KG / 2020-Q3",
        header=",".join([*COLUMNS, "row_key"]),
    )


@file("drafts.csv", Saved(f"new 2 {KEYS} / 2024-Q4: value → 30; comment → so far; sex:female → 20"), **DRAFTS)
def draft_of_the_open_period() -> bytes:
    """A reporter's own figures for the period that is open."""
    return history("SP1-O1-I3,KG,2024-Q4,30,so far,20", header=",".join([*COLUMNS, "comment", "sex:female"]))


@file(
    "drafts.csv",
    Wrong(
        (
            2,
            "period",
            "2020-Q1",
            "The report is approved. To correct it, ask Head, Officer or Second.Officer to reopen it.",
        )
    ),
    **DRAFTS,
)
def draft_into_an_approved_report() -> bytes:
    """A reporter's figures for a report that is approved."""
    return history("SP1-O1-I3,KG,2020-Q1,30")


@file(
    "drafts.csv",
    Wrong(
        (
            2,
            "period",
            "2020-Q2",
            "The window of Q2 2020 closed on 9 Aug 2020. Ask Head, Officer or Second.Officer to open it again.",
        )
    ),
    **DRAFTS,
)
def draft_into_a_closed_window() -> bytes:
    """A reporter's figures for a period whose window has closed."""
    return history("SP1-O1-I3,KG,2020-Q2,30")


@file(
    "drafts.csv",
    Wrong(
        (2, "mission", "TJ", "Only the people of Tajikistan enter its results. Delete its rows."),
        good=(f"new 3 {KEYS} / 2024-Q4: value → 30",),
    ),
    **DRAFTS,
)
def draft_of_another_mission() -> bytes:
    """A reporter's file has rows of another mission."""
    return history("SP1-O1-I3,TJ,2024-Q4,30", "SP1-O1-I3,KG,2024-Q4,30")


@file(
    "not-applicable.csv",
    Wrong((2, "not_applicable", "", "Say in the comment why this is not applicable.")),
    **DRAFTS,
)
def not_applicable_without_a_reason() -> bytes:
    """Not applicable, and no reason why."""
    return history("SP1-O1-I3,KG,2024-Q4,,yes", header=",".join([*COLUMNS, "not_applicable"]))


# -- Targets ---------------------------------------------------------------------------------------------
TARGETS = {"kind": "targets"}


@file(
    "targets.csv",
    Saved(
        "new 2 SP1-O1-I3 / TJ: 2021-12-31: level → 100; 2021-12-31: basis → per_year; 2021-12-31: given → 100; "
        "2022-12-31: level → 250; 2022-12-31: basis → per_year; 2022-12-31: given → 150"
    ),
    **TARGETS,
)
def targets_by_year() -> bytes:
    """Yearly amounts, a column a year, are added up."""
    return text("indicator,mission,basis,2021,2022", "SP1-O1-I3,TJ,per year,100,150")


@file(
    "targets.csv",
    Saved(
        "new 2 SP1-O1-I3 / TJ: 2021-12-31: level → 100; 2021-12-31: basis → to_date; 2021-12-31: given → 100; "
        "2022-12-31: level → 50; 2022-12-31: basis → to_date; 2022-12-31: given → 50",
        questions=(
            "2 2022 “50”: The running total falls from 100 to 50 by 31 Dec "
            "2022. Is that right? If the amounts are per "
            "year, write per_year in the column basis.",
        ),
    ),
    **TARGETS,
)
def targets_that_fall() -> bytes:
    """A running total that falls is a question, and saving answers it."""
    return text("indicator,mission,basis,2021,2022", "SP1-O1-I3,TJ,to_date,100,50")


@file(
    "targets.csv",
    Wrong(
        (
            2,
            "basis",
            "",
            "SP1-O1-I3 is added up over the years. Say how its targets are "
            "meant: to_date (running total) or per_year.",
        ),
        (4, "target_value", "300", "Row 3 already has a target for 31 Dec 2023. Delete one of the two."),
    ),
    **TARGETS,
)
def targets_in_doubt() -> bytes:
    """Targets that do not say how they are counted, and two for one date, one of them by its quarter."""
    return text(
        "indicator,mission,due,target_value,basis",
        "SP1-O1-I3,KG,2021,100,",
        "SP1-O1-I3,TJ,2023,200,to_date",
        "SP1-O1-I3,TJ,2023-Q4,300,to_date",
    )
