"""Every kind of file, at every door, for every role: one table, as docs/roles.md has it."""

import io
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from django.contrib import admin
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests import stage
from tests.batches.sheets import check, csv_of
from tests.conftest import Cast
from tests.scenery import scenery
from tracker.access.choices import Role
from tracker.access.models import Membership, User
from tracker.batches.admin import PlanImportMixin
from tracker.batches.models import ImportBatch
from tracker.batches.services import apply_batch
from tracker.framework.models import ReferenceFramework
from tracker.imports.registry import KINDS
from tracker.region.models import Convention

ROLES = ("viewer", "reporter", "lead", "officer", "head", "administrator")

# What each is allowed, in the order of the roles; reporter and lead are of the mission that the rows are of.
# Of who uploaded a file it says: they themselves ("own"), or somebody else ("another's").
SETUP = {
    "load":                 ". . . x x x",
    "go on with another's": ". . . x x x",
    "undo own":             ". . . x x x",
    "undo another's":       ". . . . . x",
    "take away":            "x x x x x x",
}  # fmt: skip
ADMINISTRATORS = {
    "load":                 ". . . . . x",
    "go on with another's": ". . . . . x",
    "undo own":             ". . . . . x",
    "undo another's":       ". . . . . x",
    "take away":            "x x x x x x",
}  # fmt: skip
PEOPLE = {**ADMINISTRATORS, "take away": ". . . . . x"}
DRAFTS = {
    "load":                 ". x x x x x",
    "go on with another's": ". . . . . .",
    "undo own":             ". . . x x x",
    "undo another's":       ". . . . . x",
    "take away":            ". x x x x .",
}  # fmt: skip
# Everybody who writes activities may load some; which rows, is said of each (tests/activities).
ACTIVITIES = {**DRAFTS, "go on with another's": ". x x x x x", "take away": "x x x x x x"}
TABLE = {
    "countries": ADMINISTRATORS,
    "missions": ADMINISTRATORS,
    "country_facts": ADMINISTRATORS,
    "offices": ADMINISTRATORS,
    "conventions": ADMINISTRATORS,
    "ratifications": ADMINISTRATORS,
    "key_figures": ADMINISTRATORS,
    "users": PEOPLE,
    "memberships": PEOPLE,
    "strategy": ADMINISTRATORS,
    "pillars": ADMINISTRATORS,
    "priorities": ADMINISTRATORS,
    "objectives": ADMINISTRATORS,
    "breakdowns": SETUP,
    "indicators": SETUP,
    "reference_frameworks": ADMINISTRATORS,
    "reference_goals": ADMINISTRATORS,
    "alignments": ADMINISTRATORS,
    "tags": ADMINISTRATORS,
    "activities": ACTIVITIES,
    "funding": ADMINISTRATORS,
    "funding_totals": ADMINISTRATORS,
    "assignments": SETUP,
    "baselines": SETUP,
    "targets": SETUP,
    "progress": DRAFTS,
    "history": ADMINISTRATORS,
}

