"""Search over everything: what is found by which words, in which order, and that nothing typed can hurt."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import stage
from tests.scenery import scenery
from tracker.activities.models import Activity, ActivityTag, Tag
from tracker.explore.reading.search import A_PAGE
from tracker.explore.reading.search_words import fold, read_typed, snippet
from tracker.framework.models import Objective, ReferenceFramework, ReferenceGoal
from tracker.region.models import Convention, KeyFigure, Office

# As the markup around a word that was found.
MARKED = "<mark>{}</mark>"


@scenery
def world(strategy, missions, cast):
    """One thing of each kind; words that stand in one place each."""
    stage.make_indicator(
        "SP1-O1-I1",
        name="Victims of trafficking assisted",
        definition="People who were given shelter, by day.",
        status="proposed",
    )
    stage.make_indicator("SP1-O1-I2", name="Shelters open", definition="Houses.")
    Objective.objects.filter(code="SP1-O1").update(summary="Nobody is left alone on the road.")
    Office.objects.create(
        code="KG-BISHKEK",
        city="Bishkek",
        city_as_printed="Бишкек",
        kind="main",
        mission=missions["KG"],
        country=missions["KG"].country,
        source="test",
    )
    Convention.objects.create(code="PALERMO-TIP", year=2000, title="Palermo Protocol", source="test")
    KeyFigure.objects.create(
        code="FIG-001", title="Remittances sent home", value=5, unit="US dollars", geography="The region",
        document="Strategy", source="test",
    )  # fmt: skip
    sdg = ReferenceFramework.objects.create(
        code="SDG", name="Sustainable Development Goals", short_name="SDGs", kind="agenda", source="test"
    )
    for code, title in (("10.7", "Orderly migration"), ("8.7", "End of forced labour")):
        ReferenceGoal.objects.create(framework=sdg, code=code, kind="target", title=title, source="test")
    activity = Activity.objects.create(
        code="KG-1", mission=missions["KG"], title="Train labour inspectors of Şırnak", status="planned"
    )
    ActivityTag.objects.create(
        activity=activity, tag=Tag.objects.create(code="ethical-recruitment", name="Fair recruitment")
    )
    return cast


@pytest.fixture
def find(world, sign_in):
    """``find(words)`` gives the codes that were found, by kind, in the order of the page."""

    def codes(words: str, **more: str) -> dict[str, list[str]]:
        response = sign_in(world.viewer).get("/search/", {"q": words, **more})
        assert response.status_code == 200
        return {group.kind: [hit.code for hit in group.hits] for group in response.context["found"].groups}

    return codes


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("bishkek", {"office": ["KG-BISHKEK"]}),
        ("Бишкек", {"office": ["KG-BISHKEK"]}),
        ("бишк", {"office": ["KG-BISHKEK"]}),
        ("sirnak", {"activity": ["KG-1"]}),
        ("ŞIRNAK", {"activity": ["KG-1"]}),
        ("remittance", {"figure": ["FIG-001"]}),
        ("palermo", {"convention": ["PALERMO-TIP"]}),
        ("resilience", {"priority": ["SP1"], "pillar": ["RES"]}),
        ("the road", {"objective": ["SP1-O1"]}),
        ("Sustainable Development", {"reference": ["SDG"], "goal": ["10.7", "8.7"]}),
        ("SDG 10.7", {"goal": ["10.7"]}),
        ("fair recruitment", {"activity": ["KG-1"], "tag": ["ethical-recruitment"]}),
        ("labour kyrgyzstan", {"activity": ["KG-1"]}),
        ("victim -trafficking", {}),
        ("palermo or remittances", {"figure": ["FIG-001"], "convention": ["PALERMO-TIP"]}),
        ('"forced labour"', {"goal": ["8.7"]}),
        ('"labour forced"', {}),
    ],
)
def test_words_find_what_they_mean(find, words: str, found: dict[str, list[str]]):
    assert find(words) == found


def test_a_word_is_found_by_its_beginning_and_by_its_stem(find):
    assert find("traff") == {"indicator": ["SP1-O1-I1"]}
    assert find("trafficked") == {"indicator": ["SP1-O1-I1"]}


def test_what_has_the_word_in_its_name_comes_first(find):
    assert find("shelters") == {"indicator": ["SP1-O1-I2", "SP1-O1-I1"]}


@pytest.mark.parametrize("typed", ["SP1-O1", "sp1-o1", " SР1–O1 "])
def test_an_exact_code_leads_there_first_whatever_its_case_and_letters(find, world, sign_in, typed: str):
    kinds = list(find(typed))
    assert kinds[0] == "objective"
    page = sign_in(world.viewer).get("/search/", {"q": typed})
    first = page.context["found"].groups[0].hits[0]
    assert (first.code, first.is_exact, first.url) == ("SP1-O1", True, "/objectives/SP1-O1/")


def test_a_code_that_is_also_a_word_without_meaning_finds_its_country(find, missions):
    country = missions["KG"].country
    country.iso2, country.name = "AM", "Armenia"
    country.save()
    assert find("AM")["country"] == ["AM"]


def test_hits_are_marked_and_nothing_else_of_the_text_is_markup(world, sign_in):
    Activity.objects.filter(code="KG-1").update(
        title="<script>alert(1)</script> & <mark>labour</mark>", description="A <b>labour</b> inspection"
    )
    page = sign_in(world.viewer).get("/search/", {"q": "labour"}).content.decode()
    assert MARKED.format("labour") in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;mark&gt;<mark>labour</mark>&lt;/mark&gt;" in page
    assert "A &lt;b&gt;<mark>labour</mark>&lt;/b&gt; inspection" in page
    assert "<script>alert" not in page


def test_what_was_typed_stands_in_the_box_and_is_no_markup(world, sign_in):
    page = sign_in(world.viewer).get("/search/", {"q": '"><script>x</script>'}).content.decode()
    assert "&quot;&gt;&lt;script&gt;x&lt;/script&gt;" in page
    assert "<script>x" not in page


@pytest.mark.parametrize(
    "typed",
    [
        "x" * 300,
        "word " * 100,
        "a\x00b",
        "'",
        '"',
        "' OR 1=1 --",
        ":* & | ! ( ) <->",
        "\\",
        "\\'",
        "foo\\",
        "-",
        '-"',
        "or",
        "or or",
        "-shelter",
        "%",
        "\ud7ff\U0001f600",
        "SP1-",
        "--SP1",
        "a.b/c-d",
    ],
    ids=repr,
)
def test_anything_at_all_may_be_typed(world, sign_in, typed: str):
    assert sign_in(world.viewer).get("/search/", {"q": typed}).status_code == 200


def test_an_empty_search_says_what_can_be_searched(world, sign_in):
    page = sign_in(world.viewer).get("/search/?q=").content.decode()
    assert "It looks through countries and areas" in page
    assert "The beginning of a word:" in page


def test_nothing_found_says_what_to_try(world, sign_in):
    page = sign_in(world.viewer).get("/search/?q=zeppelin").content.decode()
    assert "Nothing was found for “zeppelin”." in page
    assert "Fewer words: all of them must be there." in page
    assert "Latin letters" not in page
    # Accents are in Latin letters too; what is typed in others is told what there is.
    assert "Latin letters" not in sign_in(world.viewer).get("/search/?q=Zëppelın").content.decode()
    assert "Latin letters" in sign_in(world.viewer).get("/search/?q=Кыргызстан").content.decode()


def test_what_is_too_long_is_cut_and_said(world, sign_in):
    for typed in ("x" * 300, "a b " * 20):
        page = sign_in(world.viewer).get("/search/", {"q": typed}).content.decode()
        assert "Only the beginning was looked for: at most 16 words and 200 characters." in page


def test_rubbish_in_kind_and_page_is_said_and_all_is_shown(world, sign_in):
    response = sign_in(world.viewer).get("/search/?q=kyrgyzstan&kind=spaceship&page=minus")
    page = response.content.decode()
    assert "There is no kind of thing “spaceship”: all are shown." in page
    assert "“minus” is no page: the first one is shown." in page
    assert response.context["found"].total == 4  # country, mission, activity, office


def test_one_kind_is_shown_page_by_page(world, sign_in, missions):
    Activity.objects.bulk_create(
        Activity(code=f"TJ-{number:03}", mission=missions["TJ"], title="Dig a well", status="planned")
        for number in range(A_PAGE + 3)
    )
    client = sign_in(world.viewer)
    few = client.get("/search/?q=well").context["found"].groups[0]
    assert (few.total, len(few.hits), few.more) == (28, 5, 23)
    second = client.get("/search/?q=well&kind=activity&page=2")
    assert [hit.code for hit in second.context["group"].hits] == ["TJ-025", "TJ-026", "TJ-027"]
    assert "26–28 of 28" in second.content.decode()
    beyond = client.get("/search/?q=well&kind=activity&page=9")
    assert beyond.context["found"].page == 1
    assert len(beyond.context["group"].hits) == A_PAGE


def test_a_kind_without_a_hit_leads_back_to_the_others(world, sign_in):
    page = sign_in(world.viewer).get("/search/?q=bishkek&kind=indicator").content.decode()
    assert "Nothing of this kind was found." in page


def test_it_asks_the_same_few_questions_whatever_is_found(world, sign_in, missions):
    client = sign_in(world.viewer)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/search/?q=well")
        return len(queries)

    asked()
    for number in range(2):
        Activity.objects.create(
            code=f"TJ-{number}", mission=missions["TJ"], title="Dig a well", status="planned"
        )
    few = asked()
    for number in range(200):
        stage.make_indicator(f"SP1-O1-I{number + 10}", name=f"Wells dug ({number})")
    assert asked() == few
    assert few <= 8


def test_people_are_never_found(world, sign_in):
    assert sign_in(world.viewer).get("/search/?q=Reporter").context["found"].total == 0
    assert sign_in(world.administrator).get("/search/?q=reporter@example.org").context["found"].total == 0


def test_what_a_draft_says_is_never_found(world, sign_in, missions, open_period):
    from tracker.framework.models import Indicator
    from tracker.progress.rules import Amount, Entry
    from tracker.progress.services import results
    from tracker.progress.services.results import Typed

    indicator = Indicator.objects.get(code="SP1-O1-I2")
    stage.assign(indicator, missions["KG"])
    typed = {indicator.pk: Typed(Entry(Amount(value=1), comment="Clandestine remark"))}
    results.save_results(mission=missions["KG"], period=open_period, user=world.reporter, typed=typed)
    for person in (world.reporter, world.officer, world.viewer):
        assert sign_in(person).get("/search/?q=clandestine").context["found"].total == 0


def test_the_box_is_on_every_page_for_those_who_may_search(world, sign_in):
    assert 'action="/search/"' in sign_in(world.viewer).get("/framework/").content.decode()
    assert 'action="/search/"' not in sign_in(world.nobody).get("/").content.decode()


def test_proposed_indicators_say_so_among_the_results(world, sign_in):
    (group,) = sign_in(world.viewer).get("/search/?q=trafficking").context["found"].groups
    assert [hit.beside for hit in group.hits] == ["Proposed"]


def test_folding_keeps_the_length_of_a_text():
    assert fold("Türkiye, Şırnak, Čačak, Iași, ё, й") == "Turkiye, Sirnak, Cacak, Iasi, е, й"


@pytest.mark.django_db
def test_a_snippet_is_the_part_around_the_hit():
    text = "word " * 60 + "shelters for the night" + " word" * 60
    shown = snippet(text, read_typed("shelter"))
    assert MARKED.format("shelters") in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 240
