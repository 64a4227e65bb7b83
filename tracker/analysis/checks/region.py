"""Checks of the region: countries, missions, offices, conventions, key figures."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tracker.access.choices import MISSION_ROLES
from tracker.access.models import Membership
from tracker.region.choices import OfficeKind
from tracker.region.models import Convention, Country, KeyFigure, Mission, Office

from .registry import Facts, Rows, Severity, check, shaped


def _name(facts: Facts) -> str:
    return str(facts["name"])


@check(
    severity=Severity.ERROR,
    kind="country",
    wrong=_("No mission reports for this country or area."),
    todo=_("Load it a mission (missions), covered by another one if need be."),
    says=_name,
)
def country_without_mission() -> Rows:
    return shaped(Country.objects.filter(mission__isnull=True), code="iso2", name="name")


@check(
    severity=Severity.WARNING,
    kind="country",
    wrong=_("This country or area has no place in the tile map, so no map shows it."),
    todo=_("Load tile_row and tile_column of it (country_facts)."),
    says=_name,
)
def country_without_tile() -> Rows:
    return shaped(Country.objects.filter(tile_row__isnull=True), code="iso2", name="name")


@check(
    severity=Severity.WARNING,
    kind="country",
    wrong=_("This country or area has no main office, and its mission is covered by no other."),
    todo=_("Load its main office (offices), or which mission covers it (missions)."),
    says=_name,
)
def country_without_main_office() -> Rows:
    main = Office.objects.filter(country=OuterRef("pk"), kind=OfficeKind.MAIN)
    return shaped(
        Country.objects.filter(~Exists(main), mission__covered_by__isnull=True), code="iso2", name="name"
    )


@check(
    severity=Severity.WARNING,
    kind="mission",
    wrong=_("Nobody can report for this mission today."),
    todo=_("Give somebody the role of its reporter or lead (memberships)."),
    says=_name,
)
def mission_without_reporter() -> Rows:
    reporters = (
        Membership.objects.in_force(on=timezone.localdate())
        .filter(role__in=MISSION_ROLES, user__is_active=True)
        .filter(Q(mission=OuterRef("pk")) | Q(mission=OuterRef("covered_by")))
    )
    return shaped(Mission.objects.filter(~Exists(reporters)), name="name")


@check(
    severity=Severity.NOTE,
    kind="figure",
    wrong=_("There is a doubt about this key figure."),
    todo=_("Say the doubt wherever the figure is quoted."),
    says=lambda facts: f"{facts['title']}: {facts['doubt']}",
)
def figure_with_doubt() -> Rows:
    return shaped(KeyFigure.objects.exclude(doubt=""), title="title", doubt="doubt")


@check(
    severity=Severity.NOTE,
    kind="convention",
    wrong=_("It is recorded for no country whether it ratified this convention."),
    todo=_("Load what is known, with its source (ratifications)."),
    says=lambda facts: str(facts["title"]),
)
def convention_without_ratification() -> Rows:
    return shaped(Convention.objects.filter(ratifications__isnull=True), title="title")
