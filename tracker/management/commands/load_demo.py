"""Fill an empty tracker with invented progress, so that everything can be tried. Marked wherever it shows."""

import argparse
import time
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.access.models import User
from tracker.access.services import create_person, grant_membership
from tracker.activities.services.demonstration import lay_activities
from tracker.common.commands import Command as BaseCommand
from tracker.common.errors import Refused
from tracker.common.formats import show_date, show_quarter
from tracker.framework.choices import IndicatorStatus
from tracker.framework.models import Indicator, Strategy
from tracker.framework.services.adoption import adopt_indicators
from tracker.framework.services.demonstration import copy_indicators, mark_demonstration
from tracker.management.demo.activities import plan_activities
from tracker.management.demo.planning import plan_demonstration
from tracker.management.demo.reading import read_world
from tracker.management.demo.story import (
    APPROVED_LAST,
    DUE_IN_DAYS,
    LAST_QUARTER,
    OPEN_FOR_DAYS,
    OPENED_DAYS_AGO,
    RETURNED,
)
from tracker.management.demo.telling import ATTENDANCE, LINK, make_pdf, tell_updates
from tracker.management.demonstration import (
    ACCOUNTS,
    ADMINISTRATOR,
    HEAD,
    LEAD,
    OFFICER,
    PASSWORD,
    REPORTERS,
    SECOND_OFFICER,
    describe_accounts,
)
from tracker.notices.choices import HowOften, NoticeKind
from tracker.notices.services import set_preferences
from tracker.progress.models import ReportingPeriod, ReportRevision
from tracker.progress.services.demonstration import (
    Laid,
    copy_assignments,
    lay_plans,
    lay_progress,
    refuse_over_real_progress,
)
from tracker.progress.services.evidence import Described, add_file, add_link
from tracker.progress.services.reports import approve_reports
from tracker.progress.services.telling import tell_of_deadlines
from tracker.progress.services.windows import set_window
from tracker.region.models import Mission
from tracker.reports.choices import EditionKind
from tracker.reports.services import set_schedule

THERE = gettext_lazy("Demonstration data is there already; nothing was changed.")
EDITIONS_AFTER_DAYS = 15
DRAFT_WITH_EVIDENCE = "KG"


class Command(BaseCommand):
    help = (
        "Load invented progress of all missions, marked as demonstration wherever it shows, with accounts to try "
        "it. Refused in production and where missions entered progress of their own."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--scale",
            type=_positive,
            default=1,
            metavar="N",
            help="So many of each indicator: copies get the suffix -x2, -x3 … (default 1).",
        )
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="For scripts that start the tracker: leave it to them to name the accounts.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError(
                _(
                    "Demonstration data is invented and is not loaded in production (DATABASE_URL is set). Unset "
                    "DATABASE_URL to try the tracker on a database of its own."
                )
            )
        strategy = Strategy.objects.current()
        if strategy is not None and strategy.holds_demonstration:
            self.stdout.write(str(THERE))
            return
        began = time.monotonic()
        try:
            if strategy is None or not strategy.indicators.exists():
                call_command("load_strategy", stdout=self.stdout)
            lines = _load(scale=options["scale"])
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        if lines is None:
            self.stdout.write(str(THERE))
            return
        lines.append(_("Loaded in %(seconds).1f s.") % {"seconds": time.monotonic() - began})
        if not options["if_empty"]:
            lines += describe_accounts()
        for line in lines:
            self.stdout.write(line)


