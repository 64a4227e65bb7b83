"""The sheets of activities and funding: their columns, and the services behind them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from tracker.batches.cell_readers import day, number, one_of, several, text, text_within, whole, yes_no
from tracker.batches.kinds import Column, Kind, codes_in
from tracker.batches.policies import may_load_framework, may_take_approved
from tracker.batches.selections import Export
from tracker.framework.models import ReferenceGoal
from tracker.region.models import Mission

from . import exports
from .choices import ActivityStatus, TiedBy
from .models import (
    Activity,
    ActivityCountry,
    ActivityGoal,
    ActivityObjective,
    ActivityOffice,
    ActivityTag,
    FundingRequirement,
    FundingTotal,
    Tag,
)
from .policies import may_load_activities
from .services import activities, funding, tags


def _goal_codes(options: Mapping[str, Any]) -> Sequence[str]:
    goals = ReferenceGoal.objects.filter(framework__code=funding.FRAMEWORK).order_by("order")
    return list(goals.values_list("code", flat=True))


YEAR = Column("year", whole, required=True, help=_("Such as 2019."), key=True, tag="#date+year")
NOTE = Column("note", text_within(300), help=_("What should be known of it."), tag="#description+note")
SOURCE = Column("source", text_within(300), required=True, help=_("Document and place."), tag="#meta+source")

TAGS = Kind(
    code="tags",
    title=_("Tags of activities"),
    purpose=_("The subjects by which activities are found, such as labour or health."),
    columns=(
        Column("code", text_within(50), required=True, help=_("Such as labour."), tag="#sector+code"),
        Column(
            "name",
            text_within(100),
            required=True,
            help=_("Its name, as people read it."),
            tag="#sector+name",
        ),
    ),
    row_type=tags.TagRow,
    plan=tags.plan_tags,
    apply=tags.apply_tags,
    may_load=may_load_framework,
    tables=(Tag,),
    export=Export(exports.read_tags, may_take_approved),
)

ACTIVITIES = Kind(
    code="activities",
    title=_("Activities"),
    purpose=_("What missions plan, do and did: title, dates, budget, and which objectives it serves."),
    columns=(
        Column(
            "code",
            text_within(40),
            required=True,
            help=_("Names the activity, such as KG-1; a project’s own code will do."),
            tag="#activity+code",
        ),
        Column(
            "mission",
            text,
            required=True,
            key=True,
            help=_("Code of the mission whose activity it is."),
            tag="#org+code",
            codes=codes_in(Mission),
        ),
        Column(
            "title", text_within(300), required=True, help=_("What is done, in a line."), tag="#activity+name"
        ),
        Column(
            "status",
            one_of(ActivityStatus),
            required=True,
            help=_("Historical ones come from a document before this strategy; administrators load them."),
            tag="#status",
        ),
        Column(
            "objectives",
            several,
            help=_("Codes of the objectives it serves, separated by semicolons."),
            tag="#subsector+code",
        ),
        Column("start", day, help=_("First day."), tag="#date+start"),
        Column("end", day, help=_("Last day."), tag="#date+end"),
        Column(
            "reference_goals",
            several,
            help=_("Framework and code, such as MIGOF:P1, separated by semicolons."),
            tag="#meta+goals",
        ),
        Column("tags", several, help=_("Codes of tags, separated by semicolons."), tag="#sector+code"),
        Column(
            "countries",
            several,
            help=_("Two-letter codes of where it takes place, separated by semicolons."),
            tag="#country+code+v_iso2",
        ),
        Column("offices", several, help=_("Codes of offices that carry it out."), tag="#org+code+office"),
        Column("budget", number, help=_("The whole of it, in its own currency."), tag="#value+budget"),
        Column("currency", text, help=_("Of the budget; three letters (ISO 4217)."), tag="#currency+code"),
        Column("donors", several, help=_("Separated by semicolons."), tag="#org+funding"),
        Column("partners", several, help=_("Separated by semicolons."), tag="#org+partner"),
        Column("people_planned", number, help=_("How many are to be reached."), tag="#targeted"),
        Column("people_reached", number, help=_("How many were reached so far."), tag="#reached"),
        Column("description", text, help=_("More about it."), tag="#activity+description"),
        Column(
            "tied_by",
            one_of(TiedBy),
            help=_("Who says which objectives it serves; the mission unless given."),
            tag="#meta+tied_by",
        ),
        Column(
            "tie_reason", text_within(300), help=_("Why these objectives, or why none."), tag="#meta+reason"
        ),
        Column(
            "source",
            text_within(300),
            help=_("Document and place; historical ones need it."),
            tag="#meta+source",
        ),
    ),
    row_type=activities.ActivityRow,
    plan=activities.plan_activities,
    apply=activities.apply_activities,
    may_load=may_load_activities,
    tables=(Activity, ActivityObjective, ActivityGoal, ActivityTag, ActivityCountry, ActivityOffice),
    export=Export(exports.read_activities, may_take_approved),
)

FUNDING = Kind(
    code="funding",
    title=_("Funding asked for"),
    purpose=_("What documents ask for, by year, mission and goal of the Migration Governance Framework."),
    columns=(
        YEAR,
        Column(
            "mission",
            text,
            required=True,
            key=True,
            help=_("Code of the mission; ROV for the region as a whole."),
            tag="#org+code",
            codes=codes_in(Mission),
        ),
        Column(
            "goal",
            text,
            required=True,
            key=True,
            help=_("Code of the goal, such as O1."),
            tag="#sector+code",
            codes=_goal_codes,
        ),
        Column("amount", number, required=True, help=_("The best reading."), tag="#value+required"),
        Column(
            "amount_printed",
            number,
            help=_("What the text has, only where it differs."),
            tag="#value+printed",
        ),
        Column("currency", text, help=_("USD, unless given; no other is taken."), tag="#currency+code"),
        Column(
            "nothing_asked",
            yes_no,
            help=_("Yes where the table has a dash; a 0 is a figure."),
            tag="#meta+nothing_asked",
        ),
        NOTE,
        SOURCE,
    ),
    row_type=funding.FundingRow,
    plan=funding.plan_funding,
    apply=funding.apply_funding,
    may_load=may_load_framework,
    tables=(FundingRequirement,),
    export=Export(exports.read_funding, may_take_approved),
    named_by=funding.KEY,
)

FUNDING_TOTALS = Kind(
    code="funding_totals",
    title=_("Printed totals of funding"),
    purpose=_("The totals that the documents print, to be held against the sums."),
    columns=(
        YEAR,
        Column(
            "mission",
            text,
            key=True,
            help=_("Code of the mission; empty for all missions."),
            tag="#org+code",
            codes=codes_in(Mission),
        ),
        Column(
            "goal",
            text,
            key=True,
            help=_("Code of the goal; empty for all goals."),
            tag="#sector+code",
            codes=_goal_codes,
        ),
        Column(
            "amount", number, required=True, help=_("The best reading of the total."), tag="#value+required"
        ),
        Column("amount_printed", number, required=True, help=_("What the text has."), tag="#value+printed"),
        NOTE,
        SOURCE,
    ),
    row_type=funding.TotalRow,
    plan=funding.plan_totals,
    apply=funding.apply_totals,
    may_load=may_load_framework,
    tables=(FundingTotal,),
    export=Export(exports.read_totals, may_take_approved),
    named_by=funding.KEY,
)

KINDS = (TAGS, ACTIVITIES, FUNDING, FUNDING_TOTALS)
