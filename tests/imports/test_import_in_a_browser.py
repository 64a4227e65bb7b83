"""A file on its way through the pages, in a real browser."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import stage
from tests.batches.sheets import csv_of
from tests.pages import give_password, sign_in
from tracker.progress.models import Baseline

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("script", [True, False])
def test_a_file_is_uploaded_mapped_checked_again_saved_and_undone(
    strategy, missions, cast, live_server, browser: Browser, script: bool
) -> None:
    give_password(cast.officer)
    stage.assign(stage.make_indicator(), missions["KG"], missions["TJ"])
    context = browser.new_context(base_url=live_server.url, java_script_enabled=script)
    page: Page = context.new_page()
    sign_in(page, live_server.url, cast.officer)
    page.get_by_role("link", name="Imports").click()
    page.get_by_role("link", name="Upload Baselines").click()
    data = csv_of("indicator,mission,Wert", "SP1-O1-I1,KG,5", "SP1-O1-I1,TJ,0")
    page.get_by_label("File").set_input_files({"name": "base.csv", "mimeType": "text/csv", "buffer": data})
    page.get_by_role("button", name="Upload and check").click()
    expect(page.get_by_text("Refused: it has errors")).to_be_visible()
    page.get_by_label("“Wert”").select_option("baseline_value")
    page.get_by_role("button", name="Check the file again like this").click()
    page.get_by_role("button", name="Save: 2 new, 0 changed").click()
    expect(page.get_by_text("Saved: 2 new, 0 changed.")).to_be_visible()
    assert set(Baseline.objects.in_force().values_list("value", flat=True)) == {5, 0}
    page.get_by_role("link", name="Undo…").click()
    page.get_by_label("Why is it undone?").fill("The wrong file")
    page.get_by_role("button", name="Undo the import").click()
    expect(page.get_by_text("“The wrong file”")).to_be_visible()
    assert not Baseline.objects.in_force().exists()
