"""The sheets of countries, missions and people, whose tables lie below import batches in the house plan."""

from django.utils.translation import gettext_lazy as _

from tracker.access.choices import Role
from tracker.access.models import Membership, User
from tracker.batches.cell_readers import day, one_of, text, text_within, yes_no
from tracker.batches.kinds import Column, Kind, codes_in
from tracker.batches.policies import may_load_framework, may_load_people, may_take_approved, may_take_people
from tracker.batches.selections import Export
from tracker.region.choices import MissionKind, Subregion
from tracker.region.models import Country, Mission

from . import exports
from .services import memberships, people, regions, undo_people
from .services.people import read_address

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
            text,
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

USERS = Kind(
    code="users",
    title=_("People"),
    purpose=_("Who may sign in. What they may do is in the sheet of memberships."),
    columns=(
        Column(
            "email",
            read_address,
            required=True,
            key=True,
            help=_("The address with which the person signs in; it names the row."),
            tag="#contact+email",
        ),
        Column("name", text_within(150), help=_("As it is shown beside what they do."), tag="#contact+name"),
        Column(
            "active",
            yes_no,
            help=_("May sign in; yes unless given. Nobody is deleted: who leaves is not active."),
            tag="#status+active",
        ),
    ),
    row_type=people.PersonRow,
    plan=people.plan_people,
    apply=people.apply_people,
    may_load=may_load_people,
    tables=(User,),
    undo=undo_people.PEOPLE,
    export=Export(exports.read_people, may_take_people, of_people=True),
    named_by=("email",),
)

MEMBERSHIPS = Kind(
    code="memberships",
    title=_("Memberships"),
    purpose=_("Which role a person has, of which mission, from when to when, and who stands in."),
    columns=(
        Column(
            "email",
            read_address,
            required=True,
            key=True,
            help=_("Whose role it is. Load new people first."),
            tag="#contact+email",
            codes=codes_in(User, "email"),
        ),
        Column(
            "role",
            one_of(Role),
            required=True,
            key=True,
            help=_("What it lets the person do; reporters and leads are a mission’s."),
            tag="#contact+role",
        ),
        Column(
            "mission",
            text,
            key=True,
            help=_("Code of the mission, for reporters and leads; empty for the others. One a row."),
            tag="#org+code",
            codes=codes_in(Mission),
        ),
        Column(
            "starts_on",
            day,
            help=_(
                "First day; empty for since ever. It names the row: another first day is another membership."
            ),
            tag="#date+start",
        ),
        Column(
            "ends_on",
            day,
            help=_("Last day, if it ends. Rows that are left out change nothing."),
            tag="#date+end",
        ),
        Column(
            "stand_in",
            read_address,
            help=_("Address of whoever has the same rights between the next two dates."),
            tag="#contact+email+stand_in",
            codes=codes_in(User, "email"),
        ),
        Column("stand_in_from", day, help=_("First day of the stand-in."), tag="#date+start+stand_in"),
        Column("stand_in_to", day, help=_("Last day of the stand-in."), tag="#date+end+stand_in"),
    ),
    row_type=memberships.MembershipRow,
    plan=memberships.plan_memberships,
    apply=memberships.apply_memberships,
    may_load=may_load_people,
    tables=(Membership,),
    undo=undo_people.MEMBERSHIPS,
    export=Export(exports.read_memberships, may_take_people, of_people=True),
    named_by=("email", "role", "mission", "starts_on"),
)

KINDS = (COUNTRIES, MISSIONS, USERS, MEMBERSHIPS)
