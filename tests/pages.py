"""Pages: signing in as a person in a real browser; what a page asks of the database."""

from collections.abc import Iterable

from playwright.sync_api import Page, expect

from tracker.access.models import User

MOST_QUERIES = 25
"""Of any page, for anybody."""

PASSWORD = "a password for the tests"


def give_password(*people: User) -> None:
    for person in people:
        person.set_password(PASSWORD)
        person.save()


def sign_in(page: Page, base: str, person: User) -> None:
    """Through the page, as a person does."""
    page.goto(f"{base}/")
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def questions_of(queries: Iterable[dict[str, str]]) -> list[str]:
    """The statements of a page without those by which the cache keeps a chart that was never drawn before: it may
    lie elsewhere, and they are gone at the next visit.
    """
    return [
        query["sql"]
        for query in queries
        if "tracker_cache" not in query["sql"] and "SAVEPOINT" not in query["sql"]
    ]