# One row that each kind would take.
FILES = {
    "countries": csv_of("iso2,iso3,name,subregion", "UZ,UZB,Uzbekistan,central_asia"),
    "missions": csv_of("code,name,kind,time_zone", "RO2,Second office,regional_office,UTC"),
    "country_facts": csv_of("iso2,gcm_vote", "KG,in_favour"),
    "offices": csv_of("code,country,city,kind,mission,source", "KG-OSH,KG,Osh,sub,KG,Test"),
    "conventions": csv_of("code,year,title,source", "C1,1949,First,Test"),
    "ratifications": csv_of("convention,country,status,source", "ILO-97,KG,ratified,Test"),
    "key_figures": csv_of("code,title,value,unit,geography,document,source", "F1,A,1,people,Here,D,Test"),
    "users": csv_of("email,name", "new@example.org,New"),
    "memberships": csv_of("email,role", "nobody@example.org,viewer"),
    "strategy": csv_of("code,name,starts_on,ends_on", "NEXT,The next,2025-01-01,2029-12-31"),
    "pillars": csv_of("code,name", "GOV,Governance"),
    "priorities": csv_of("code,pillar,kind,title", "SP2,RES,strategic_priority,Second"),
    "objectives": csv_of("code,priority,title", "SP1-O2,SP1,Second"),
    "breakdowns": csv_of("code,name,exclusive,cell,cell_name", "sex,Sex,yes,female,Women"),
    "indicators": csv_of(
        "code,objective,name,unit,measure,direction,period_rule,mission_rule,frequency",
        "SP1-O1-I9,SP1-O1,Another,persons,number,increase,sum,sum,quarterly",
    ),
    "reference_frameworks": csv_of("code,name,short_name,kind,source", "UN,Charter,UN,charter,Test"),
    "reference_goals": csv_of("framework,code,kind,title,source", "SDG,10.7,target,Safe,Test"),
    "alignments": csv_of("objective,basis,reason,source", "SP1-O1,ours,It serves none,Test"),
    "tags": csv_of("code,name", "labour,Labour"),
    "activities": csv_of("code,mission,title,status", "KG-1,KG,Something,ongoing"),
    "funding": csv_of("year,mission,goal,amount,source", "2019,KG,P1,5,Somewhere"),
    "funding_totals": csv_of("year,mission,amount,amount_printed,source", "2019,KG,5,5,Somewhere"),
    "assignments": csv_of("indicator,mission,active_from", "SP1-O1-I1,TJ,2020-01-01"),
    "baselines": csv_of("indicator,mission,baseline_value", "SP1-O1-I1,KG,12"),
    "targets": csv_of("indicator,mission,due,target_value,basis", "SP1-O1-I1,KG,2024,100,to_date"),
    "progress": csv_of("indicator,mission,period,value", "SP1-O1-I1,KG,2024-Q4,5"),
    "history": csv_of("indicator,mission,period,value", "SP1-O1-I1,KG,2020-Q1,9"),
}


@contextmanager
def might_administer(person: User) -> Iterator[User]:
    """The person as an administrator, for as long as the block lasts."""
    then = User.objects.get(pk=person.pk)
    role = None
    if not then.memberships.filter(role=Role.ADMINISTRATOR).exists():
        role = Membership.objects.create(user=then, role=Role.ADMINISTRATOR)
    yield then
    if role is not None:
        role.delete()


def check_for(code: str, person: User) -> ImportBatch:
    """A file of this person's that waits to be saved; if they may not load it, they might when they did."""
    with might_administer(person) as then:
        batch = check(code, FILES[code], user=then, source="Test").batch
    assert batch is not None
    return batch


def save_for(code: str, person: User) -> ImportBatch:
    """A file of this person's that was saved."""
    batch = check_for(code, person)
    with might_administer(person) as then:
        apply_batch(kind=KINDS[code], batch=batch, digest=batch.plan_digest, user=then, at_once=True)
    batch.refresh_from_db()
    return batch


@dataclass
class Visit:
    """Somebody, signed in, before the doors of one kind; and the file of somebody else, where a door is to one."""

    code: str
    person: User
    client: Client
    folder: Path
    anothers: int | None = None

    def page(self, name: str, *args: object) -> str:
        return reverse(name, args=args)

    def opens(self, url: str, **asked: str) -> bool:
        """A page or a file is handed out; otherwise it is refused, or does not exist."""
        answer = self.client.get(url, asked, follow="/admin/" in url)
        assert answer.status_code in (200, 403, 404), (url, answer.status_code)
        return answer.status_code == 200

    def file_of_another(self) -> ImportBatch:
        return ImportBatch.objects.get(pk=self.anothers)

    def upload(self) -> int | None:
        """The number of the batch that an upload leads to; None where it is refused."""
        file = io.BytesIO(FILES[self.code])
        file.name = f"{self.code}.csv"
        answer = self.client.post(self.page("import-new", self.code), {"file": file, "source": "Test"})
        assert answer.status_code in (302, 403), answer.content.decode()[:1000]
        return ImportBatch.objects.latest("pk").pk if answer.status_code == 302 else None

    def save(self, batch: ImportBatch) -> bool:
        """Whether the batch is saved afterwards."""
        self.client.post(self.page("import-save", batch.pk), {"digest": batch.plan_digest})
        batch.refresh_from_db()
        return batch.status == "applied"

    def undo(self, batch: ImportBatch) -> bool:
        """Whether the batch is undone afterwards; its page opens for nobody else."""
        page = self.opens(self.page("import-undo", batch.pk))
        self.client.post(self.page("import-undo", batch.pk), {"reason": "The wrong file"})
        batch.refresh_from_db()
        assert page == (batch.status == "undone")
        return page


