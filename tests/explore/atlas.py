"""A region with what the documents say of it, small enough to be counted by hand."""

from decimal import Decimal

from tests import stage
from tracker.activities.models import (
    Activity,
    ActivityCountry,
    ActivityObjective,
    FundingRequirement,
)
from tracker.framework.models import Objective, ReferenceFramework, ReferenceGoal
from tracker.region.models import Convention, Country, KeyFigure, Mission, Office, Ratification

PLACE = "Some document, page 7"


def make_office(code: str, mission: Mission, city: str, kind: str = "main", **more: str) -> Office:
    return Office.objects.create(
        code=code, mission=mission, country=mission.country, city=city, kind=kind, source=PLACE, **more
    )


def make_activity(
    code: str,
    mission: Mission,
    title: str,
    *,
    objectives: tuple[str, ...] = (),
    named: tuple[str, ...] = (),
    **more,
) -> Activity:
    """An activity from a document, unless told otherwise."""
    values = {"status": "historical", "source": PLACE, **more}
    activity = Activity.objects.create(code=code, mission=mission, title=title, **values)
    for each in objectives:
        objective = Objective.objects.get(strategy__is_current=True, code=each)
        ActivityObjective.objects.create(activity=activity, objective=objective)
    for iso2 in named:
        ActivityCountry.objects.create(activity=activity, country=Country.objects.get(iso2=iso2))
    return activity


def make_goals() -> dict[str, ReferenceGoal]:
    """Two goals of the Migration Governance Framework, by code."""
    frame = ReferenceFramework.objects.create(
        code="MIGOF",
        name="Migration Governance Framework",
        short_name="MiGOF",
        kind="framework",
        source=PLACE,
    )
    return {
        code: ReferenceGoal.objects.create(
            framework=frame, code=code, kind="principle", title=title, source=PLACE, order=order
        )
        for order, (code, title) in enumerate([("P1", "Standards and rights"), ("O1", "Well-being")])
    }


def ask(mission: Mission, year: int, goal: ReferenceGoal, amount: int | None, **more) -> FundingRequirement:
    """What was asked for; None: a dash."""
    return FundingRequirement.objects.create(
        mission=mission,
        year=year,
        goal=goal,
        amount=Decimal(amount or 0),
        nothing_asked=amount is None,
        source=f"Initiatives {year}, table, {goal.code}",
        **more,
    )


def make_atlas(missions: dict[str, Mission]) -> None:
    """Kyrgyzstan with two offices, a historical activity and one of its own, and one of the Regional Office that
    names it; Israel with no office; two conventions, one of them ratified; figures; funding of two years.
    """
    kg, rov = missions["KG"], missions["ROV"]
    Country.objects.filter(iso2="KG").update(
        gcm_vote="in_favour",
        migration_network="established",
        almaty_process=True,
        in_convention_table=True,
        facts_source="Strategy, section 2, footnote 16",
        name_mi2017="Kyrgyz Republic",
        subregion_basis="Five States together; grouping by this tracker",
    )
    Country.objects.filter(iso2="IL").update(subregion="israel", in_convention_table=True)
    make_office("KG-BISHKEK", kg, "Bishkek")
    make_office("KG-OSH", kg, "Osh", kind="sub", city_as_printed="Osch", note="Misspelt")
    Office.objects.create(code="ROV-V", mission=rov, city="Vienna", kind="regional", source=PLACE)
    make_activity("KG-1", kg, "Train judges", objectives=("SP1-O1",), named=("KG",), tied_by="tracker")
    make_activity("KG-2", kg, "Inform workers", objectives=("SP1-O1",), status="ongoing", source="")
    make_activity("ROV-1", rov, "Work across borders", named=("KG", "TJ"))
    goals = make_goals()
    ask(kg, 2017, goals["P1"], 300_000)
    ask(kg, 2017, goals["O1"], 50_000)
    ask(kg, 2019, goals["P1"], None)
    ask(kg, 2019, goals["O1"], 500_000, amount_printed=Decimal(200_000), note="The sums need 500,000")
    child = Convention.objects.create(
        code="CRC", year=1989, title="Rights of the child", source="Annex 2", order=1
    )
    Convention.objects.create(code="CAT", year=1984, title="Against torture", source="Annex 2", order=2)
    Ratification.objects.create(
        convention=child,
        country=kg.country,
        status="ratified",
        date="1994-10-07",
        source="Treaty series 1577",
    )
    make_figure("F1", "People at risk", value=Decimal(6_600_000), qualifier="estimated", country=kg.country)
    make_figure(
        "F2", "Children", value_text="nearly one third", unit="share", geography="Central Asia", doubt="Old"
    )


def make_figure(code: str, title: str, **more) -> KeyFigure:
    values = {
        "unit": "people",
        "geography": "Kyrgyzstan",
        "document": "Strategy",
        "year": 2019,
        "source": PLACE,
    }
    order = KeyFigure.objects.count() + 1
    return KeyFigure.objects.create(code=code, title=title, order=order, **{**values, **more})


def make_countries(count: int) -> None:
    """So many more countries, each with its mission, an office, an activity, a key figure and an indicator."""
    indicator = stage.make_indicator(f"SP1-O1-I{50 + count}")
    for number in range(count):
        letters = chr(65 + number // 26) + chr(65 + number % 26)
        iso2 = letters if not Country.objects.filter(iso2=letters).exists() else f"Z{letters[1]}"
        country = Country.objects.create(
            iso2=iso2,
            iso3=f"Q{iso2}",
            name=f"Country {number}",
            source_name=f"Country {number}",
            subregion="eastern_europe",
            source=PLACE,
            in_convention_table=True,
        )
        mission = Mission.objects.create(
            code=iso2, name=country.name, kind="country", country=country, time_zone="UTC", source=PLACE
        )
        make_office(f"{iso2}-MAIN", mission, f"City {number}")
        make_activity(f"{iso2}-1", mission, "Something", named=(iso2,))
        make_figure(f"F-{iso2}", "Something counted", value=Decimal(number), country=country)
        stage.assign(indicator, mission)
