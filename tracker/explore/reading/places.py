"""Where the page of a thing is: one table from kinds of things to addresses, for whatever lists things of many kinds
(search, checks, pages that are not there).
"""

from dataclasses import dataclass
from urllib.parse import quote

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Place:
    """A kind of thing, in words, and the address of one of them.

    ``name`` is the name of the address, ``takes`` its parts (``code``, ``parent``), ``after`` what follows it
    where the thing is a row of a list. ``within`` is the kind of its parent, where that one's page lists its like.
    """

    one: Promise
    many: Promise
    name: str
    takes: tuple[str, ...] = ("code",)
    after: str = ""
    listed_at: str = "framework"
    within: str = ""


PLACES: dict[str, Place] = {
    "country": Place(_("country or area"), _("Countries and areas"), "country", listed_at="countries"),
    "mission": Place(_("mission"), _("Missions"), "mission", listed_at="countries"),
    "office": Place(_("office"), _("Offices"), "offices", (), "#{code}", listed_at="offices"),
    "pillar": Place(_("pillar"), _("Pillars"), "framework", ()),
    "priority": Place(
        _("priority or area"), _("Priorities and areas"), "framework", (), "?priority={code}#indicators"
    ),
    "objective": Place(_("objective"), _("Objectives"), "objective"),
    "indicator": Place(_("indicator"), _("Indicators"), "indicator"),
    "reference": Place(
        _("reference framework"), _("Reference frameworks"), "reference", listed_at="references"
    ),
    "goal": Place(
        _("reference goal"),
        _("Reference goals"),
        "reference-goal",
        ("parent", "code"),
        listed_at="references",
        within="reference",
    ),
    "activity": Place(_("activity"), _("Activities"), "activity", listed_at="activities"),
    "tag": Place(_("subject"), _("Subjects of activities"), "activities", (), "?tag={code}", "activities"),
    "convention": Place(
        _("convention"), _("Conventions"), "conventions", (), "#{code}", listed_at="conventions"
    ),
    "figure": Place(_("key figure"), _("Key figures"), "key-figures", (), "#{code}", listed_at="key-figures"),
    "funding": Place(
        _("funding requirement"), _("Funding"), "funding", (), "?year={parent}", listed_at="funding"
    ),
}


def address_of(kind: str, code: str, parent: str = "") -> str:
    """The address of a thing; empty where its kind has none, or its code cannot stand in one."""
    place = PLACES.get(kind)
    if place is None:
        return ""
    parts = {"code": code, "parent": parent}
    try:
        path = reverse(place.name, args=[parts[name] for name in place.takes])
    except NoReverseMatch:
        return ""
    return path + place.after.format(**{name: quote(part, safe="") for name, part in parts.items()})


def list_of(kind: str, parent: str = "") -> str:
    """The address of the list of all things of a kind, or of those of one parent, where it has a list of its own."""
    place = PLACES[kind]
    return (parent and address_of(place.within, parent)) or reverse(place.listed_at)