# -- The doors ------------------------------------------------------------------------------------------
def upload_page(visit: Visit) -> bool:
    return visit.opens(visit.page("import-new", visit.code))


def check_and_save(visit: Visit) -> bool:
    pk = visit.upload()
    if pk is None:
        return False
    batch = ImportBatch.objects.get(pk=pk)
    assert batch.status == "checked", list(batch.lines.values("message"))
    for name, more in (("batch-file", ()), ("import-lines", ("csv",))):
        assert visit.opens(visit.page(name, pk, *more))
    return visit.save(batch)


def template(visit: Visit) -> bool:
    return visit.opens(visit.page("template", visit.code))


def import_data(visit: Visit) -> bool:
    path = visit.folder / f"{visit.code}.csv"
    path.write_bytes(FILES[visit.code])
    code = "progress" if visit.code == "history" else visit.code
    more = ["--approved", "--source", "Test"] if visit.code == "history" else []
    said = io.StringIO()
    try:
        call_command("import_data", code, str(path), "--as", visit.person.email, *more, stdout=said)
    except SystemExit:
        [error] = json.loads(said.getvalue())["errors"]
        assert "may not load" in error["message"]
        return False
    counts = json.loads(said.getvalue())
    return bool(counts["new"] + counts["changed"] == 1)


ADMIN_PAGES = {
    page.import_kind.code: model for model, page in admin.site._registry.items() if isinstance(page, PlanImportMixin)
}  # fmt: skip


def admin_page(visit: Visit) -> bool:
    name = f"admin:tracker_{ADMIN_PAGES[visit.code]._meta.model_name}"
    opens = visit.opens(visit.page(f"{name}_import"))
    batch = check_for(visit.code, visit.person)
    data = {"batch": batch.pk, "digest": batch.plan_digest}
    visit.client.post(visit.page(f"{name}_process_import"), data)
    batch.refresh_from_db()
    assert (batch.status == "applied") == opens
    return opens


def page_of_another(visit: Visit) -> bool:
    """An administrator sees that there are drafts; what is in them is behind the next doors."""
    return visit.opens(visit.page("import-batch", visit.file_of_another().pk))


def file_of_another(visit: Visit) -> bool:
    return visit.opens(visit.page("batch-file", visit.file_of_another().pk))


def lines_of_another(visit: Visit) -> bool:
    return visit.opens(visit.page("import-lines", visit.file_of_another().pk, "xlsx"))


def save_anothers(visit: Visit) -> bool:
    return visit.save(visit.file_of_another())


def undo_own(visit: Visit) -> bool:
    return visit.undo(save_for(visit.code, visit.person))


def undo_anothers(visit: Visit) -> bool:
    return visit.undo(visit.file_of_another())


def export(visit: Visit) -> bool:
    [opened] = {
        visit.opens(visit.page("export", visit.code, suffix), hxl="1") for suffix in ("xlsx", "ods", "csv")
    }
    return opened


DOORS: dict[str, tuple[Callable[[Visit], bool], ...]] = {
    "load": (upload_page, check_and_save, template, import_data, admin_page),
    "go on with another's": (file_of_another, lines_of_another, save_anothers),
    "undo own": (undo_own,),
    "undo another's": (undo_anothers,),
    "take away": (export,),
}


# Doors to what somebody else has loaded, and how far it had come.
OF_ANOTHER: dict[Callable[[Visit], bool], Callable[[str, User], ImportBatch]] = {
    page_of_another: check_for,
    **dict.fromkeys(DOORS["go on with another's"], check_for),
    **dict.fromkeys(DOORS["undo another's"], save_for),
}


