"""The list of people."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from .choices import Standing
from .models import Membership, User
from .wording import say_role, say_standing


class PeopleTable(tables.Table):
    """People with their roles: those that hold or lie ahead, and folded those that are over."""

    name = tables.Column(_("Name"), order_by=("name", "email"), empty_values=())
    email = tables.Column(_("E-mail address"))
    roles = tables.Column(_("Roles"), orderable=False, empty_values=())
    standing = tables.Column(_("Account"), order_by=("standing", "name"))

    class Meta:
        model = User
        fields = ("name", "email", "roles", "standing")
        attrs = {"class": "data cards of-people"}
        empty_text = _("Nobody fits these filters. Remove one of them, or show all.")

    def render_name(self, record: User) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("person", args=[record.pk]), record)

    def render_email(self, record: User) -> str:
        return "–" if record.left_at else record.email

    def render_roles(self, record: Any) -> SafeString:
        today = timezone.localdate()
        held: list[Membership] = []
        over: list[Membership] = []
        for each in record.memberships.all():
            (over if each.ends_on and each.ends_on < today else held).append(each)
        said = _lines(held) or format_html('<span class="soft">{}</span>', gettext("None"))
        if over:
            words = ngettext("%(number)d ended", "%(number)d ended", len(over)) % {"number": len(over)}
            said = format_html(
                '{}<details class="fold"><summary>{}</summary>{}</details>', said, words, _lines(over)
            )
        return said

    def render_standing(self, record: Any) -> SafeString:
        words = say_standing(record)
        looks = "pill" if record.standing in (Standing.INVITED, Standing.EXPIRED) else "pill pill-quiet"
        pill = format_html('<span class="{}">{}</span>', looks, Standing(record.standing).label)
        return format_html('{} <span class="meta">{}</span>', pill, words) if words else pill


def _lines(memberships: list[Membership]) -> SafeString:
    return format_html_join(mark_safe("<br>"), "{}", ((say_role(each),) for each in memberships))
