"""axe-core finds nothing on the pages, no page is wider than a phone or asks another host for anything, and all are
light.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, Request

from tests import stage
from tests.batches.fixtures import kept_files  # noqa: F401
from tests.batches.sheets import check, csv_of, save
from tests.conftest import Cast
from tests.explore import atlas
from tests.formfields import fields_of
from tests.pages import give_password, sign_in
from tests.progress.test_exports_of_results import split_into
from tests.reporting.books import REPORT, Desk
from tests.scales import Scales
from tracker.access.choices import Role
from tracker.access.models import Membership, User
from tracker.access.services import close_account, invite_person
from tracker.activities.models import Activity
from tracker.batches.models import ImportBatch
from tracker.batches.services import cancel_batch, receive_file, undo_batch
from tracker.common.jobs.models import Job, Outbox
from tracker.framework.models import Alignment, Objective, ReferenceGoal, Strategy
from tracker.imports.registry import KINDS
from tracker.notices.choices import NoticeKind
from tracker.notices.services import tell
from tracker.progress.models import Baseline, ReportingPeriod, ReportRevision, Target
from tracker.progress.rules import Amount, Entry
from tracker.progress.services import reports, results
from tracker.progress.services.corrections import ask_for_correction
from tracker.progress.services.extensions import grant_extension
from tracker.progress.services.results import Typed, fingerprint
from tracker.region.models import Mission
from tracker.reports.models import Edition

PAGES = {
    "viewer": [
        "/",
        "/?map=gcm-vote",
        "/?map=nothing",
        "/framework/",
        "/objectives/SP1-O1/",
        "/framework/?by=SDG&unfold=on",
        "/indicators/SP1-O1-I1/",
        "/indicators/",
        "/references/",
        "/references/SDG/",
        "/references/SDG/10/",
        "/references/SDG/10.7/",
        "/references/SDG/99/",
        "/countries/",
        "/countries/?subregion=mars",
        "/countries/KG/",
        "/countries/IL/",
        "/missions/ROV/",
        "/offices/",
        "/conventions/",
        "/key-figures/",
        "/activities/",
        "/activities/?mission=XX&tag=x&status=ongoing",
        "/activities/KG-10/",
        "/activities/MI-1/",
        "/funding/",
        "/funding/?mission=KG",
        "/funding/?mission=TJ",
        "/assignments/",
        "/assignments/?mission=KG",
        "/targets/{target}/",
        "/reports/",
        "/imports/downloads/",
        "/nowhere/",
        "/notices/",
        "/account/notices/",
        "/indicators/SP1-O1-I9/",
        "/search/",
        "/search/?q=indicator",
        "/search/?q=indicator&kind=indicator",
        "/search/?q=zeppelin&kind=nothing",
        "/help/",
        "/help/viewer/",
        "/account/",
        "/accounts/second-factor/",
        "/accounts/second-factor/webauthn/",
        "/accounts/provider/tie/",
        "/accounts/provider/cancelled/",
        "/accounts/logout/",
    ],
    "reporter": [
        "/help/",
        "/help/reporter/",
        "/",
        "/reporting/",
        "/reporting/2024-Q4/KG/",
        "/reporting/2024-Q4/KG/nothing/",
        "/reporting/2020-Q4/KG/",
        "/reporting/2020-Q4/KG/ask/",
        "/reporting/2020-Q3/KG/",
        "/reporting/2024-Q4/KG/activities/",
        "/reporting/2024-Q4/KG/narrative/",
        "/reporting/2024-Q4/KG/evidence/",
        "/reporting/2024-Q4/KG/workbook/",
        "/reporting/2024-Q4/KG/workbook/{filled}/",
        "/reporting/2020-Q4/KG/narrative/",
        "/notices/",
        "/account/notices/",
        "/framework/?mission=KG",
        "/activities/new/",
        "/activities/KG-10/edit/",
        "/assignments/",
        "/imports/",
        "/imports/new/progress/",
        "/imports/{drafts}/",
        "/imports/downloads/?missions=KG,TJ&periods=2020-Q4",
    ],
    "officer": [
        "/",
        "/?map=on-track&map_period=2020-Q4",
        "/indicators/SP1-O1-I1/?map=status&period=2020-Q4",
        "/review/",
        "/review/{submitted}/",
        "/review/{submitted}/?rows=changed",
        "/review/{approved}/",
        "/review/{asked}/",
        "/periods/",
        "/periods/add/",
        "/periods/2024-Q4/",
        "/periods/2024-Q4/?propose=close",
        "/periods/2024-Q2/KG/",
        "/periods/2024-Q3/KG/",
        "/notices/",
        "/account/notices/",
        "/framework/",
        "/indicators/?status=proposed",
        "/indicators/SP1-O1-I3/",
        "/countries/KG/",
        "/conventions/",
        "/assignments/",
        "/assignments/?mission=KG",
        "/assignments/?q=nothing+like+it",
        "/targets/{target}/",
        "/baselines/{baseline}/",
        "/indicators/SP1-O1-I2/baselines/new/",
        "/indicators/SP1-O1-I2/baselines/new/?mission=TJ",
        "/indicators/SP1-O1-I1/targets/new/?mission=KG",
        "/indicators/SP1-O1-I1/edit/",
        "/indicators/new/",
        "/reports/",
        "/reports/{edition}/",
        "/reports/release/?all=1",
        "/imports/",
        "/imports/new/targets/",
        "/imports/{refused}/",
        "/imports/{questions}/",
        "/imports/{mapped}/",
        "/imports/{forgotten}/",
    ],
    "administrator": [
        "/",
        "/people/",
        "/people/?role=officer&standing=signed_in&mission=KG&q=nobody+like+it",
        "/people/invite/",
        "/people/{person}/",
        "/people/{gone}/",
        "/people/{person}/leaves/",
        "/people/roles/{membership}/",
        "/invitation/{token}/",
        "/invitation/nonsense/",
        "/imports/",
        "/checks/",
        "/checks/?check=mission-without-reporter",
        "/checks/recount/",
        "/imports/downloads/",
        "/imports/everything/",
        "/imports/everything/?step=confirm",
        "/imports/new/baselines/",
        "/imports/new/history/",
        "/imports/{checked}/",
        "/imports/{refused}/",
        "/imports/{refused}/save-good-rows/",
        "/imports/{waiting}/",
        "/imports/{saved}/",
        "/imports/{saved}/undo/",
        "/imports/{undone}/",
        "/imports/{replaced}/undo/",
        "/imports/{cancelled}/",
        "/imports/{drafts}/",
        "/review/",
    ],
}
WIDTHS = (1280, 390)


@pytest.fixture
def world(strategy, missions, cast, open_period) -> dict[str, Any]:
    return make_world(strategy, missions, cast, open_period)


def fill_workbook(cast: Cast) -> int:
    """A workbook of Kyrgyzstan's draft, with a difference, a wrong cell, and a row that a colleague changed too."""
    desk, colleague = Desk(Client()), Client()
    desk.client.force_login(cast.reporter)
    colleague.force_login(cast.colleague)
    filled = {
        ("Results", "SP1-O1-I1"): {"This period": 12},
        ("Results", "SP1-O1-I2"): {"Numerator": 5, "Denominator": 4},
        ("Narrative", "Challenges"): {"Internal": "Roads were closed. " * 20},
    }
    data = desk.fill(desk.download(), filled)
    address = reverse("report", args=REPORT)
    form = fields_of(colleague.get(address).content.decode(), "entry")
    [value] = [name for name in form if name.endswith("-value")]
    colleague.post(address, {**form, value: "11"})
    return int(desk.upload(data).url.split("/")[-2])


