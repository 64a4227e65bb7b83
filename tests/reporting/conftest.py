"""Kyrgyzstan's report of the open quarter, and tabs of it as browsers hold them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.test import Client
from django.urls import reverse

from tests import stage
from tests.formfields import fields_of
from tracker.access.models import User
from tracker.framework.models import Indicator


@pytest.fixture
def flow(strategy, missions) -> Indicator:
    made = stage.make_indicator("SP1-O1-I1", name="Migrants assisted")
    stage.assign(made, missions["KG"], missions["TJ"])
    return made


@pytest.fixture
def share(strategy, missions) -> Indicator:
    made = stage.make_indicator(
        "SP1-O1-I2", name="Returnees in work", measure="percentage", period_rule="year", decimals=1
    )
    stage.assign(made, missions["KG"])
    return made


@pytest.fixture
def url(open_period) -> str:
    return reverse("report", args=["2024-Q4", "KG"])


@dataclass
class Tab:
    """A tab with the form in it: what it showed when it was opened, and what is typed since.

    ``enter`` and ``press`` act as a person does; the answer is then what the tab shows.
    """

    client: Client
    url: str
    status: int = 0
    text: str = ""
    fields: dict[str, str] = field(default_factory=dict)

    def open(self) -> "Tab":
        return self._show(self.client.get(self.url, follow=True))

    def enter(self, indicator: Indicator, **parts: str) -> "Tab":
        """``value``, ``n``, ``d``, ``na``, ``comment``, ``choice``, or ``c5_value`` for a cell."""
        for part, text in parts.items():
            self.fields[f"{indicator.pk}-{part.replace('_', '-')}"] = text
        return self

    @property
    def words(self) -> str:
        """The words of the page without its marks, and without what is hidden."""
        seen = re.sub(r"<span data-none hidden>.*?</span>.*?</span>", "", self.text)
        words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", seen))
        return re.sub(r" ([;.,])", r"\1", words)

    def unfold(self, indicator: Indicator) -> "Tab":
        """Save, and show the cells of an indicator."""
        return self.press(f"unfold-{indicator.pk}")

    def press(self, then: str = "") -> "Tab":
        """Save, or what ``then`` says beside it."""
        return self._show(self.client.post(self.url, {**self.fields, "then": then}))

    def _show(self, answer) -> "Tab":
        self.status = answer.status_code
        if answer.status_code == 302:
            self.url = answer.url
            answer = self.client.get(answer.url, follow=True)
        self.text = answer.content.decode()
        self.fields = fields_of(self.text, "entry")
        return self


@pytest.fixture
def open_tab(url) -> Callable[[User], Tab]:
    """``open_tab(person)``: the report in a browser of that person's own."""

    def by(person: User) -> Tab:
        client = Client()
        client.force_login(person)
        return Tab(client, url).open()

    return by
