"""The sheets of countries and missions, whose tables lie below import batches in the house plan."""

from django.utils.translation import gettext_lazy as _

from tracker.batches.kinds import Column, Kind, one_of, text, text_within
from tracker.batches.policies import may_load_framework
from tracker.region.choices import MissionKind, Subregion
from tracker.region.models import Country, Mission

from . import services

COUNTRIES = Kind(
    code="countries",
    title=_("Countries and areas"),
    columns=(
        Column("iso2", text, required=True, help=_("ISO 3166-1, two letters.")),
        Column("iso3", text, required=True, help=_("ISO 3166-1, three letters.")),
        Column("name", text_within(100), required=True, help=_("The form in use.")),
        Column("source_name", text_within(100), help=_("The form of the source documents.")),
        Column("subregion", one_of(Subregion), required=True),
        Column("subregion_basis", text_within(300)),
        Column("source", text_within(200)),
        Column("note", text_within(300)),
    ),
    row_type=services.CountryRow,
    plan=services.plan_countries,
    apply=services.apply_countries,
    may_load=may_load_framework,
    tables=(Country,),
)

MISSIONS = Kind(
    code="missions",
    title=_("Missions"),
    columns=(
        Column("code", text, required=True, help=_("The country's code; the Regional Office has its own.")),
        Column("name", text_within(100), required=True),
        Column("kind", one_of(MissionKind), required=True),
        Column("country", text, help=_("Two-letter code.")),
        Column("covered_by", text, help=_("Code of the mission whose people report for it.")),
        Column("time_zone", text_within(50), required=True, help=_("Such as Europe/Vienna.")),
        Column("source", text_within(200)),
    ),
    row_type=services.MissionRow,
    plan=services.plan_missions,
    apply=services.apply_missions,
    may_load=may_load_framework,
    tables=(Mission,),
)

KINDS = (COUNTRIES, MISSIONS)
