"""The page of imports: what a person may load, and what was loaded."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import stage
from tests.batches.sheets import check, csv_of, save
from tracker.batches.models import ImportBatch
from tracker.imports.registry import KINDS

DATA = csv_of("indicator,mission,baseline_value", "SP1-O1-I1,KG,1")
DRAFTS = csv_of("indicator,mission,period,value", "SP1-O1-I1,KG,2024-Q4,98765")


@pytest.fixture(autouse=True)
def indicator(strategy, missions, open_period):
    made = stage.make_indicator()
    stage.assign(made, missions["KG"], missions["TJ"])
    return made


def page_of(client, **asked):
    return client.get(reverse("imports"), asked)


def files_on(answer) -> list[str]:
    return [row.record.filename for row in answer.context["table"].paginated_rows]


@pytest.mark.parametrize(
    ("role", "codes"),
    [
        ("reporter", ["activities", "progress"]),
        (
            "officer",
            ["breakdowns", "indicators", "assignments", "baselines", "targets", "progress", "activities"],
        ),
        ("administrator", list(KINDS)),
    ],
)
def test_everybody_is_offered_the_kinds_that_they_may_load(cast, sign_in, role, codes) -> None:
    answer = page_of(sign_in(getattr(cast, role)))
    assert sorted(kind.code for kind, *_rest in answer.context["kinds"]) == sorted(codes)
    for code in codes:
        assert f'href="{reverse("import-new", args=[code])}"' in answer.content.decode()


@pytest.mark.parametrize("code", KINDS)
def test_every_kind_says_what_it_is_for(code) -> None:
    assert str(KINDS[code].purpose).endswith(".")


def test_the_columns_say_what_a_closed_list_takes(cast, sign_in) -> None:
    url = reverse("import-new", args=["memberships"])
    page = sign_in(cast.administrator).get(url).content.decode()
    assert "One of: reporter, lead, officer, head, administrator, viewer." in page


def test_drafts_are_listed_for_whoever_uploaded_them_and_for_administrators(cast, sign_in) -> None:
    check("baselines", DATA, user=cast.officer, filename="base.csv")
    check("progress", DRAFTS, user=cast.reporter, filename="drafts.csv")
    seen = {
        role: files_on(page_of(sign_in(getattr(cast, role))))
        for role in ("reporter", "colleague", "officer", "administrator")
    }
    assert seen == {
        "reporter": ["drafts.csv"],
        "colleague": [],
        "officer": ["base.csv"],
        "administrator": ["drafts.csv", "base.csv"],
    }


def test_the_list_is_narrowed_by_kind_state_and_person(cast, sign_in) -> None:
    save("baselines", DATA, user=cast.officer, filename="saved.csv")
    check("baselines", DATA + b"\nx,y,z", user=cast.second_officer, filename="bad.csv")
    check(
        "assignments",
        csv_of("indicator,mission,active_from", "SP1-O1-I1,IL,2020-01-01"),
        user=cast.officer,
        filename="who.csv",
    )
    client = sign_in(cast.officer)
    assert files_on(page_of(client)) == ["who.csv", "bad.csv", "saved.csv"]
    assert files_on(page_of(client, kind="baselines")) == ["bad.csv", "saved.csv"]
    assert files_on(page_of(client, state="refused")) == ["bad.csv"]
    assert files_on(page_of(client, person=cast.officer.pk)) == ["who.csv", "saved.csv"]
    assert files_on(page_of(client, kind="nothing", state="nonsense", person="1' OR")) == files_on(
        page_of(client)
    )
    none = page_of(client, kind="targets")
    assert files_on(none) == []
    assert "No file fits this choice" in none.content.decode()


def test_an_empty_list_says_how_to_begin(cast, sign_in) -> None:
    assert "No file has been uploaded yet" in page_of(sign_in(cast.officer)).content.decode()


def test_the_list_asks_the_same_number_of_questions_for_two_batches_and_for_twenty(cast, sign_in) -> None:

    client = sign_in(cast.administrator)
    asked = []
    for most in (2, 20):
        for number in range(most):
            check("baselines", DATA, user=cast.officer, filename=f"{number}.csv")
        with CaptureQueriesContext(connection) as queries:
            assert page_of(client).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_an_upload_leads_to_its_batch_and_pressed_twice_brings_one(cast, sign_in) -> None:
    client = sign_in(cast.officer)
    url = reverse("import-new", args=["baselines"])
    token = client.get(url).context["token"]

    def send():
        file = BytesIO(DATA)
        file.name = "base.csv"
        return client.post(url, {"file": file, "token": token, "reason": "Counted anew"})

    first, second = send(), send()
    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    batch = client.get(first.url).context["batch"]
    assert (batch.status, batch.filename, batch.uploaded_by) == ("checked", "base.csv", cast.officer)
    assert batch.options == {"reason": "Counted anew"}
    assert len(files_on(page_of(client))) == 1


def test_a_file_that_can_be_no_workbook_is_refused_where_it_was_chosen(cast, sign_in) -> None:
    client = sign_in(cast.administrator)
    url = reverse("import-new", args=["history"])
    file = BytesIO(b"%PDF-1.7")
    file.name = "report.pdf"
    answer = client.post(url, {"file": file, "source": "Matrix of 2020", "token": "a"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "report.pdf is no workbook" in page
    assert 'value="Matrix of 2020"' in page
    assert client.post(url, {"source": ""}).status_code == 422
    assert files_on(page_of(client)) == []


def test_the_admin_hands_a_large_file_over_to_its_page(cast, sign_in, settings) -> None:
    settings.IMPORT_AT_ONCE_BYTES = 1
    file = BytesIO(DATA)
    file.name = "large.csv"
    client = sign_in(cast.administrator)
    answer = client.post(reverse("admin:tracker_baseline_import"), {"file": file})
    [batch] = ImportBatch.objects.all()
    assert (answer.status_code, answer.url) == (302, reverse("import-batch", args=[batch.pk]))
    assert "It waits for its turn." in client.get(answer.url).content.decode()
