"""Sentences about people's roles that pages and files share."""

from datetime import date

from django.utils.translation import gettext as _

from tracker.common.formats import show_date


def say_days(starts_on: date | None, ends_on: date | None) -> str:
    """From when to when a membership holds."""
    if starts_on and ends_on:
        return _("from %(first)s to %(last)s") % {"first": show_date(starts_on), "last": show_date(ends_on)}
    if starts_on:
        return _("from %(first)s on") % {"first": show_date(starts_on)}
    return _("until %(last)s") % {"last": show_date(ends_on)} if ends_on else _("without a last day")


def say_nobody_left() -> str:
    """Why the last administrator stays one."""
    return _(
        "Nobody would be administrator any more. Make somebody else administrator first, without a last day."
    )


def say_locked_out() -> str:
    """Why people do not take their own right to administer by a file."""
    return _("You would not be administrator any more. Have another administrator do this.")
