"""The sheets of people and of their memberships."""

from django.utils.translation import gettext_lazy as _

from tracker.access.choices import Role
from tracker.access.models import Membership, User
from tracker.batches.cell_readers import day, one_of, text, text_within, yes_no
from tracker.batches.kinds import Column, Kind, codes_in
from tracker.batches.policies import may_load_people, may_take_people
from tracker.batches.selections import Export
from tracker.region.models import Mission

from .. import exports
from ..services import memberships, people, undo_people
from ..services.people import read_address

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