@contextmanager
def as_if_never() -> Iterator[None]:
    """What is done inside is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@scenery
def another(strategy, missions, cast, open_period) -> User:
    """Somebody else who has loaded files: an administrator, and a reporter of the same mission."""
    stage.assign(stage.make_indicator(), missions["KG"])
    Convention.objects.create(code="ILO-97", year=1949, title="Migration for employment", source="Test")
    ReferenceFramework.objects.create(
        code="SDG", name="SDGs", short_name="SDGs", kind="agenda", source="Test"
    )
    stage.make_goal("MIGOF", "P1")
    return stage.make_person("another", Role.ADMINISTRATOR)


def test_the_table_has_every_kind() -> None:
    assert list(TABLE) == list(KINDS)
    assert list(FILES) == list(KINDS)


@pytest.fixture
def clients(cast) -> dict[str, Client]:
    """Everybody, signed in."""
    signed_in = {role: Client() for role in ROLES}
    for role, client in signed_in.items():
        client.force_login(getattr(cast, role))
    return signed_in


def visit_in_turn(
    door: Callable[[Visit], bool],
    code: str,
    another: User,
    cast: Cast,
    clients: Mapping[str, Client],
    folder: Path,
) -> list[bool]:
    """For whom of the roles it opens; each finds all as if nobody had been there before."""
    opened = []
    with as_if_never():
        batch = OF_ANOTHER[door](code, another) if door in OF_ANOTHER else None
        for role in ROLES:
            with as_if_never():
                person = User.objects.get(pk=getattr(cast, role).pk)
                opened.append(door(Visit(code, person, clients[role], folder, batch and batch.pk)))
    return opened


@pytest.mark.parametrize("code", TABLE)
def test_every_door_of_a_kind_opens_for_whom_it_should(code, another, cast, clients, tmp_path) -> None:
    found: dict[str, dict[str, str]] = {}
    expected: dict[str, dict[str, str]] = {}
    for right, doors in DOORS.items():
        for door in doors:
            if door is admin_page and code not in ADMIN_PAGES:
                continue
            opened = visit_in_turn(door, code, another, cast, clients, tmp_path)
            found.setdefault(right, {})[door.__name__] = " ".join("x" if each else "." for each in opened)
            allowed = TABLE[code][right].split()
            if door is admin_page:
                # The administration is open to officers and administrators alone, whatever else they may load.
                allowed = [".", ".", ".", *allowed[3:]]
            expected.setdefault(right, {})[door.__name__] = " ".join(allowed)
    assert found == expected


def test_who_gets_to_the_pages_of_the_administration() -> None:
    """The kinds that have a page there."""
    assert set(ADMIN_PAGES) == {
        "country_facts", "offices", "conventions", "ratifications", "key_figures", "users", "memberships",
        "breakdowns", "indicators", "reference_frameworks", "reference_goals", "alignments", "assignments",
        "baselines", "targets", "history", "tags", "activities", "funding", "funding_totals",
    }  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_the_pages_lead_to_what_one_may_load_and_take_away_and_to_nothing_else(
    role, another, clients
) -> None:
    for right, page, address in (
        ("load", "imports", lambda code: f'href="{reverse("import-new", args=[code])}"'),
        ("take away", "downloads", lambda code: reverse("export", args=[code, "xlsx"])),
    ):
        text = clients[role].get(reverse(page)).content.decode()
        allowed = {code for code in TABLE if TABLE[code][right].split()[ROLES.index(role)] == "x"}
        assert {code for code in TABLE if address(code) in text} == allowed


def test_an_administrator_sees_that_drafts_are_there_and_officers_do_not(
    another, cast, clients, tmp_path
) -> None:
    seen = visit_in_turn(page_of_another, "progress", another, cast, clients, tmp_path)
    assert dict(zip(ROLES, seen, strict=True)) == {**dict.fromkeys(ROLES, False), "administrator": True}


def test_the_workbook_of_the_strategy_names_nobody(strategy, missions, cast, sign_in) -> None:
    """It is passed on; people go out alone, or in the complete export."""
    answer = sign_in(cast.administrator).get(reverse("export-all", args=["xlsx"]))
    names = openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames
    assert {"countries", "missions", "targets"} <= set(names)
    assert not {"users", "memberships"} & set(names)
