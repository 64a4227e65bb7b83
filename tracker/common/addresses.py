"""Codes that stand in the address of a page: a page whose code cannot stand in one breaks all that lead to it."""

import re

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# A slash parts an address, browsers take points alone for a way up, and at these words other pages stand.
FITS = r"^(?!(new|adopt)$)[^/]*[^/.][^/]*$"
UNFIT = _(
    "A code stands in the address of its page: write it without a slash, not of points alone, and not “new” or "
    "“adopt”."
)


def fits_an_address(code: str) -> bool:
    """Whether a page can be found by this code."""
    return re.fullmatch(FITS, code) is not None


def code_fits_an_address(name: str) -> models.CheckConstraint:
    """The same of a table's ``code``, for the database; ``name`` is the constraint's."""
    return models.CheckConstraint(condition=Q(code__regex=FITS), name=name, violation_error_message=UNFIT)