def make_world(
    strategy: Strategy, missions: dict[str, Mission], cast: Cast, open_period: ReportingPeriod
) -> dict[str, Any]:
    """Something of all that a page can show; the numbers of rows by the names that the addresses use."""
    atlas.make_atlas(missions)
    strategy.holds_demonstration = True
    strategy.save()
    give_password(cast.viewer, cast.reporter, cast.officer, cast.administrator)
    flow = stage.make_indicator(
        "SP1-O1-I1",
        name="A very long name of an indicator that goes on and on, as names in this field do " * 3,
    )
    cells = stage.ask_by_sex(flow)
    serve_goals(flow.objective, missions["KG"])
    share = stage.make_indicator(
        "SP1-O1-I2", measure="percentage", period_rule="latest", counts="stock", decimals=1
    )
    stage.make_indicator("SP1-O1-I3", status="proposed")
    for indicator in (flow, share):
        stage.assign(indicator, missions["KG"], missions["TJ"])
    baseline = Baseline.objects.create(
        indicator=share, mission=missions["KG"], numerator=1, denominator=4, source="Census"
    )
    target = Target.objects.create(indicator=flow, mission=missions["KG"], due_on="2024-12-31", value=5000)
    approved = stage.approve(
        missions["KG"], "2020-Q4", {flow: 300, share: (1, 4)}, reporter=cast.reporter, officer=cast.officer
    )
    split_into(missions["KG"], "2020-Q3", flow, 90, cells, {"female": 40, "male": 30}, cast=cast)
    asked = ReportRevision.objects.get(report__period__code="2020-Q3")
    ask_for_correction(
        revision=asked, user=cast.reporter, comment="The camps were counted twice. " * 9, indicators=[flow]
    )
    grant_extensions(missions["KG"], cast.officer)
    tell(
        kind=NoticeKind.RETURNED,
        people=[cast.reporter],
        params={
            "mission": "Kyrgyzstan",
            "period": "2020-Q4",
            "by": "Officer",
            "comment": "Look again at a-very-long-word-that-nobody-breaks-" * 5,
            "until": "2021-02-10",
        },
        url="/reporting/2020-Q4/KG/",
    )
    typed = {
        pk: Typed(entry)
        for pk, entry in ((flow.pk, Entry(Amount(Decimal(7)))), (share.pk, Entry(comment="Later")))
    }
    submitted = results.save_results(
        mission=missions["TJ"], period=open_period, user=cast.stranger, typed=typed
    ).revision
    reports.submit_report(revision=submitted, user=cast.stranger)
    reports.return_report(revision=submitted, user=cast.second_officer, comment="Look again")
    again = {flow.pk: Typed(Entry(Amount(Decimal(8))), over=fingerprint(typed[flow.pk].entry))}
    results.save_results(mission=missions["TJ"], period=open_period, user=cast.stranger, typed=again)
    reports.submit_report(revision=submitted, user=cast.stranger)
    stage.make_activity("KG-10", missions["KG"], description="More of it. " * 40)
    stage.make_activity("MI-1", missions["KG"], status="historical", source="A document", tied_by="tracker")
    make_funding()
    now = timezone.now()
    edition = Edition.objects.create(
        kind="regional_quarterly",
        period=open_period,
        job=Job.objects.create(task="reports.make_edition", status="done", finished_at=now),
        made_at=now,
    )
    return {
        "submitted": submitted.pk,
        "approved": approved.pk,
        "asked": asked.pk,
        "edition": edition.pk,
        "target": target.pk,
        "baseline": baseline.pk,
        "filled": fill_workbook(cast),
        **make_people(cast, missions["KG"]),
        **make_batches(cast.administrator, cast.reporter),
    }


