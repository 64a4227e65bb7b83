"""One row at a time, as a person edits it on an administration page; bulk writes have services of their own.

A page may save a row and then others that belong to it (an indicator, then the breakdowns that it asks for),
while an import into the same tables waits for them in another order: so the first of them takes its share of
the area, and keeps it to the end of the page's transaction (see ``bulk.share_writes``).
"""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from .bulk import area_of, share_writes
from .errors import Refused


@transaction.atomic
def save_record(*, record: models.Model) -> None:
    """Check a row against its own rules and its constraints, and write it."""
    share_writes(area_of(type(record)))
    try:
        record.full_clean()
        record.save()
    except ValidationError as error:
        raise Refused("; ".join(error.messages)) from error
    except IntegrityError as error:
        raise _say(record, error) from error


@transaction.atomic
def delete_record(*, record: models.Model) -> None:
    """Delete a row that nothing refers to."""
    share_writes(area_of(type(record)))
    try:
        record.delete()
    except ProtectedError as error:
        kinds = sorted({str(row._meta.verbose_name_plural) for row in error.protected_objects})
        raise Refused(
            _("“%(record)s” is in use and stays: %(kinds)s refer to it.")
            % {"record": record, "kinds": ", ".join(kinds)}
        ) from error
    except IntegrityError as error:
        raise _say(record, error) from error


def _say(record: models.Model, error: IntegrityError) -> Exception:
    """What a trigger refused, in the words of the model: ``refusals`` holds them by the constraint's name."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    sentence = getattr(record, "refusals", {}).get(name)
    return error if sentence is None else Refused(sentence)