def _positive(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(_("“%(text)s” is no whole number from 1 up.") % {"text": text})
    return number


@transaction.atomic
def _load(*, scale: int) -> list[str] | None:
    """Everything or nothing; what there is to say of it, None where it was there already."""
    # Of two loads at once, the second waits here and then finds the data there.
    strategy = Strategy.objects.select_for_update().get(is_current=True)
    if strategy.holds_demonstration:
        return None
    refuse_over_real_progress(strategy=strategy)
    mark_demonstration(strategy=strategy)
    people = _make_people()
    administrator, officer = people[ADMINISTRATOR.email], people[OFFICER.email]
    if scale > 1:
        copy_indicators(strategy=strategy, times=scale)
        copy_assignments(strategy=strategy, times=scale, user=administrator)
    proposed = Indicator.objects.filter(strategy=strategy, status=IndicatorStatus.PROPOSED)
    adopted = adopt_indicators(indicators=list(proposed.values_list("pk", flat=True)), user=administrator)
    today = timezone.localdate()
    last = set_window(
        period=ReportingPeriod.objects.get(strategy=strategy, code=LAST_QUARTER),
        opens_on=today - timedelta(days=OPENED_DAYS_AGO),
        due_on=today + timedelta(days=DUE_IN_DAYS),
        closes_on=today + timedelta(days=OPEN_FOR_DAYS),
        user=administrator,
        counts_anew=True,
    )
    plan = plan_demonstration(
        read_world(
            strategy=strategy,
            reporters=_reporters_by_mission(people),
            officers=[officer.pk, people[SECOND_OFFICER.email].pk],
        )
    )
    lay_plans(baselines=plan.baselines, targets=plan.targets, user=administrator)
    countries = Mission.objects.values_list("code", "country__iso2")
    planned = plan_activities({mission: country or "" for mission, country in countries})
    activities = lay_activities(strategy=strategy, rows=planned)
    laid = lay_progress(
        reports=plan.reports,
        results=plan.results(),
        updates=tell_updates(
            activities=planned,
            reports=plan.reports,
            quarters=plan.world.quarters,
            missions=plan.world.missions,
        ),
    )
    _add_evidence(period=last, people=people)
    _have_editions_fall_due(strategy=strategy, officer=officer, head=people[HEAD.email])
    _tell_of_the_open_window([people[account.email] for account in (*REPORTERS, LEAD)])
    return _say_counts(
        laid,
        adopted=adopted,
        plans=(len(plan.baselines), len(plan.targets)),
        activities=activities,
        last=last.closes_on,
    )


def _make_people() -> dict[str, User]:
    """The accounts by address. Hashing a password is slow by design: all have the same, so once will do."""
    hashed = make_password(PASSWORD)
    missions = {mission.code: mission for mission in Mission.objects.all()}
    people = {}
    for account in ACCOUNTS:
        person = create_person(email=account.email, name=account.name, password_hash=hashed, user=None)
        places: list[Mission | None] = [missions[code] for code in account.missions]
        for mission in places or [None]:
            grant_membership(person=person, role=account.role, mission=mission, user=None)
        people[account.email] = person
    return people


def _reporters_by_mission(people: dict[str, User]) -> dict[str, int]:
    """Who reports for each mission; for a covered one, the people of the mission that covers it."""
    own = {code: people[account.email].pk for account in REPORTERS for code in account.missions}
    covered = Mission.objects.exclude(covered_by=None).values_list("code", "covered_by__code")
    return {**{code: own[by] for code, by in covered}, **own}


def _add_evidence(*, period: ReportingPeriod, people: dict[str, User]) -> None:
    """A document and a link in a draft, and a list in the report that was returned, as their missions add them."""
    missions = Mission.objects.in_bulk([DRAFT_WITH_EVIDENCE, RETURNED], field_name="code")
    reporters = _reporters_by_mission(people)
    persons = {person.pk: person for person in people.values()}
    draft, returned = (
        dict[str, Any](mission=missions[code], period=period, user=persons[reporters[code]])
        for code in (DRAFT_WITH_EVIDENCE, RETURNED)
    )
    minutes = make_pdf("Demonstration, invented", "Minutes of the meeting with partners, 12 November 2024")
    for to, name, content in ((draft, "minutes.pdf", minutes), (returned, "attendance.csv", ATTENDANCE)):
        add_file(**to, file=BytesIO(content), name=name, size=len(content))
    add_link(**draft, link=LINK, described=Described(title=_("Register of partners (demonstration)")))


def _have_editions_fall_due(*, strategy: Strategy, officer: User, head: User) -> None:
    """Switch the schedules on, and only then approve the last report of a quarter: a schedule owes what falls
    due after it was switched on, so exactly this quarter's editions come, as soon as Celery beat looks.
    """
    for kind in (EditionKind.MISSION_QUARTERLY, EditionKind.REGIONAL_QUARTERLY):
        set_schedule(kind=kind, days_after_close=EDITIONS_AFTER_DAYS, user=head)
    mission, period = APPROVED_LAST
    waiting = ReportRevision.objects.awaiting_review().filter(
        report__period__strategy=strategy, report__period__code=period, report__mission__code=mission
    )
    approve_reports(revisions=list(waiting), user=officer)


def _tell_of_the_open_window(people: list[User]) -> None:
    """What beat would tell within the hour. By the daily mail: mails are printed where the tracker starts, and one
    for each mission would bury what is said there.
    """
    for person in people:
        set_preferences(person=person, wanted={NoticeKind.WINDOW_OPENED: HowOften.DAILY})
    tell_of_deadlines()


def _say_counts(
    laid: Laid, *, adopted: int, plans: tuple[int, int], activities: int, last: date
) -> list[str]:
    return [
        _(
            "Demonstration: %(adopted)d indicators made active, %(baselines)d baselines, %(targets)d targets, "
            "%(reports)d reports with %(results)d results and %(cells)d values of their parts, %(activities)d "
            "activities; all of it is invented"
        )
        % {
            "adopted": adopted,
            "baselines": plans[0],
            "targets": plans[1],
            "activities": activities,
            "reports": laid.reports,
            "results": laid.results,
            "cells": laid.cells,
        },
        _("The window of %(period)s is open until %(day)s")
        % {"period": show_quarter(LAST_QUARTER), "day": show_date(last)},
    ]
