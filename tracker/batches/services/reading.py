"""From the bytes of a file to the typed rows of its kind, and from there to a plan."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tracker.common.collecting import without_collecting
from tracker.common.workbooks.reading import Reading, Sheet, WorkbookError, read_rows

from ..choices import Outcome
from ..kinds import Column, Kind
from ..lines import Place, one_sheet
from ..plans import Change, Plan, RowError, RowKey, show
from ..row_keys import ROW_ABOUT, ROW_KEY, find_changed
from ..typed_rows import TypedRows, type_rows

if TYPE_CHECKING:
    from tracker.access.models import User


@dataclass(slots=True)
class ReadFile:
    """What stands in a file: its typed rows, what is wrong with the others, and how it was read.

    ``flawed`` are those of the others of which more can be said than that they have wrong cells.
    ``rows`` counts all of them; ``columns`` are those that the kind took at the time; ``read_as`` is what the
    batch keeps of the reading; ``headings`` are those of the file, as written. ``tops`` are the first rows of a
    file whose header was not found, (row, its cells as text), one of which it may be. ``untouched`` are the rows
    of a template into which nobody wrote.
    """

    columns: tuple[Column, ...]
    typed: list[Any] = field(default_factory=list)
    flawed: list[Any] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    given: frozenset[str] = frozenset()
    rows: int = 0
    unknown_columns: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    read_as: dict[str, Any] = field(default_factory=dict)
    headings: list[str] = field(default_factory=list)
    tops: list[tuple[int, list[str]]] = field(default_factory=list)
    place_of: Place = one_sheet
    untouched: list[Change] = field(default_factory=list)


def columns_for(kind: Kind, options: Mapping[str, Any]) -> tuple[Column, ...]:
    """The columns that a kind takes now: some depend on what is in the database."""
    return (*kind.columns, *kind.more_columns(options))


def read_file(
    *,
    kind: Kind,
    data: bytes,
    filename: str,
    options: Mapping[str, Any],
    reading: Mapping[str, Any],
    progress: Callable[[int], None] | None = None,
) -> ReadFile:
    """Read a file and type its rows. A file that is no workbook is one error without a row.

    ``progress`` is told how many rows there are, once they are read and before they are typed.
    """
    columns = columns_for(kind, options)
    how = _as_reading(reading, options)
    try:
        sheet = _read_sheet(data, filename, kind, columns, how)
    except WorkbookError as error:
        return ReadFile(
            columns,
            errors=[RowError(None, None, None, str(error))],
            read_as={"reading": how.as_json(), "sheets": [asdict(each) for each in error.sheets]},
            tops=[(row, list(cells)) for row, cells in error.top],
        )
    if progress is not None:
        progress(len(sheet.numbers))
    if len(sheet.parts) > 1:
        sheet.numbers = [RowKey(key, sheet.place_of(key)) for key in sheet.numbers]
    typed = type_rows(kind=kind, columns=columns, sheet=sheet)
    if ROW_KEY in sheet.columns:
        _refuse_changed(kind, typed, dict(zip(sheet.numbers, sheet.columns[ROW_KEY], strict=True)))
    untouched = _take_untouched(kind, typed, sheet) if ROW_ABOUT in sheet.columns else []
    headings = [*sheet.titles.values(), *sheet.unknown_columns, *sheet.ignored_columns]
    return ReadFile(
        columns=columns,
        typed=typed.rows,
        flawed=typed.flawed,
        errors=typed.errors,
        given=typed.given - {ROW_KEY, ROW_ABOUT},
        rows=len(sheet.numbers),
        unknown_columns=list(sheet.unknown_columns),
        warnings=list(sheet.warnings),
        read_as={
            "reading": how.as_json(),
            "sheets": [asdict(each) for each in sheet.sheets],
            "parts": [asdict(each) for each in sheet.parts],
            "encoding": sheet.encoding,
            "delimiter": sheet.delimiter,
            "decimal_mark": sheet.decimal_mark,
            "headings": headings,
            "titles": sheet.titles,
            "ignored_columns": sheet.ignored_columns,
            "hxl": sheet.hxl,
        },
        headings=headings,
        place_of=sheet.place_of if len(sheet.parts) > 1 else one_sheet,
        untouched=untouched,
    )


def _take_untouched(kind: Kind, typed: TypedRows, sheet: Sheet) -> list[Change]:
    """Take out the rows of a template that say what they are about and nothing else: they stand there to be filled
    in, and who leaves one empty has nothing to say, not even that there is nothing.
    """
    keys = {column.name for column in kind.columns if column.key} | {ROW_KEY, ROW_ABOUT}
    said = [
        cells for name, cells in sheet.columns.items() if name not in keys and cells.count(None) < len(cells)
    ]
    about = sheet.columns[ROW_ABOUT]
    empty = {
        number
        for position, number in enumerate(sheet.numbers)
        if about[position] is not None and all(cells[position] is None for cells in said)
    }
    found = [
        Change(row.row, Outcome.UNCHANGED, tuple(show(getattr(row, name)) for name in kind.named_by))
        for row in typed.rows
        if row.row in empty
    ]
    if found:
        typed.rows[:] = [row for row in typed.rows if row.row not in empty]
    return found


def _refuse_changed(kind: Kind, typed: TypedRows, keys: Mapping[int, Any]) -> None:
    """Take out the rows that were made for another thing than they now speak of, with what is wrong."""
    errors = list(find_changed(kind, typed.rows, keys))
    if errors:
        wrong = {error.row for error in errors}
        typed.rows[:] = [row for row in typed.rows if row.row not in wrong]
        typed.errors.extend(errors)


def _as_reading(reading: Mapping[str, Any], options: Mapping[str, Any]) -> Reading:
    """What somebody wants, as the reader takes it."""
    known = {each.name for each in fields(Reading)}
    chosen = {name: value for name, value in reading.items() if name in known}
    mark = chosen.pop("decimal_mark", None) or options.get("decimal_mark")
    return Reading(**chosen, decimal_mark=mark)


def _read_sheet(data: bytes, filename: str, kind: Kind, columns: Sequence[Column], reading: Reading) -> Sheet:
    return read_rows(
        data=data,
        filename=filename,
        columns=[*(column.name for column in columns), ROW_KEY, ROW_ABOUT],
        # What a sentence lists: the other columns may be hundreds, or are hidden.
        expected=[column.name for column in kind.columns],
        percent_columns=[column.name for column in columns if column.percent],
        number_columns=[column.name for column in columns if column.holds_numbers],
        date_columns=[column.name for column in columns if column.holds_dates],
        key_columns=[column.name for column in columns if column.key],
        tags={column.name: column.tag for column in columns if column.tag},
        reading=reading,
    )


def plan_rows(*, kind: Kind, read: ReadFile, options: Mapping[str, Any], user: "User | None") -> Plan:
    """Compare the rows of a file with the database, inside a transaction; nothing is written.

    Where rows have errors, the plan that comes back is that of the others alone, with every error in it: what
    is shown as new or changed is what saving the good rows would write.
    """

    def plan_of(rows: Sequence[Any]) -> Plan:
        if not rows:
            return Plan()
        with without_collecting():
            return kind.plan(rows=rows, given=read.given, options=options, user=user)

    plan = plan_of(read.typed)
    errors = [*plan.errors, *_find_more_errors(kind, plan_of(read.flawed)), *read.errors]
    if errors:
        plan = _plan_good_rows(kind, plan, read.typed, errors, plan_of)
    plan.errors.sort(key=lambda error: (error.row is not None, error.row or 0))
    plan.changes += read.untouched
    plan.changes.sort(key=attrgetter("row"))
    return plan


def _find_more_errors(kind: Kind, flawed: Plan) -> list[RowError]:
    """What is wrong with the codes of rows that have wrong cells too, so that both are said at once. Whatever else a
    plan without those cells finds may be for want of them.
    """
    keys = {*kind.named_by, *(column.name for column in kind.columns if column.key)}
    return [error for error in flawed.errors if error.row is not None and error.column in keys]


def _plan_good_rows(
    kind: Kind,
    plan: Plan,
    rows: Sequence[Any],
    errors: list[RowError],
    plan_of: Callable[[Sequence[Any]], Plan],
) -> Plan:
    """The plan without the rows that have errors, and without those that the kind will not take apart from
    them: of these it gave no outcome, or says now, with the others gone, that they are wrong.
    """
    all_rows, left_out = rows, list[RowError]()
    if not kind.rows_stand_alone or any(error.row is None for error in errors):
        return Plan(plan.changes, errors, refuses_the_file=True)
    while plan.errors:
        good = {change.row for change in plan.changes} - plan.bad_rows()
        kept = [row for row in rows if row.row in good]
        # Where that is all of them, the errors are of none, and there is nothing to be gained.
        plan = plan_of(kept) if len(kept) < len(rows) else Plan()
        if any(error.row is None for error in plan.errors):
            return Plan(errors=errors, refuses_the_file=True)
        left_out += plan.errors
        rows = kept
    taken = {change.row for change in plan.changes}
    told = {error.row for error in [*errors, *left_out]}
    apart = _("It belongs with a row that has an error, and is not saved without it.")
    left_out += [
        RowError(row.row, None, None, apart)
        for row in all_rows
        if row.row not in taken and row.row not in told
    ]
    left_out.sort(key=lambda error: error.row or 0)
    plan.errors, plan.left_out = errors, left_out
    return plan
