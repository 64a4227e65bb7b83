"""Who ratified which convention, as a matrix; a cell without a record is "not recorded", which is not a no."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from tracker.region.choices import RatificationStatus
from tracker.region.models import Convention, Country, Ratification

NOT_RECORDED, NOT_IN_TABLE = "not_recorded", "not_in_table"
WORDS = {
    **dict(RatificationStatus.choices),
    NOT_RECORDED: _("Not recorded"),
    NOT_IN_TABLE: _("Not in the table"),
}
MARKS = {
    RatificationStatus.RATIFIED.value: "✓",
    RatificationStatus.SIGNED.value: _("signed"),
    RatificationStatus.NOT_RATIFIED.value: _("no"),
    NOT_RECORDED: "?",
    NOT_IN_TABLE: _("n/t"),
}
MEANINGS = {
    RatificationStatus.RATIFIED.value: _("Ratified or acceded to."),
    RatificationStatus.SIGNED.value: _("Signed, and not ratified so far."),
    RatificationStatus.NOT_RATIFIED.value: _("Recorded as not ratified."),
    NOT_RECORDED: _("Nobody has recorded it here. It does not mean no."),
    NOT_IN_TABLE: _("The source has no column for it, and nothing was recorded since."),
}


@dataclass(frozen=True)
class Standing:
    """Where a country stands toward a convention; ``code`` is a ratification's status, or why there is none."""

    country: Country
    convention: Convention
    code: str
    on: date | None = None
    note: str = ""
    source: str = ""

    @property
    def words(self) -> str:
        return str(WORDS[self.code])

    @property
    def mark(self) -> str:
        return str(MARKS[self.code])


@dataclass(frozen=True)
class Matrix:
    """Conventions in rows, countries and areas in columns; ``recorded`` of ``cells`` hold a record."""

    countries: Sequence[Country]
    rows: Sequence[tuple[Convention, Sequence[Standing]]]

    @property
    def cells(self) -> int:
        return sum(len(standings) for _convention, standings in self.rows)

    @property
    def recorded(self) -> int:
        return sum(
            standing.code not in (NOT_RECORDED, NOT_IN_TABLE)
            for _convention, standings in self.rows
            for standing in standings
        )

    @property
    def sources(self) -> list[str]:
        """Where the rows come from, each document and place once."""
        return sorted({convention.source for convention, _standings in self.rows if convention.source})


def read_matrix(countries: Sequence[Country]) -> Matrix:
    """The matrix of these countries: two statements."""
    conventions = list(Convention.objects.order_by("order", "code"))
    held = {
        (each.convention_id, each.country_id): each
        for each in Ratification.objects.filter(country__in=countries)
    }
    return Matrix(
        countries,
        [
            (convention, [_stand(convention, country, held) for country in countries])
            for convention in conventions
        ],
    )


def _stand(
    convention: Convention, country: Country, held: Mapping[tuple[int, int], Ratification]
) -> Standing:
    found = held.get((convention.pk, country.pk))
    if found is not None:
        return Standing(country, convention, found.status, found.date, found.note, found.source)
    return Standing(country, convention, NOT_RECORDED if country.in_convention_table else NOT_IN_TABLE)
