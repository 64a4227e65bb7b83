"""The hidden column by which a row that went out is known again when it comes back.

Codes stand where people type. Who sorts one column alone, or types over a code, would load the figures of one
row as those of another: the key says what the row was made for, and a row that says otherwise is refused.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from .plans import RowError, show

if TYPE_CHECKING:
    from .kinds import Kind

# Its heading. No kind has a column of this name.
ROW_KEY = "row_key"
# The heading of a column that templates have for people to read; it is never loaded.
ROW_ABOUT = "about"
_BETWEEN = " / "
# A part that is empty: a cell is read without the spaces around its text.
_NOTHING = "–"


def key_of(kind: "Kind", row: Mapping[str, Any]) -> str:
    """What a row is about, as its key says it: SP1-O1-I1 / KG / 2021-Q3."""
    return _BETWEEN.join(_write(row.get(name)) or _NOTHING for name in kind.named_by)


def find_changed(kind: "Kind", rows: Sequence[Any], keys: Mapping[int, Any]) -> Iterator[RowError]:
    """What is wrong with typed rows whose key (by row) speaks of another thing than their columns do."""
    for row in rows:
        kept = keys.get(row.row)
        if kept is None:
            continue
        now = [_write(getattr(row, name)) for name in kind.named_by]
        then = ["" if part == _NOTHING else part for part in show(kept).split(_BETWEEN)]
        if _BETWEEN.join(now).casefold() in (show(kept).casefold(), _BETWEEN.join(then).casefold()):
            continue
        if len(then) != len(now):
            then = [show(kept)] * len(now)
        for name, written, meant in zip(kind.named_by, now, then, strict=True):
            if written.casefold() != meant.casefold():
                yield RowError(
                    row.row,
                    name,
                    written or None,
                    _(
                        "This row was made for %(meant)s and now says %(written)s. Put %(meant)s back, or, if the "
                        "row is meant for %(written)s, empty its cell in the hidden column %(column)s."
                    )
                    % {
                        "meant": f"“{meant}”" if meant else _("an empty cell"),
                        "written": f"“{written}”" if written else _("nothing"),
                        "column": ROW_KEY,
                    },
                )
                break


def _write(value: Any) -> str:
    """A part of a key; of a period as it is written."""
    return show(getattr(value, "written", value))
