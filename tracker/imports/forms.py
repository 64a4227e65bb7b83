"""The forms of imports: a file with what is said beside it, how it is to be read, why it is taken back."""

from collections.abc import Collection, Mapping
from pathlib import PurePath
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.batches.forms import ACCEPTED, option_field
from tracker.batches.kinds import Kind
from tracker.batches.models import ImportBatch
from tracker.batches.selections import Selection
from tracker.common.formfields import offer_choices
from tracker.common.workbooks.csvfiles import DELIMITERS
from tracker.common.workbooks.encodings import ENCODINGS
from tracker.common.workbooks.sheets import ALL_SHEETS

from .wording import DECIMAL_MARKS, DELIMITER_NAMES, PLAIN_TEXT, say_found

_LAST_HEADER_ROW = 10_000
MOST_HEADINGS = 40
"""So many headings are asked about on a page; the others stay as they are."""

NOT_USED = "?"
"""What is posted for a heading of which nobody says anything."""


class UploadForm(forms.Form):
    """A file, and what its kind asks to be said beside it. ``token`` tells a button pressed twice."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": gettext_lazy("Choose a file first.")},
    )
    token = forms.SlugField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said_beside = [option.value for option in kind.options]
        for option in kind.options:
            self.fields[option.value] = option_field(option)

    def options(self) -> dict[str, str]:
        """What was said beside the file."""
        said = {name: self.cleaned_data[name] for name in self.said_beside}
        return {name: value for name, value in said.items() if value}

    def beside(self) -> list[forms.BoundField]:
        """The fields beside the file."""
        return [self[name] for name in self.said_beside]


class ReadingForm(forms.Form):
    """How the file of a batch is to be read when it is checked again, and what is said beside it.

    ``columns`` are the names that a heading may stand for. What is left empty is found out.
    """

    sheet = forms.ChoiceField(label=gettext_lazy("Sheet"), required=False)
    header_row = forms.IntegerField(
        label=gettext_lazy("Header row"),
        help_text=gettext_lazy("The row with the names of the columns."),
        required=False,
        min_value=1,
        max_value=_LAST_HEADER_ROW,
    )
    encoding = forms.ChoiceField(label=gettext_lazy("Characters"), required=False)
    delimiter = forms.ChoiceField(label=gettext_lazy("Cells are parted by"), required=False)
    decimal_mark = forms.ChoiceField(label=gettext_lazy("Decimal mark"), required=False)

    def __init__(
        self, data: QueryDict | None = None, *, batch: ImportBatch, kind: Kind, columns: Collection[str]
    ) -> None:
        super().__init__(data, initial={**batch.reading, **batch.options})
        self.sent = data or QueryDict()
        self.batch, self.columns = batch, columns
        self.said_beside = [option.value for option in kind.options]
        for option in kind.options:
            self.fields[option.value] = option_field(option)
        self._offer_what_applies()

    def _offer_what_applies(self) -> None:
        read = self.batch.read_as
        sheets = [each["name"] for each in read.get("sheets", []) if each["name"]]
        chosen = self.batch.reading.get("sheet")
        if chosen and chosen != ALL_SHEETS and chosen not in sheets:
            sheets.append(chosen)
        choices: dict[str, list[tuple[str, Any]]] = {
            "sheet": [(name, name) for name in sheets]
            + ([(ALL_SHEETS, _("All sheets with these columns"))] if len(sheets) > 1 else []),
            "encoding": list(ENCODINGS.items()),
            "delimiter": [(mark, DELIMITER_NAMES[mark]) for mark in DELIMITERS],
            "decimal_mark": list(DECIMAL_MARKS.items()),
        }
        is_text = bool(read.get("encoding")) or PurePath(self.batch.filename).suffix.lower() in PLAIN_TEXT
        offered = {"sheet": len(sheets) > 1, "encoding": is_text, "delimiter": is_text, "decimal_mark": True}
        found = say_found(self.batch)
        for name, is_offered in offered.items():
            if not is_offered:
                del self.fields[name]
                continue
            offer_choices(self, name, [("", found.get(name) or _("As found")), *choices[name]])

    def how(self) -> list[forms.BoundField]:
        """The fields that say how the file is read."""
        return [field for field in self if field.name not in self.said_beside]

    def beside(self) -> list[forms.BoundField]:
        """The fields that are said beside the file."""
        return [self[name] for name in self.said_beside]

    def options(self) -> dict[str, Any]:
        """What is said beside the file, what the form does not ask for included."""
        said = {name: self.cleaned_data[name] for name in self.said_beside}
        kept = {name: value for name, value in self.batch.options.items() if name not in said}
        return kept | {name: value for name, value in said.items() if value}

    def reading(self) -> dict[str, Any]:
        """How the file is to be read: what was chosen, and what headings mean where somebody says so."""
        names = [name for name in self.fields if name not in self.said_beside]
        chosen = {name: self.cleaned_data[name] for name in names if self.cleaned_data[name]}
        mapping = self._mapping()
        # Nothing said: what was remembered of such files holds, if anything was.
        return {**chosen, "mapping": mapping} if mapping or mapping_of(self.batch) else chosen

    def _mapping(self) -> dict[str, str]:
        """What every heading means, from the two lists that the page sends."""
        sent = zip(self.sent.getlist("heading"), self.sent.getlist("column"), strict=False)
        mapping = dict(mapping_of(self.batch))
        for heading, column in sent:
            mapping.pop(heading, None)
            if column == "" or column in self.columns:
                mapping[heading] = column
        return mapping

    def headings(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """The headings to be asked about: each with what it means now, and what it may mean."""
        mapping = mapping_of(self.batch)
        by_itself = {
            column for column, title in self.batch.read_as.get("titles", {}).items() if title not in mapping
        }
        free = [(name, name) for name in self.columns if name not in by_itself]
        choices = [(NOT_USED, _("Not used")), *free, ("", _("Not used, and not asked about again"))]
        names = list(dict.fromkeys([*self.batch.unknown_columns, *mapping]))
        return [(name, mapping.get(name, NOT_USED), choices) for name in names[:MOST_HEADINGS]]


def mapping_of(batch: ImportBatch) -> Mapping[str, str]:
    """What headings of a batch's file were taken to mean, by somebody's word or as remembered."""
    read_as: Mapping[str, Any] = batch.read_as.get("reading", batch.reading)
    mapping: Mapping[str, str] = read_as.get("mapping") or {}
    return mapping


class SelectionForm(forms.Form):
    """What of a kind is taken away: of which missions, periods and priorities. Nothing chosen is all of it.

    Reads an address as the files do: codes parted by commas, or a name given several times. ``unknown`` are codes
    that there are not; they are passed over.
    """

    missions = forms.MultipleChoiceField(
        label=gettext_lazy("Missions"), required=False, widget=forms.CheckboxSelectMultiple
    )
    periods = forms.MultipleChoiceField(
        label=gettext_lazy("Periods"), required=False, widget=forms.CheckboxSelectMultiple
    )
    priorities = forms.MultipleChoiceField(
        label=gettext_lazy("Priorities and areas"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        asked: Selection,
        *,
        missions: Mapping[str, str],
        periods: Mapping[str, str],
        priorities: Mapping[str, str],
    ) -> None:
        super().__init__()
        self.unknown: list[str] = []
        self.chosen: dict[str, list[str]] = {}
        self._titles = {"missions": missions, "periods": periods, "priorities": priorities}
        for name, titles in self._titles.items():
            offer_choices(self, name, titles.items())
            codes = getattr(asked, name)
            self.chosen[name] = [code for code in titles if code in codes]
            self.unknown += sorted(codes - titles.keys())
        self.initial = self.chosen

    @property
    def is_set(self) -> bool:
        """Something was chosen."""
        return any(self.chosen.values())

    @property
    def query(self) -> str:
        """What was chosen, as the files take it in an address."""
        return urlencode({name: ",".join(codes) for name, codes in self.chosen.items() if codes}, safe=",")

    def groups(self) -> list[tuple[forms.BoundField, str]]:
        """Each field with what is chosen of it, in words; "" where all is."""
        return [
            (self[name], ", ".join(titles[code] for code in self.chosen[name]))
            for name, titles in self._titles.items()
        ]


class UndoForm(forms.Form):
    """Why a saved file is taken back. The service says what is wrong with a reason."""

    reason = forms.CharField(
        label=gettext_lazy("Why is it undone?"),
        help_text=gettext_lazy("The reason stays on record."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
