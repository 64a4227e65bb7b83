"""Pages that are not there: what is known near the code that was asked for, and where to search."""

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Case, Model, QuerySet, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ..reading.near import Near, near_codes
from ..reading.places import PLACES, address_of, list_of

M = TypeVar("M", bound=Model)

LONGEST_SHOWN = 60


class NotKnown(Http404):
    """There is no such thing, said in a sentence with what is near; raised only for who may read such things."""

    def __init__(self, sentence: str, *, near: Sequence[Near] = (), all_of_them: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.near = near
        self.all_of_them = all_of_them


def found_or_near(
    things: QuerySet[M], code: str, *, kind: str, title: str, field: str = "code", parent: str = ""
) -> M:
    """The one of ``things`` with this code, else with this code in another case; otherwise `NotKnown`, a page that
    helps (404).

    ``kind`` is its place in `places.PLACES`, ``title`` and ``field`` are the columns of its name and its code,
    ``parent`` is what its address needs besides. One query where it is found, two where it is not.
    """
    plain = code.replace("\x00", "")  # which no text of the database can hold
    if plain == code:
        to_the_letter = Case(When(**{field: code}, then=0), default=1)
        found = things.filter(**{f"{field}__iexact": code}).order_by(to_the_letter, field).first()
        if found is not None:
            return found
    known = dict(things.order_by().values_list(field, title))
    shown = plain if len(plain) <= LONGEST_SHOWN else plain[:LONGEST_SHOWN] + "…"
    raise NotKnown(
        _("There is no %(kind)s with the code “%(code)s”.") % {"kind": PLACES[kind].one, "code": shown},
        near=[
            Near(each, known[each], address_of(kind, each, parent))
            for each in near_codes(plain[:LONGEST_SHOWN], known)
        ],
        all_of_them=list_of(kind, parent),
    )


def show_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for what is not there; of other exceptions nothing is shown, as they name tables."""
    known = exception if isinstance(exception, NotKnown) else None
    return render(request, "404.html", {"missing": known}, status=404)
