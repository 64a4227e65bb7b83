"""Typing that could not be saved: the session had ended, or the report was locked meanwhile.

It is kept for the person whose page it was, for that one report, and put back into the form when they open it
again; nobody else is ever shown it. Whose page it was is told by a signature in the page, since whoever sends
it may be signed out, or somebody else may have signed in on the same machine.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.core.cache import cache
from django.utils import timezone

DAYS_KEPT = 14
"""As long as a session lasts, so that who comes back at all finds it."""

MOST_BYTES = 512 * 1024

RESULTS, ACTIVITIES, NARRATIVE, EVIDENCE = "", "activities", "narrative", "evidence"
"""The pages of a report, each with a form of its own."""

_FIELDS = {
    RESULTS: r"\d{1,18}-(?:shown|parts|choice|value|n|d|na|comment|c\d{1,18}-(?:value|n|d))",
    ACTIVITIES: r"\d{1,18}-(?:shown|choice|status|spent|currency|people|quotable|internal)",
    NARRATIVE: r"(?:achievements|challenges|next_steps)-(?:shown|choice|language|quotable|internal)",
    EVIDENCE: r"title|note|link|indicator",
}


@dataclass(frozen=True)
class FormPage:
    """A form of one report, as one person was shown it: ids and codes; ``part`` is the page of it."""

    person: int
    period: str
    mission: str
    part: str = RESULTS


@dataclass(frozen=True)
class Typing:
    """The fields of a report's form as they were sent, and when."""

    fields: Mapping[str, str]
    at: datetime

    @property
    def fits(self) -> bool:
        """Whether it is little enough to be kept."""
        return sum(len(name) + len(text.encode()) for name, text in self.fields.items()) <= MOST_BYTES


def typing_in(posted: Mapping[str, str], part: str = RESULTS) -> Typing:
    """What a form sent, without anything that is not a row's."""
    field = re.compile(_FIELDS[part], re.ASCII)
    fields = {name: posted[name] for name in posted if posted[name] and field.fullmatch(name)}
    return Typing(fields, timezone.now())


def sign_page(page: FormPage) -> str:
    """A mark for the form that says whose page it is."""
    return _signer(page).sign(str(page.person))


def read_mark(mark: str, *, period: str, mission: str, part: str = RESULTS) -> FormPage | None:
    """The page of this report that a form was sent from; None where its mark is not ours, or too old."""
    try:
        signed = _signer(FormPage(0, period, mission, part)).unsign(mark, max_age=DAYS_KEPT * 86_400)
    except signing.BadSignature:
        return None
    return FormPage(int(signed), period, mission, part)


def keep_typing(*, page: FormPage, typing: Typing, is_row: bool = False) -> bool:
    """Keep it for this person and report, in place of what was kept before (``is_row``: of the same row); False
    where it is too much.
    """
    if is_row and (before := read_typing(page)):
        typing = Typing({**before.fields, **typing.fields}, typing.at)
    if not typing.fits:
        return False
    # Plain, so that a later version of the program can read it.
    cache.set(_key(page), (dict(typing.fields), typing.at), DAYS_KEPT * 86_400)
    return True


def read_typing(page: FormPage) -> Typing | None:
    """What is kept for this person and report."""
    kept = cache.get(_key(page))
    return Typing(*kept) if kept else None


def drop_typing(page: FormPage) -> None:
    """Keep it no longer: it was saved, or is not wanted."""
    cache.delete(_key(page))


def drop_rows(page: FormPage, keys: Collection[str]) -> None:
    """Keep what was typed for these rows no longer; what was typed for others stays."""
    kept = read_typing(page)
    if kept is None:
        return
    left = {name: text for name, text in kept.fields.items() if name.partition("-")[0] not in keys}
    if any(not name.endswith(("-shown", "-parts")) for name in left):
        cache.set(_key(page), (left, kept.at), DAYS_KEPT * 86_400)
    else:
        drop_typing(page)


def _key(page: FormPage) -> str:
    return f"unsaved-typing:{page.person}:{_name(page)}"


def _signer(page: FormPage) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"tracker.reporting.page:{_name(page)}")


def _name(page: FormPage) -> str:
    return f"{page.period}:{page.mission}" + (f":{page.part}" if page.part else "")
