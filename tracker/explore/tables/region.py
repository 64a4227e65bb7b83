"""The lists of countries, offices and key figures."""

from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracker.common.formats import MISSING, show_exact, show_number
from tracker.region.choices import KOSOVO, SILENT
from tracker.region.models import Country, KeyFigure, Office

_NUMBER = {"td": {"class": "num"}, "th": {"class": "num"}}
_BLOCK = {"td": {"class": "block"}}


def link_to_country(country: Country) -> SafeString:
    """A country by its name, leading to its page."""
    return format_html('<a href="{}">{}</a>', reverse("country", args=[country.iso2]), country.name)


def _lines(first: Any, *more: Any) -> SafeString:
    """What a cell says, and what is said of it in small below."""
    said = format_html("{}", first)
    for each in more:
        if each:
            said = format_html('{} <span class="meta">{}</span>', said, each)
    return said


class CountryTable(tables.Table):
    """The countries and areas, each with what the documents say of it; ``reading.countries`` counts its rows."""

    name = tables.Column(_("Country or area"))
    iso2 = tables.Column(_("Code"), visible=False)
    subregion = tables.Column(_("Subregion (our grouping)"))
    subregion_basis = tables.Column(_("Why this subregion"), visible=False)
    iom_status = tables.Column(_("Status in IOM"))
    gcm_vote = tables.Column(_("Global Compact vote"))
    unsdcf = tables.Column(_("UNSDCF"))
    migration_network = tables.Column(_("Migration network"))
    office_count = tables.Column(_("Offices"), attrs=_NUMBER)
    activity_count = tables.Column(_("Activities"), attrs=_NUMBER)
    facts_source = tables.Column(_("Source"), visible=False)
    facts_note = tables.Column(_("Note"), visible=False)

    class Meta:
        model = Country
        fields = (
            "name", "iso2", "subregion", "subregion_basis", "iom_status", "gcm_vote", "unsdcf",
            "migration_network", "office_count", "activity_count", "facts_source", "facts_note",
        )  # fmt: skip
        attrs = {"class": "data cards of-countries"}
        empty_text = _("No country or area fits these filters. Remove one of them, or show all.")

    def render_name(self, record: Country) -> SafeString:
        note = gettext("In the context of UN Security Council resolution 1244 (1999).")
        return _lines(link_to_country(record), note if record.iso2 == KOSOVO else "")

    def value_name(self, record: Country) -> str:
        return record.name

    def render_subregion(self, record: Country) -> SafeString:
        return format_html(
            '<span title="{}">{}</span>', record.subregion_basis, record.get_subregion_display()
        )

    def value_subregion(self, record: Country) -> str:
        return str(record.get_subregion_display())

    def _fact(self, record: Country, bound_column: Any) -> SafeString:
        words = getattr(record, f"get_{bound_column.name}_display")()
        silent = getattr(record, bound_column.name) in SILENT
        return format_html('<span class="nowrap{}">{}</span>', " soft" if silent else "", words)

    def _fact_value(self, record: Country, bound_column: Any) -> str:
        return str(getattr(record, f"get_{bound_column.name}_display")())

    render_iom_status = render_gcm_vote = render_unsdcf = render_migration_network = _fact
    value_iom_status = value_gcm_vote = value_unsdcf = value_migration_network = _fact_value

    def render_office_count(self, record: Any) -> SafeString | str:
        if record.office_count:
            return format_html(
                '<a href="{}?country={}">{}</a>', reverse("offices"), record.iso2, record.office_count
            )
        return format_html(
            '<span title="{}">{}</span>', gettext("No office of its own in the table"), record.office_count
        )

    def value_office_count(self, record: Any) -> int:
        return int(record.office_count)

    def render_activity_count(self, value: int) -> str:
        return show_number(value)

    def value_activity_count(self, value: int) -> int:
        return value