def grant_extensions(mission: Mission, officer: User) -> None:
    """One that was replaced, and the one in its place."""
    held = None
    for days in (5, 9):
        held = grant_extension(
            mission=mission,
            period=ReportingPeriod.objects.get(code="2024-Q2"),
            until=stage.today() + timedelta(days=days),
            reason="The register was down, and is still down. " * 5,
            user=officer,
            replaces=held.pk if held else None,
        )


def make_people(cast: Cast, mission: Mission) -> dict[str, Any]:
    """Somebody who is invited, with roles that are over and a stand-in; somebody who has left."""
    person = invite_person(
        email="invited.by.somebody.with.a.long.address@example.org",
        name="Invited with a Very-Long-Name-That-Goes-On",
        role=Role.REPORTER,
        mission=mission,
        link="http://testserver/invitation/TOKEN/",
        user=cast.administrator,
    )
    [token] = re.findall(r"/invitation/(\S+)/", Outbox.objects.latest("pk").body)
    Membership.objects.create(user=person, role=Role.VIEWER, ends_on="2020-12-31")
    days = {"stand_in_from": "2024-01-01", "stand_in_to": "2024-02-01"}
    Membership.objects.filter(user=person, role=Role.REPORTER).update(stand_in=cast.viewer, **days)
    close_account(person=cast.nobody, name="Somebody who left", user=cast.administrator)
    return {
        "person": person.pk,
        "gone": cast.nobody.pk,
        "membership": person.memberships.get(role=Role.REPORTER).pk,
        "token": token,
    }


def serve_goals(objective: Objective, mission: Mission) -> None:
    """A goal with one below it, both served by the objective, and an activity of it."""
    above, below = stage.make_goal(code="10"), stage.make_goal(code="10.7")
    ReferenceGoal.objects.filter(pk=below.pk).update(parent=above)
    for goal, basis in ((above, "stated"), (below, "ours")):
        Alignment.objects.create(
            objective=objective, goal=goal, basis=basis, reason="It helps", source="test"
        )
    activity = Activity.objects.create(
        code="A1", mission=mission, title="Centres for migrants", status="historical", source="test",
        tied_by="tracker", tie_reason="It says so",
    )  # fmt: skip
    activity.objectives.add(objective)
    activity.goals.add(below)


def make_funding() -> None:
    """Two years of the atlas' two goals, with a dash, a repaired amount and a total that differs."""
    header = "year,mission,goal,amount,amount_printed,nothing_asked,note,source"
    rows = [
        f"{year},{m},{g},12345678,,no,,A place"
        for year in (2017, 2019)
        for m in ("KG", "ROV")
        for g in ("P1",)
    ]
    rows += [
        "2019,KG,O1,500000,200000,no,Misread in the text,A place",
        "2019,ROV,O1,0,,yes,Nothing asked,A place",
    ]
    save("funding", csv_of(header, *rows))
    save("funding_totals", csv_of("year,mission,amount,amount_printed,source", "2019,KG,1,1,A place"))


