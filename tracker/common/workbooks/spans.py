"""Numbers in a row, said briefly: rows 5–9 and 12."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# So many are named; what is more is counted.
_NAMED = 8


def name_spans(numbers: Iterable[int], *, write: Callable[[int], str] = str) -> str:
    """Give numbers as a list of spans, each number written by `write`; a long list says how many more there are.

    1, 2, 3 and 7 are "1–3 and 7".
    """
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    written = [
        write(first) if first == last else f"{write(first)}–{write(last)}" for first, last in spans[:_NAMED]
    ]
    if len(spans) > _NAMED:
        rest = sum(last - first + 1 for first, last in spans[_NAMED:])
        written.append(ngettext("%(count)d more", "%(count)d more", rest) % {"count": rest})
    if len(written) < 2:
        return "".join(written)
    return _("%(first)s and %(last)s") % {"first": ", ".join(written[:-1]), "last": written[-1]}