class OfficeTable(tables.Table):
    """Main offices, sub-offices and the Regional Office, each with its source."""

    city = tables.Column(_("Office"), empty_values=(), order_by=("city", "code"))
    code = tables.Column(_("Code"), visible=False)
    country = tables.Column(_("Country or area"), order_by=("country__name", "kind", "city"), empty_values=())
    kind = tables.Column(_("Kind"), attrs={"td": {"class": "nowrap"}})
    mission = tables.Column(_("Mission"), visible=False)
    city_as_printed = tables.Column(_("As printed"), visible=False)
    note = tables.Column(_("Note"), orderable=False, attrs=_BLOCK, default="")
    source = tables.Column(_("Source"), orderable=False, attrs={"td": {"class": "block source"}})

    class Meta:
        model = Office
        fields = ("city", "code", "country", "kind", "mission", "city_as_printed", "note", "source")
        row_attrs = {"id": lambda record: record.code}
        empty_text = _("No office fits these filters. Remove one of them, or show all.")

    def render_city(self, record: Office) -> SafeString:
        printed = record.city_as_printed
        return _lines(
            record.city or gettext("No city printed (%(code)s)") % {"code": record.code},
            gettext("printed as “%(city)s”") % {"city": printed} if printed else "",
        )

    def value_city(self, record: Office) -> str:
        return record.city

    def render_country(self, record: Office) -> SafeString:
        if record.country:
            return link_to_country(record.country)
        page = reverse("mission", args=[record.mission.code])
        link = format_html('<a href="{}">{}</a>', page, record.mission.name)
        return _lines(link, gettext("outside the 20 countries and areas"))

    def value_country(self, record: Office) -> str:
        return record.country.name if record.country else ""

    def value_mission(self, record: Office) -> str:
        return record.mission.code


class KeyFigureTable(tables.Table):
    """Figures of the documents, with year, hedge, doubt and source."""

    title = tables.Column(_("What"), order_by=("title", "order"))
    code = tables.Column(_("Code"), visible=False)
    qualifier = tables.Column(_("Hedge"), visible=False)
    value = tables.Column(_("Figure"), empty_values=(), attrs=_NUMBER)
    value_text = tables.Column(_("Figure in words"), visible=False)
    unit = tables.Column(_("Unit"))
    year = tables.Column(_("Year"), empty_values=(), order_by=("year", "order"))
    year_text = tables.Column(_("Year in words"), visible=False)
    geography = tables.Column(_("Where"), order_by=("geography", "order"))
    doubt = tables.Column(_("Doubt"), orderable=False, attrs=_BLOCK, default="")
    note = tables.Column(_("Note"), visible=False)
    document = tables.Column(
        _("Document and place"), order_by=("order",), attrs={"td": {"class": "block source"}}
    )
    source = tables.Column(_("Place"), visible=False)

    class Meta:
        model = KeyFigure
        fields = (
            "title", "code", "qualifier", "value", "value_text", "unit", "year", "year_text", "geography", "doubt",
            "note", "document", "source",
        )  # fmt: skip
        row_attrs = {"id": lambda record: record.code}
        empty_text = _("No key figure fits these filters. Remove one of them, or show all.")

    def render_title(self, record: KeyFigure) -> SafeString:
        return _lines(record.title, record.note)

    def value_title(self, record: KeyFigure) -> str:
        return record.title

    def render_value(self, record: KeyFigure) -> SafeString | str:
        return show_figure(record)

    def value_value(self, record: KeyFigure) -> Decimal | None:
        return None if record.value is None else record.value.normalize()

    def render_year(self, record: KeyFigure) -> str:
        return record.year_text or str(record.year or MISSING)

    def value_year(self, record: KeyFigure) -> int | None:
        return record.year

    def render_geography(self, record: KeyFigure) -> SafeString | str:
        if record.country is None:
            return record.geography
        page = reverse("country", args=[record.country.iso2])
        return format_html('<a href="{}">{}</a>', page, record.geography)

    def value_geography(self, record: KeyFigure) -> str:
        return record.geography

    def render_document(self, record: KeyFigure) -> str:
        return record.source

    def value_document(self, record: KeyFigure) -> str:
        return record.document


def show_figure(figure: KeyFigure) -> SafeString | str:
    """A figure with the hedge of its source: over 400 000 000; or its words."""
    if figure.value is None:
        return figure.value_text
    shown = show_exact(figure.value)
    if not figure.qualifier:
        return shown
    return format_html('<span class="soft">{}</span> {}', figure.qualifier, shown)
