"""Forgetting an e-mail address in text: a placeholder goes wherever it stands, in whatever case, and no other address
is touched, such as leo@x.org for o@x.org.
"""

import re
from typing import Any

from django.db.models import F, Func, QuerySet, TextField, Value


def pattern_of(address: str) -> str:
    """A regular expression of PostgreSQL's for an address that stands by itself."""
    return rf"(?<![[:alnum:]._%+-]){re.escape(address)}(?!\.?[[:alnum:]-])"


def forget_in(rows: QuerySet[Any], *fields: str, address: str, placeholder: str) -> None:
    """Write the placeholder for the address in these texts of these rows: a statement for each text."""
    pattern = pattern_of(address)
    for field in fields:
        changed = Func(
            F(field),
            Value(pattern),
            Value(placeholder),
            Value("gi"),
            function="regexp_replace",
            output_field=TextField(),
        )
        rows.filter(**{f"{field}__iregex": pattern}).update(**{field: changed})
