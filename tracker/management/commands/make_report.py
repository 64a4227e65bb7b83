"""``manage.py make_report KIND --period 2022-Q4 [--mission KG] [--format pdf] [--to FOLDER]``: a periodic
report now, made in this process as a worker would; prints where its files are.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from tracker.common.commands import Command as BaseCommand
from tracker.common.errors import Refused
from tracker.common.jobs.choices import JobStatus
from tracker.common.jobs.running import run_job
from tracker.progress.models import ReportingPeriod
from tracker.region.models import Mission
from tracker.reports.choices import EditionFormat, EditionKind
from tracker.reports.models import Edition
from tracker.reports.services import MAKE_EDITION, request_edition
from tracker.reports.tasks import make_files


class Command(BaseCommand):
    help = "Make a periodic report now and write its files into a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=EditionKind.values)
        parser.add_argument("--period", required=True, help="for example 2022-Q4")
        parser.add_argument("--mission", help="code of the mission, for a mission's report")
        parser.add_argument("--format", choices=EditionFormat.values, help="only this one (all unless given)")
        parser.add_argument("--to", type=Path, help="folder for the files (reports/ in VAR_DIR unless given)")

    def handle(self, *args: Any, **options: Any) -> None:
        period = ReportingPeriod.objects.of_current_strategy().filter(code=options["period"]).first()
        if period is None:
            raise CommandError(
                _("There is no period %(period)s; write it like 2022-Q4.") % {"period": options["period"]}
            )
        mission = None
        if options["mission"]:
            mission = Mission.objects.filter(code=options["mission"].upper()).first()
            if mission is None:
                raise CommandError(
                    _("There is no mission %(mission)s; a code is like KG or ROV.")
                    % {"mission": options["mission"]}
                )
        folder = _folder(options["to"])
        try:
            edition = request_edition(kind=options["kind"], period=period, mission=mission, user=None)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        # A worker may have been quicker; then there is nothing left to do here.
        run_job(job_id=edition.job_id, task=MAKE_EDITION, body=make_files)
        self._write(edition, options["format"], folder)

    def _write(self, edition: Edition, chosen: str | None, folder: Path) -> None:
        edition.job.refresh_from_db()
        if edition.job.status != JobStatus.DONE:
            raise CommandError(
                edition.job.error
                or _("A worker is making it; it will be on the page of reports in a moment.")
            )
        folder.mkdir(parents=True, exist_ok=True)
        for file in edition.files.to_hand_out().select_related("edition__mission", "edition__period"):
            if chosen in (None, file.format):
                path = folder / file.download_name
                with file.file.open("rb") as stored:
                    path.write_bytes(stored.read())
                self.stdout.write(str(path))


def _folder(chosen: Path | None) -> Path:
    """Where the files go: the folder that was chosen, which must be there, or the tracker's own."""
    if chosen is None:
        return Path(settings.VAR_DIR, "reports")
    if not chosen.is_dir():
        raise CommandError(_("There is no folder %(folder)s. Make it first.") % {"folder": chosen})
    return chosen
