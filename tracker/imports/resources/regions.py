"""The sheets of countries and of missions."""

from django.utils.translation import gettext_lazy as _

from tracker.batches.cell_readers import code_within, one_of, text, text_within
from tracker.batches.kinds import Column, Kind, codes_in
from tracker.batches.policies import may_load_framework, may_take_approved
from tracker.batches.selections import Export
from tracker.region.choices import MissionKind, Subregion
from tracker.region.models import Country, Mission

from .. import exports
from ..services import regions

COUNTRIES = Kind(
    code="countries",
    title=_("Countries and areas"),
    purpose=_("The countries and areas, with their subregions."),
    columns=(
        Column("iso2", text, required=True, help=_("ISO 3166-1, two letters."), tag="#country+code+v_iso2"),
        Column("iso3", text, required=True, help=_("ISO 3166-1, three letters."), tag="#country+code+v_iso3"),
        Column("name", text_within(100), required=True, help=_("The form in use."), tag="#country+name"),
        Column(
            "source_name",
            text_within(100),
            help=_("The form of the source documents."),
            tag="#country+name+alt",
        ),
        Column(
            "subregion",
            one_of(Subregion),
            required=True,
            help=_("This tracker’s grouping."),
            tag="#region+code",
        ),
        Column(
            "subregion_basis",
            text_within(300),
            help=_("Why it is in that subregion."),
            tag="#region+description",
        ),
        Column("source", text_within(200), help=_("Document and place."), tag="#meta+source"),
        Column("note", text_within(300), help=_("What should be known of it."), tag="#description+note"),
    ),
    row_type=regions.CountryRow,
    plan=regions.plan_countries,
    apply=regions.apply_countries,
    may_load=may_load_framework,
    tables=(Country,),
    export=Export(exports.read_countries, may_take_approved),
    named_by=("iso2",),
)

MISSIONS = Kind(
    code="missions",
    title=_("Missions"),
    purpose=_("Who reports: the missions, their countries and time zones."),
    columns=(
        Column(
            "code",
            code_within(30),
            required=True,
            help=_("The country's code; the Regional Office has its own."),
            tag="#org+code",
        ),
        Column(
            "name", text_within(100), required=True, help=_("Its name, as people read it."), tag="#org+name"
        ),
        Column(
            "kind",
            one_of(MissionKind),
            required=True,
            help=_("Country mission or regional office."),
            tag="#org+type",
        ),
        Column(
            "country",
            text,
            help=_("Two-letter code."),
            tag="#country+code+v_iso2",
            codes=codes_in(Country, "iso2"),
        ),
        Column(
            "covered_by",
            text,
            help=_("Code of the mission whose people report for it."),
            tag="#org+code+covered_by",
            codes=codes_in(Mission),
        ),
        Column(
            "time_zone",
            text_within(50),
            required=True,
            help=_("Such as Europe/Vienna."),
            tag="#meta+time_zone",
        ),
        Column("source", text_within(200), help=_("Document and place."), tag="#meta+source"),
    ),
    row_type=regions.MissionRow,
    plan=regions.plan_missions,
    apply=regions.apply_missions,
    may_load=may_load_framework,
    tables=(Mission,),
    export=Export(exports.read_missions, may_take_approved),
)
