"""What saving a page of a report has in common: a lock that was met, and what a save came to."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.access.requests import PersonRequest
from tracker.common.errors import NotAllowed, Refused

from .. import services


def keep_unsaved(
    request: PersonRequest, whose: services.FormPage, refusal: Refused, *, is_row: bool = False
) -> tuple[services.Typing, str, int]:
    """A lock was met: what was typed comes back, now and when the page is opened again (``is_row``: one row of it).
    Says what that is, why nothing was saved, and the status of the answer.
    """
    typing = services.typing_in(request.POST, whose.part)
    services.keep_typing(page=whose, typing=typing, is_row=is_row)
    refused = _("Nothing was saved. %(why)s") % {"why": refusal}
    return typing, refused, 403 if isinstance(refusal, NotAllowed) else 409


def drop_restored(request: PersonRequest, whose: services.FormPage) -> None:
    """Keep what was put back into the boxes no longer: it was sent, and is saved or on the page."""
    if "restored" in request.POST:
        services.drop_typing(whose)


def say_saved(said: str, *, count: int, readings: Iterable[str], wrong: int) -> str:
    """What a save came to: ``said`` of the rows that it wrote, how their numbers were read, and how many are left."""
    if read := ", ".join(readings):
        said += " " + _("Read: %(readings)s.") % {"readings": read}
    if wrong:
        left = ngettext(
            "%(count)s needs your attention and is not saved yet.",
            "%(count)s need your attention and are not saved yet.",
            wrong,
        ) % {"count": wrong}
        return f"{said} {left}" if count else left
    return said if count else _("Nothing was changed, so nothing was saved.")