def make_batches(person: User, reporter: User) -> dict[str, int]:
    """Files in the states that a person meets: of baselines, of targets that are asked about, of drafts."""
    header = "indicator,mission,baseline_value,baseline_source,A heading that nobody knows"
    good, bad = f"SP1-O1-I1,KG,5,{'წყარო ' * 40},x", f"SP1-O1-I1,TJ,{'five' * 60},,y"
    kept = {
        "saved": save("baselines", csv_of(header, good), user=person),
        "checked": check("baselines", csv_of(header, good.replace(",5,", ",0,")), user=person).batch,
        "refused": check("baselines", csv_of(header, good.replace(",5,", ",6,"), bad), user=person).batch,
        "waiting": receive_file(
            kind=KINDS["baselines"], filename="a.csv", data=csv_of(header, good, bad), user=person
        ).batch,
    }
    kept |= _more_batches(person, header, good)
    drafts = csv_of("indicator,mission,period,value,sex:female", "SP1-O1-I1,KG,2024-Q4,9,4")
    kept["drafts"] = check("progress", drafts, user=reporter).batch
    return {name: batch.pk for name, batch in kept.items() if batch is not None}


def _more_batches(person: User, header: str, good: str) -> dict[str, ImportBatch | None]:
    """What was taken back, came to be replaced, was given up, is asked about, is to be mapped, or is forgotten."""
    baselines = KINDS["baselines"]
    other = good.replace("KG", "TJ")
    replaced = save("baselines", csv_of(header, other), user=person)
    undone = save("baselines", csv_of(header, other.replace(",5,", ",8,")), user=person)
    undo_batch(batch=undone, kind=baselines, user=person, reason="The wrong file")
    undone.refresh_from_db()
    save("baselines", csv_of(header, other.replace(",5,", ",9,")), user=person)
    cancelled = check("baselines", csv_of(header, other.replace(",5,", ",11,")), user=person).batch
    forgotten = check("baselines", csv_of(header, other.replace(",5,", ",12,")), user=person).batch
    assert cancelled is not None
    assert forgotten is not None
    cancel_batch(batch=cancelled, kind=baselines, user=person)
    ImportBatch.objects.filter(pk=forgotten.pk).update(has_lines=False)
    falling = csv_of("indicator,mission,2022,2023,basis", "SP1-O1-I1,TJ,30,20,to_date")
    return {
        "replaced": replaced,
        "undone": undone,
        "cancelled": cancelled,
        "forgotten": forgotten,
        "questions": check("targets", falling, user=person).batch,
        "mapped": check("baselines", csv_of("Indikator,Land,Wert", "SP1-O1-I1,KG,1"), user=person).batch,
    }


@pytest.fixture
def outside(live_server) -> Iterator[list[str]]:
    """What pages asked of other hosts."""
    asked: list[str] = []
    yield asked
    assert asked == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("role", PAGES)
def test_pages_are_open_to_everyone(role, world, live_server, browser: Browser, cast, outside):
    home = urlsplit(live_server.url).netloc
    found: list[str] = []

    def note(request: Request) -> None:
        if request.url.startswith("http") and urlsplit(request.url).netloc != home:
            outside.append(request.url)

    for width in WIDTHS:
        size = {"width": width, "height": 900}
        entrance = browser.new_context(viewport=size)
        scales = Scales(entrance)
        page = entrance.new_page()
        page.on("request", note)
        page.goto(f"{live_server.url}/accounts/login/")
        found += scales.find_fault("sign-in")
        found += look(page, width, "sign-in")
        sign_in(page, live_server.url, getattr(cast, role))
        # Another day: signed in still, and nothing of it held any more.
        context = browser.new_context(viewport=size, storage_state=entrance.storage_state())
        entrance.close()
        page = context.new_page()
        page.on("request", note)
        scales = Scales(context)
        for address in PAGES[role]:
            path = address.format(**world)
            page.goto(live_server.url + path)
            if width == WIDTHS[0]:  # the answers are the same for all widths
                found += scales.find_fault(path)
            found += look(page, width, address)
    assert found == []


def look(page: Page, width: int, name: str) -> list[str]:
    """What is wrong with a page, one line each."""
    violations = Axe().run(page).response["violations"]
    lines = [f"{name} at {width}: {v['id']}: {v['nodes'][0]['html'][:200]}" for v in violations]
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
        lines.append(f"{name} at {width}: {wide} pixels wide")
    return lines
