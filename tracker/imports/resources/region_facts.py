"""The sheets of what the documents say of the region: facts of countries, offices, conventions, ratifications, key
figures.
"""

from django.utils.translation import gettext_lazy as _

from tracker.batches.cell_readers import day, number, one_of, text, text_within, whole, yes_no
from tracker.batches.kinds import Column, Kind, codes_in
from tracker.batches.policies import may_load_framework, may_take_approved
from tracker.batches.selections import Export
from tracker.region.choices import (
    GlobalCompactVote,
    IomStatus,
    Listed,
    MigrationNetwork,
    OfficeKind,
    RatificationStatus,
)
from tracker.region.models import Convention, Country, KeyFigure, Mission, Office, Ratification

from .. import exports
from ..services import region_facts as facts

_NOTE = Column("note", text_within(300), help=_("What should be known of it."), tag="#description+note")
_SOURCE = Column("source", text_within(300), required=True, help=_("Document and place."), tag="#meta+source")

COUNTRY_FACTS = Kind(
    code="country_facts",
    title=_("Facts of countries"),
    purpose=_("What the documents say of countries and areas that are there; it makes none."),
    columns=(
        Column(
            "iso2",
            text,
            required=True,
            key=True,
            help=_("Two-letter code of a country or area that is there."),
            tag="#country+code+v_iso2",
            codes=codes_in(Country, "iso2"),
        ),
        Column(
            "name_2015_2020",
            text_within(100),
            help=_("As the strategy 2015–2020 prints it."),
            tag="#country+name+in_2015",
        ),
        Column(
            "name_mi2017",
            text_within(100),
            help=_("As Migration Initiatives 2017 prints it."),
            tag="#country+name+in_2017",
        ),
        Column(
            "name_mi2019",
            text_within(100),
            help=_("As Migration Initiatives 2019 prints it."),
            tag="#country+name+in_2019",
        ),
        Column(
            "iom_status",
            one_of(IomStatus),
            help=_("Standing in IOM; not_stated where no document says it."),
            tag="#status+iom",
        ),
        Column("iom_status_note", text_within(300), help=_("Where that comes from."), tag="#status+iom+note"),
        Column(
            "gcm_vote",
            one_of(GlobalCompactVote),
            help=_("Vote on the Global Compact; not_listed where the document does not name it."),
            tag="#status+gcm",
        ),
        Column(
            "unsdcf",
            one_of(Listed),
            help=_("Cooperation framework with the United Nations: named in the list, or not."),
            tag="#status+unsdcf",
        ),
        Column(
            "migration_network",
            one_of(MigrationNetwork),
            help=_("United Nations network on migration."),
            tag="#status+network",
        ),
        Column(
            "coordinates",
            text_within(100),
            help=_("What its office coordinates for."),
            tag="#region+coordinated",
        ),
        Column(
            "eastern_partnership_panel",
            yes_no,
            help=_("Named for the panel of the Eastern Partnership."),
            tag="#status+eastern_partnership",
        ),
        Column(
            "western_balkan_initiative",
            yes_no,
            help=_("Named for the Western Balkan initiative."),
            tag="#status+western_balkans",
        ),
        Column("almaty_process", yes_no, help=_("Named for the Almaty Process."), tag="#status+almaty"),
        Column(
            "in_convention_table",
            yes_no,
            help=_("Has a column in the table of conventions."),
            tag="#status+convention_table",
        ),
        Column(
            "tile_row", whole, help=_("Row in the tile map, from 1, north to south."), tag="#geo+tile+row"
        ),
        Column(
            "tile_column",
            whole,
            help=_("Column in the tile map, from 1, west to east."),
            tag="#geo+tile+column",
        ),
        Column("source", text_within(500), help=_("Documents and places."), tag="#meta+source"),
        Column("note", text_within(500), help=_("What should be known of it."), tag="#description+note"),
    ),
    row_type=facts.CountryFactsRow,
    plan=facts.plan_country_facts,
    apply=facts.apply_country_facts,
    may_load=may_load_framework,
    tables=(Country,),
    # Two rows may swap their tiles.
    rows_stand_alone=False,
    export=Export(exports.read_country_facts, may_take_approved),
    named_by=("iso2",),
)

