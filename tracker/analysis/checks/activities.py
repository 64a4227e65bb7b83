"""Checks of the activities, and the titles of the documents that are not among them."""

import csv
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Trim
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tracker.activities.choices import ActivityStatus, TiedBy
from tracker.activities.models import Activity

from .registry import Facts, Row, Rows, Severity, check, shaped

LEFT_OUT = "activities_left_out.csv"


def _title(facts: Facts) -> str:
    return str(facts["title"])


@check(
    severity=Severity.ERROR,
    kind="activity",
    wrong=_("This historical activity names no source."),
    todo=_("Give the document and the place (activities)."),
    says=_title,
)
def historical_activity_without_source() -> Rows:
    unsourced = Activity.objects.filter(status=ActivityStatus.HISTORICAL).annotate(said=Trim("source"))
    return shaped(unsourced.filter(said=""), title="title")


@check(
    severity=Severity.WARNING,
    kind="activity",
    wrong=_("This tracker tied the activity to objectives, or to none, and does not say why."),
    todo=_("Give the reason (activities)."),
    says=_title,
)
def activity_tied_without_reason() -> Rows:
    untold = Activity.objects.filter(tied_by=TiedBy.TRACKER).annotate(said=Trim("tie_reason"))
    return shaped(untold.filter(said=""), title="title")


@check(
    severity=Severity.WARNING,
    kind="activity",
    wrong=_("The mission ties this activity to no objective, and does not say why."),
    todo=_("Choose its objectives, or give the reason (activities)."),
    says=_title,
)
def activity_without_objective() -> Rows:
    untied = Activity.objects.filter(tied_by=TiedBy.MISSION, objectives__isnull=True, tie_reason="")
    return shaped(untied.exclude(status=ActivityStatus.HISTORICAL), title="title")


@check(
    severity=Severity.NOTE,
    kind="activity",
    wrong=_("This activity names no country: neither its mission has one, nor is one given."),
    todo=_("Give its countries, where the source names them (activities)."),
    says=_title,
)
def activity_without_country() -> Rows:
    nowhere = Activity.objects.filter(Q(mission__country__isnull=True, countries__isnull=True))
    return shaped(nowhere, title="title")


@check(
    severity=Severity.NOTE,
    kind="title",
    wrong=_("This title of a source document was not taken over as an activity."),
    todo=_("Nothing: it is listed so that nobody need ask. Load it (activities) if you know better."),
)
def title_left_out() -> Sequence[Row]:
    path = Path(settings.BASE_DIR, "fixtures", LEFT_OUT)
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Row(
                row["title"],
                says=_now("%(why)s (%(source)s)") % {"why": row["why"].rstrip("."), "source": row["source"]},
            )
            for row in csv.DictReader(file)
        ]
