"""Load a workbook from the shell, by the same path as the pages; prints one JSON object.

A dry run leaves nothing behind, no batch either. With ``--commit`` the file is kept on an import batch, also
where it is refused: that is the record of what was tried.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from tracker.access.models import User
from tracker.batches.plans import Plan, RowError
from tracker.batches.services import Checked, load_file, plan_file
from tracker.common.commands import Command as BaseCommand
from tracker.common.errors import Refused
from tracker.imports.everything import Loaded, load_everything
from tracker.imports.registry import KINDS, find_kind

# The kind that stands for the archive of a complete export.
EVERYTHING = "everything"


class Command(BaseCommand):
    help = "Check a workbook (XLSX, XLS, ODS or CSV) and, with --commit, load it: all of it or nothing."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "kind",
            metavar="KIND",
            help=", ".join([*(code for code in KINDS if code != "history"), EVERYTHING]),
        )
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--commit", action="store_true", help="save; without it nothing is written")
        parser.add_argument(
            "--as", dest="email", metavar="EMAIL", help="act as this person, with their rights"
        )
        parser.add_argument("--approved", action="store_true", help="progress only: load as approved history")
        parser.add_argument(
            "--source", default="", help="with --approved: the document the figures come from"
        )
        parser.add_argument("--reason", default="", help="why values that are there are changed")
        how = parser.add_argument_group("how the file is read; what is not said is found out")
        how.add_argument("--sheet", help="the name of a sheet, or * for all that have the columns")
        how.add_argument("--header-row", type=int, metavar="NUMBER")
        how.add_argument("--encoding", help="of a CSV file")
        how.add_argument("--delimiter", help="of a CSV file")
        how.add_argument("--decimal-mark", choices=[".", ","])
        how.add_argument(
            "--column",
            dest="columns",
            action="append",
            metavar="HEADING=NAME",
            help="what a heading means; HEADING= leaves its column out",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["kind"] == EVERYTHING:
            self._load_everything(options)
            return
        try:
            checked, committed = self._load(options)
        except Refused as refusal:
            checked = Checked(Plan(errors=[RowError(None, None, None, str(refusal.message))]), rows=0)
            committed = False
        plan = checked.plan
        answer = {
            "kind": options["kind"],
            "committed": committed,
            "rows": checked.rows,
            **plan.counts(),
            "errors": [
                {
                    "row": None if error.row is None else checked.row_of(error.row),
                    "column": error.column,
                    "value": error.value,
                    "message": error.message,
                }
                for error in plan.errors
            ],
            "unknown_columns": checked.unknown_columns,
        }
        for warning in checked.warnings:
            self.stderr.write(warning)
        for question in plan.questions:
            self.stderr.write(_say_question(checked, question))
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        if plan.errors:
            sys.exit(1)

    def _load_everything(self, options: dict[str, Any]) -> None:
        """Load the archive of a complete export, and say the same of it; each error names its file."""
        try:
            if options["email"]:
                raise Refused(_("--as is not for everything: its people come along with it. Leave it out."))
            loaded = load_everything(path=options["file"], commit=options["commit"])
        except Refused as refusal:
            loaded = Loaded(errors=[("", RowError(None, None, None, str(refusal.message)))])
        answer = {
            "kind": EVERYTHING,
            "committed": options["commit"] and not loaded.errors,
            "rows": loaded.rows,
            **loaded.counts,
            "errors": [
                {
                    "file": name or None,
                    **{key: getattr(error, key) for key in ("row", "column", "value", "message")},
                }
                for name, error in loaded.errors
            ],
            "unknown_columns": [],
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        if loaded.errors:
            sys.exit(1)

    def _load(self, options: dict[str, Any]) -> tuple[Checked, bool]:
        """Check the file and, where asked and right, save it. Raises Refused."""
        code = "history" if options["kind"] == "progress" and options["approved"] else options["kind"]
        kind = find_kind(code)
        if kind is None:
            raise Refused(
                _("There is no kind “%(kind)s”. Kinds are: %(kinds)s.")
                % {"kind": code, "kinds": ", ".join(each for each in KINDS if each != "history")}
            )
        if options["approved"] and code != "history":
            raise Refused(_("--approved is for progress alone. Leave it out."))
        user = self._person(options)
        data = self._read(options["file"])
        given = {name: options[name] for name in ("source", "reason") if options[name]}
        name = options["file"].name
        load = load_file if options["commit"] else plan_file
        checked = load(
            kind=kind, data=data, filename=name, user=user, options=given, reading=_reading_of(options)
        )
        return checked, options["commit"] and not checked.has_errors

    def _person(self, options: dict[str, Any]) -> User | None:
        """In whose name, None for the operator of the machine. Raises Refused."""
        if not options["email"]:
            return None
        user = User.objects.filter(email=options["email"].strip().lower(), is_active=True).first()
        if user is None:
            raise Refused(
                _("Nobody who may sign in has the address %(email)s.") % {"email": options["email"]}
            )
        return user

    def _read(self, file: Path) -> bytes:
        try:
            return file.read_bytes()
        except OSError as error:
            raise Refused(
                _("%(file)s cannot be read: %(reason)s.") % {"file": file, "reason": error.strerror}
            ) from error


def _reading_of(options: dict[str, Any]) -> dict[str, Any]:
    """How somebody wants the file to be read. Raises Refused."""
    names = ("sheet", "header_row", "encoding", "delimiter", "decimal_mark")
    reading = {name: options[name] for name in names if options[name] is not None}
    if options["columns"]:
        pairs = [each.rpartition("=") for each in options["columns"]]
        if not all(heading and equals for heading, equals, _name in pairs):
            raise Refused(_("Write --column HEADING=NAME."))
        reading["mapping"] = {heading: name for heading, _equals, name in pairs}
    return reading


def _say_question(checked: Checked, question: RowError) -> str:
    """A question about a row, as a line of text."""
    assert question.row is not None
    return _("Row %(row)s, %(column)s, “%(value)s”: %(question)s") % {
        "row": checked.row_of(question.row),
        "column": question.column,
        "value": question.value,
        "question": question.message,
    }
