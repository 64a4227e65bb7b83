"""Pages in a real browser: signing in as a person."""

from playwright.sync_api import Page, expect

from tracker.access.models import User

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
