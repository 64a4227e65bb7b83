"""The page of what was asked for."""

import csv
import io
from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import stage
from tests.activities.test_funding_sheets import HEADER, TOTALS
from tests.batches.fixtures import kept_files  # noqa: F401
from tests.batches.sheets import csv_of, load
from tests.scenery import scenery
from tracker.activities.models import FundingRequirement

PAGE = "/funding/"


@scenery
def asked(strategy, missions, cast):
    """Kyrgyzstan: 2017 1.0 and 0.5 million, 2019 2.0 million and a dash. Regional: 2017 a dash and 3.0, 2019 0.2
    (printed 0.1) and 4.0. Of Tajikistan there is no row.
    """
    stage.make_goal("MIGOF", "P1", title="Standards")
    stage.make_goal("MIGOF", "O1", title="Well-being")
    load(
        "funding",
        csv_of(
            HEADER,
            "2017,KG,P1,1000000,,,,,Row one",
            "2017,KG,O1,500000,,,,,Row two",
            "2019,KG,P1,2000000,,,,,Row three",
            "2019,KG,O1,0,,,yes,Nothing asked,Row four",
            "2017,ROV,P1,0,,,yes,,S",
            "2017,ROV,O1,3000000,,,,,S",
            "2019,ROV,P1,200000,100000,,,Misread,S",
            "2019,ROV,O1,4000000,,,,,S",
        ),
    )
    load(
        "funding_totals",
        csv_of(
            TOTALS,
            "2017,KG,,1500000,1500000,,S",
            "2017,ROV,,3000000,3000000,,S",
            "2017,,P1,1000000,1000000,,S",
            "2017,,O1,3500000,3400000,,S",
            "2017,,,4500000,4500000,,S",
        ),
    )
    return cast


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def sums(answer, kind: str) -> dict[str, list[Decimal | None]]:
    """By code, what each year comes to."""
    found = {name: lines for name, _heading, lines, _chart in answer.context["parts"]}
    return {line.code: [amount.asked for amount in line.amounts] for line in found[kind]}


def test_sums_are_made_by_place_and_by_goal_from_the_amounts(asked, sign_in) -> None:
    answer = sign_in(asked.viewer).get(PAGE)
    assert sums(answer, "mission") == {"KG": [1_500_000, 2_000_000], "ROV": [3_000_000, 4_200_000]}
    assert sums(answer, "goal") == {"P1": [1_000_000, 2_200_000], "O1": [3_500_000, 4_000_000]}
    assert [amount.asked for amount in answer.context["of_all"].amounts] == [4_500_000, 6_200_000]
    # 6.2 against 4.5 million: 1.7 / 4.5.
    assert "+38 %" in text_of(answer)
    assert "Requested, US dollars presumed" in text_of(answer)


def test_the_matrix_has_every_cell_and_tells_nothing_asked_from_a_figure(asked, sign_in) -> None:
    first, last = sign_in(asked.viewer).get(PAGE).context["matrices"]
    assert (first.year, last.year) == (2017, 2019)
    kg, region = last.lines
    assert [cell.asked for cell in kg.amounts] == [2_000_000, None]
    assert (kg.total.asked, region.name) == (2_000_000, "Regional initiatives")
    assert [(cell.asked, cell.printed) for cell in region.amounts] == [(200_000, 100_000), (4_000_000, None)]
    assert [cell.asked for cell in last.totals.amounts] == [2_200_000, 4_000_000]
    assert last.totals.total.asked == 6_200_000


def test_a_printed_total_stands_beside_the_sum_where_they_differ(asked, sign_in) -> None:
    answer = sign_in(asked.viewer).get(PAGE)
    assert answer.context["checked"] == (5, 4)
    assert "4 of 5 printed totals that cover the same equal them." in text_of(answer)
    lines = {name: lines for name, _heading, lines, _chart in answer.context["parts"]}["goal"]
    assert [[amount.printed for amount in line.amounts] for line in lines] == [
        [None, None],
        [3_400_000, None],
    ]
    # Narrowed to a mission, the total of a goal covers other cells and is not held against them.
    assert sign_in(asked.viewer).get(f"{PAGE}?mission=KG").context["checked"] == (1, 1)


