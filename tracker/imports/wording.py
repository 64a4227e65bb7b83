"""What the pages of imports say: what kinds are for, how a file was read, how far a job is."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tracker.batches.choices import BatchStatus, Stage
from tracker.batches.models import ImportBatch
from tracker.common.formats import show_number
from tracker.common.workbooks.encodings import ENCODINGS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.batches.services.taking import Taking

PLAIN_TEXT = (".csv", ".tsv", ".tab", ".txt")
"""Files that say nothing of their characters and delimiters."""

DELIMITER_NAMES: "Mapping[str, str | Promise]" = {
    ",": gettext_lazy("a comma"),
    ";": gettext_lazy("a semicolon"),
    "\t": gettext_lazy("a tab"),
    "|": gettext_lazy("a bar |"),
}
DECIMAL_MARKS: "Mapping[str, str | Promise]" = {
    ".": gettext_lazy("a point (1.5)"),
    ",": gettext_lazy("a comma (1,5)"),
}


_LISTS: "Mapping[str, str | Promise]" = {
    "framework": gettext_lazy("Framework"),
    "imports": gettext_lazy("Imports"),
    "reporting": gettext_lazy("Reporting"),
    "reports": gettext_lazy("Reports"),
    "review": gettext_lazy("Review"),
}


def say_taken(taking: "Taking", *, titles: "Mapping[str, str]") -> str:
    """What somebody took away: a kind by its title (``titles``, by code), a template, the list of a page, all."""
    what, _parted, name = taking.what.partition(" ")
    if what == "template":
        return _("Template: %(kind)s") % {"kind": titles.get(name, name)}
    if what == "list":
        page, _parted, code = name.partition("-")
        if page == "objective":
            return _("List: objective %(code)s") % {"code": code}
        return _("List: %(name)s") % {"name": _LISTS.get(name, name)}
    if what == "all":
        return _("The whole strategy")
    if what == "everything":
        return _("The complete export, confidential")
    return titles.get(what, taking.what)


# -- How a file was read -------------------------------------------------------------------------------
def say_found(batch: ImportBatch) -> dict[str, str]:
    """For each thing that can be chosen of a reading, what was found in the file, as the choice of leaving it so."""
    read = batch.read_as
    chosen = batch.reading
    names = [part["name"] for part in read.get("parts", []) if part["name"]]
    found = {
        "sheet": ", ".join(names),
        "encoding": str(ENCODINGS.get(read.get("encoding") or "", "")),
        "delimiter": str(DELIMITER_NAMES.get(read.get("delimiter") or "", "")),
        "decimal_mark": str(DECIMAL_MARKS.get(read.get("decimal_mark") or "", "")),
    }
    return {
        name: _("As found: %(found)s") % {"found": what}
        for name, what in found.items()
        if what and not chosen.get(name)
    }


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known of a reading."""

    name: str
    value: str


def say_reading(batch: ImportBatch) -> list[Fact]:
    """How the file of a batch was read, thing by thing."""
    read = batch.read_as
    facts = [_say_part(part) for part in read.get("parts", [])]
    if encoding := read.get("encoding"):
        facts.append(Fact(_("Characters"), str(ENCODINGS.get(encoding, encoding))))
    if delimiter := read.get("delimiter"):
        facts.append(Fact(_("Cells are parted by"), str(DELIMITER_NAMES.get(delimiter, delimiter))))
    if mark := read.get("decimal_mark"):
        facts.append(Fact(_("Decimal mark"), str(DECIMAL_MARKS.get(mark, mark))))
    if hxl := read.get("hxl"):
        facts.append(Fact(_("HXL tags"), ", ".join(hxl.values() if isinstance(hxl, dict) else hxl)))
    renamed = {column: title for column, title in read.get("titles", {}).items() if column != title.strip()}
    if renamed:
        pairs = [
            _("“%(heading)s” as %(column)s") % {"heading": title, "column": column}
            for column, title in renamed.items()
        ]
        facts.append(Fact(_("Columns taken"), "; ".join(pairs)))
    if ignored := read.get("ignored_columns"):
        facts.append(Fact(_("Columns left out on purpose"), ", ".join(ignored)))
    return facts


def _say_part(part: "Mapping[str, object]") -> Fact:
    if not part["name"]:
        return Fact(_("Header row"), str(part["header_row"]))
    return Fact(
        _("Sheet"), _("%(name)s, header in row %(row)d") % {"name": part["name"], "row": part["header_row"]}
    )


# -- How far it is -------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Course:
    """How far the job of a batch is: the step that it is at, of how many, and in words."""

    step: int
    steps: int
    sentence: str


_CHECKING = (Stage.READING, Stage.CHECKING, Stage.KEEPING)
_SAVING = (Stage.READING, Stage.SAVING)


def say_course(batch: ImportBatch) -> Course:
    """How far a batch that is being checked or saved is."""
    stages = _SAVING if batch.status == BatchStatus.SAVING else _CHECKING
    stage = batch.job.stage if batch.job is not None else ""
    if stage not in stages:
        return Course(0, len(stages), _("It waits for its turn."))
    step = stages.index(Stage(stage))
    total = batch.job.total if batch.job is not None else 0
    sentences = {
        Stage.READING: _("Reading the file."),
        Stage.CHECKING: _("%(rows)s read; they are being checked."),
        Stage.KEEPING: _("%(rows)s read and checked; what was found is being kept."),
        Stage.SAVING: _("%(rows)s read; they are being checked once more and written."),
    }
    rows = ngettext("%(count)s row", "%(count)s rows", total) % {"count": show_number(total)}
    return Course(step + 1, len(stages), sentences[Stage(stage)] % {"rows": rows})