OFFICES = Kind(
    code="offices",
    title=_("Offices"),
    purpose=_("Main offices, sub-offices and the Regional Office."),
    columns=(
        Column("code", text_within(30), required=True, help=_("Such as KG-BISHKEK."), tag="#loc+code"),
        Column(
            "country",
            text,
            help=_("Two-letter code; empty for the Regional Office alone."),
            tag="#country+code+v_iso2",
            codes=codes_in(Country, "iso2"),
        ),
        Column(
            "city",
            text_within(100),
            help=_("The form in use; empty where none is printed."),
            tag="#loc+name",
        ),
        Column(
            "kind",
            one_of(OfficeKind),
            required=True,
            help=_("main (one in a country), sub or regional."),
            tag="#loc+type",
        ),
        Column(
            "mission",
            text,
            required=True,
            help=_("Code of the mission that it belongs to."),
            tag="#org+code",
            codes=codes_in(Mission),
        ),
        Column(
            "city_as_printed",
            text_within(100),
            help=_("Where the source has another form."),
            tag="#loc+name+alt",
        ),
        _NOTE,
        _SOURCE,
    ),
    row_type=facts.OfficeRow,
    plan=facts.plan_offices,
    apply=facts.apply_offices,
    may_load=may_load_framework,
    tables=(Office,),
    # A row may become the main office where another ceases to be it.
    rows_stand_alone=False,
    export=Export(exports.read_offices, may_take_approved),
)

CONVENTIONS = Kind(
    code="conventions",
    title=_("Conventions"),
    purpose=_("The conventions that countries may ratify."),
    columns=(
        Column("code", text_within(30), required=True, help=_("Such as ILO-97."), tag="#meta+code"),
        Column("year", whole, required=True, help=_("As printed."), tag="#date+year"),
        Column("title", text_within(200), required=True, help=_("In short."), tag="#meta+name"),
        _NOTE,
        _SOURCE,
        Column("order", whole, help=_("Place in the list."), tag="#meta+order"),
    ),
    row_type=facts.ConventionRow,
    plan=facts.plan_conventions,
    apply=facts.apply_conventions,
    may_load=may_load_framework,
    tables=(Convention,),
    export=Export(exports.read_conventions, may_take_approved),
)

RATIFICATIONS = Kind(
    code="ratifications",
    title=_("Ratifications"),
    purpose=_(
        "Where countries stand toward conventions. What has no row is “not recorded”, which does not mean no."
    ),
    columns=(
        Column(
            "convention",
            text,
            required=True,
            key=True,
            help=_("Code of the convention."),
            tag="#meta+code",
            codes=codes_in(Convention),
        ),
        Column(
            "country",
            text,
            required=True,
            key=True,
            help=_("Two-letter code."),
            tag="#country+code+v_iso2",
            codes=codes_in(Country, "iso2"),
        ),
        Column(
            "status",
            one_of(RatificationStatus),
            required=True,
            help=_("ratified, signed or not_ratified. Leave out the row where it is not known."),
            tag="#status",
        ),
        Column("date", day, help=_("Of the ratification or signature."), tag="#date+start"),
        _NOTE,
        _SOURCE,
    ),
    row_type=facts.RatificationRow,
    plan=facts.plan_ratifications,
    apply=facts.apply_ratifications,
    may_load=may_load_framework,
    tables=(Ratification,),
    export=Export(exports.read_ratifications, may_take_approved),
    named_by=("convention", "country"),
)

KEY_FIGURES = Kind(
    code="key_figures",
    title=_("Key figures"),
    purpose=_("Figures that the documents give, with their year and the doubt about them."),
    columns=(
        Column("code", text_within(30), required=True, help=_("Such as FIG-001."), tag="#indicator+code"),
        Column("title", text_within(200), required=True, help=_("What is counted."), tag="#indicator+name"),
        Column("value", number, help=_("The figure, without its unit."), tag="#indicator+value+num"),
        Column(
            "value_text",
            text_within(100),
            help=_("In its place, where the source has words."),
            tag="#indicator+value+text",
        ),
        Column("unit", text_within(100), required=True, help=_("What it is in."), tag="#indicator+unit"),
        Column(
            "qualifier",
            text_within(30),
            help=_("The hedge of the source (over, nearly, about), or how we came by it (counted, derived)."),
            tag="#indicator+value+hedge",
        ),
        Column("geography", text_within(200), required=True, help=_("Where, in words."), tag="#loc+name"),
        Column(
            "country",
            text,
            help=_("Two-letter code, where it is one of the region."),
            tag="#country+code+v_iso2",
            codes=codes_in(Country, "iso2"),
        ),
        Column("year", whole, help=_("Four digits."), tag="#date+year"),
        Column(
            "year_text",
            text_within(50),
            help=_("Where a year says too much or too little."),
            tag="#date+year+text",
        ),
        Column(
            "document", text_within(100), required=True, help=_("Which publication."), tag="#meta+document"
        ),
        _NOTE,
        Column("doubt", text_within(300), help=_("Why to be careful with it."), tag="#description+doubt"),
        _SOURCE,
        Column("order", whole, help=_("Place in the list."), tag="#meta+order"),
    ),
    row_type=facts.KeyFigureRow,
    plan=facts.plan_key_figures,
    apply=facts.apply_key_figures,
    may_load=may_load_framework,
    tables=(KeyFigure,),
    export=Export(exports.read_key_figures, may_take_approved),
)