def test_one_look_says_what_was_asked_for_one_country(asked, sign_in) -> None:
    answer = sign_in(asked.viewer).get(f"{PAGE}?mission=KG")
    said = text_of(answer)
    assert "Funding asked for: Kyrgyzstan" in said
    assert [amount.asked for amount in answer.context["of_all"].amounts] == [1_500_000, 2_000_000]
    assert "1 500 000" in said
    assert "2 000 000" in said
    assert "+33 %" in said
    assert sums(answer, "goal") == {"P1": [1_000_000, 2_000_000], "O1": [500_000, None]}
    assert "Row three" in said
    assert "nothing asked" in said
    assert sign_in(asked.viewer).get(f"{PAGE}?country=KG").url == f"{PAGE}?mission=KG"


def test_a_place_without_a_row_is_not_said_to_have_asked_nothing(asked, sign_in) -> None:
    said = text_of(sign_in(asked.viewer).get(f"{PAGE}?mission=TJ"))
    assert "The documents have no row for Tajikistan: nothing is known" in said


def test_year_and_goal_narrow(asked, sign_in) -> None:
    answer = sign_in(asked.viewer).get(f"{PAGE}?year=2019&goal=P1")
    assert sums(answer, "mission") == {"KG": [2_000_000], "ROV": [200_000]}
    assert "goal" not in [name for name, *_rest in answer.context["parts"]]
    both = sign_in(asked.viewer).get(f"{PAGE}?mission=KG&goal=O1")
    assert both.context["parts"] == []
    assert [amount.asked for amount in both.context["of_all"].amounts] == [500_000, None]


def test_rubbish_is_said_and_everything_is_shown(asked, sign_in) -> None:
    answer = sign_in(asked.viewer).get(f"{PAGE}?year=1999&mission=XX&goal=Z&per_page=-3&page=x")
    assert answer.status_code == 200
    assert "There is no page" in text_of(answer)
    assert text_of(answer).count('class="note note-warning"') == 4
    assert answer.context["table"].paginator.count == 8


def test_the_charts_say_the_finding_and_carry_the_same_in_words(asked, sign_in) -> None:
    charts = {
        name: chart for name, _heading, _lines, chart in sign_in(asked.viewer).get(PAGE).context["parts"]
    }
    assert charts["mission"].title == (
        "Most was asked for Regional initiatives in each year: 3.0 million in 2017 → 4.2 million in 2019"
    )
    assert "Kyrgyzstan: 2017 1.5, 2019 2.0" in charts["mission"].alt
    assert 'role="img"' in charts["mission"].svg
    assert charts["mission"].narrow_svg
    one = sign_in(asked.viewer).get(f"{PAGE}?mission=KG").context["parts"][0][3]
    assert (
        one.title
        == "Kyrgyzstan: most was asked for Standards in each year: 1.0 million in 2017 → 2.0 million in 2019"
    )
    assert "O1 Well-being: 2017 0.5, 2019 nothing asked" in one.alt


def test_what_is_listed_goes_out_with_numbers_as_numbers(asked, sign_in) -> None:
    answer = sign_in(asked.viewer).get(f"{PAGE}?mission=KG&as=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["Year", "Country or area", "Goal", "Asked for, USD", "As printed", "Note", "Source"]
    assert sorted((row[0], row[3]) for row in rows[1:]) == [
        ("2017", "1000000"),
        ("2017", "500000"),
        ("2019", ""),
        ("2019", "2000000"),
    ]


def test_an_empty_page_says_what_to_do(strategy, cast, sign_in) -> None:
    assert "No requirements are loaded yet." in text_of(sign_in(cast.viewer).get(PAGE))


def test_the_page_costs_as_much_at_two_rows_as_at_two_hundred(strategy, missions, cast, sign_in) -> None:
    for number in range(25):
        stage.make_goal("MIGOF", f"G{number}")

    def cost() -> int:
        client = sign_in(cast.viewer)
        client.get(PAGE)
        with CaptureQueriesContext(connection) as caught:
            client.get(PAGE)
        return len(caught)

    load("funding", csv_of(HEADER, "2017,KG,G0,5,,,,,S", "2019,KG,G0,5,,,,,S"))
    few = cost()
    places = ("KG", "TJ", "IL", "ROV")
    rows = [f"{y},{m},G{n},{n + 1},,,,,S" for y in (2017, 2019) for m in places for n in range(25)]
    load("funding", csv_of(HEADER, *rows))
    assert FundingRequirement.objects.count() == 200
    assert cost() == few <= 25
