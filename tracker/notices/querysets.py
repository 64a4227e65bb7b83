"""Reads of notices, as phrases."""

from typing import TYPE_CHECKING

from django.db import models

from .choices import HowOften

if TYPE_CHECKING:
    from tracker.access.models import User

    from .models import Notice


class NoticeQuerySet(models.QuerySet["Notice"]):
    def told(self, person: "User") -> "NoticeQuerySet":
        """What this person was told."""
        return self.filter(person=person)

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at__isnull=True)

    def newest_first(self) -> "NoticeQuerySet":
        return self.order_by("-created_at", "-pk")

    def awaiting_digest(self) -> "NoticeQuerySet":
        """Wanted once a day, and in no daily mail yet."""
        return self.filter(by_mail=HowOften.DAILY, mailed_at__isnull=True)
