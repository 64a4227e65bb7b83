"""Files of many rows, and a world that they fit."""

import csv
import io

from tests import stage
from tracker.framework.models import Indicator
from tracker.progress.models import IndicatorAssignment, ReportingPeriod
from tracker.region.models import Country, Mission

HEADER = ["indicator", "mission", "period", "value", "comment"]


def make_world(*, indicators: int, missions: int) -> None:
    """So many indicators, each assigned to so many missions, over twenty quarters."""
    stage.make_strategy()
    for number in range(missions):
        code = f"{chr(65 + number)}Z"
        country = Country.objects.create(
            iso2=code, iso3=f"{code}Z", name=code, source_name=code, subregion="central_asia", source="test"
        )
        Mission.objects.create(
            code=code, name=code, kind="country", country=country, time_zone="Europe/Vienna", source="test"
        )
    made = [stage.make_indicator(f"SP1-O1-I{number + 1}") for number in range(indicators)]
    IndicatorAssignment.objects.bulk_create(
        IndicatorAssignment(indicator=indicator, mission=mission, active_from=stage.START)
        for indicator in made
        for mission in Mission.objects.all()
    )


def history_of_all(*, add: int = 0, most: int | None = None) -> bytes:
    """A result for every indicator, mission and quarter, its value its row number and ``add``."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    codes = list(Indicator.objects.values_list("code", flat=True))
    missions = list(Mission.objects.values_list("code", flat=True))
    keys = [
        (code, mission, period)
        for period in ReportingPeriod.objects.values_list("code", flat=True)
        for mission in missions
        for code in codes
    ]
    for number, key in enumerate(keys[:most]):
        writer.writerow([*key, number + add, f"note {number % 7}"])
    return out.getvalue().encode()
