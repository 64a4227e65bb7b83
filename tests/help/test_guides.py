"""The guides: what they name exists, every page is in them, and they read the same here and where code is kept."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tracker.help.reading import GUIDES, Guide, anchor_of, folder, parse_guide, read_guide
from tracker.help.rendering import render_markdown

# Addresses that answer with a file, a redirect or another thing than a page, also where a step is refused.
NO_PAGES = {
    "batch-file",
    "edition-file",
    "edition-request",
    "edition-retry",
    "export",
    "export-all",
    "favicon",
    "healthz",
    "import-marked",
    "mfa_download_recovery_codes",
    "mfa_login_webauthn",
    "notices-read",
    "report-filled-marked",
    "report-recall",
    "report-workbook-file",
    "template",
}


def names_of_addresses() -> set[str]:
    names: set[str] = set()

    def walk(patterns: list[URLPattern | URLResolver], before: str = "") -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else before)
            elif pattern.name:
                names.add(before + pattern.name)

    walk(get_resolver().url_patterns)
    return names


def all_guides() -> list[Guide]:
    return [read_guide(code, "en") for code in GUIDES]


def test_every_page_has_a_section_and_no_section_names_a_page_that_there_is_not():
    named = {page for guide in all_guides() for section in guide.sections for page in section.pages}
    addresses = names_of_addresses()
    assert named - addresses == set()
    ours = {name for name in addresses if not name.startswith("admin:")}
    assert ours - named == NO_PAGES


def test_there_is_no_other_guide_and_each_is_short_sections_of_one_level():
    assert {path.stem for path in folder().glob("*.md")} == set(GUIDES)
    for guide in all_guides():
        headings = re.findall(r"^(#+) ", (folder() / f"{guide.code}.md").read_text(), re.MULTILINE)
        assert headings[0] == "#"
        assert set(headings[1:]) == {"##"}
        assert guide.opening
        assert len({section.anchor for section in guide.sections}) == len(guide.sections)
        long = {
            section.title: len(section.text)
            for section in guide.sections
            if not 40 < len(section.text) < 1100
        }
        assert long == {}, guide.code


def test_every_link_leads_to_a_section_that_there_is():
    anchors = {guide.code: {section.anchor for section in guide.sections} for guide in all_guides()}
    wrong = []
    for guide in all_guides():
        for target in re.findall(r"\]\(([^)]+)\)", (folder() / f"{guide.code}.md").read_text()):
            file, _, anchor = target.partition("#")
            code = file.removesuffix(".md") or guide.code
            if code not in anchors or (anchor and anchor not in anchors[code]):
                wrong.append(f"{guide.code}: {target}")
    assert wrong == []


@cache
def labels() -> frozenset[str]:
    """What pages say: translated strings of templates, and strings of the code."""
    said: set[str] = set()
    for path in Path(settings.BASE_DIR, "templates").rglob("*.html"):
        source = path.read_text()
        said |= {words for _, words in re.findall(r"{% translate (['\"])(.+?)\1", source)}
        for block in re.findall(r"{% blocktranslate.*?%}(.*?){% endblocktranslate %}", source, re.DOTALL):
            said |= {" ".join(part.split()) for part in block.split("{% plural %}")}
    for path in Path(settings.BASE_DIR, "tracker").rglob("*.py"):
        said |= {
            node.value
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
    return frozenset(said)


# Django's own: the words of its administration.
ADMIN = {"Add", "Change"}


def is_label(words: str) -> bool:
    """A label as it stands, or the beginning of one that goes on with a number or a name."""
    return (
        words in labels()
        or words in ADMIN
        or any(re.match(re.escape(words) + r"(?:: ?| |, )(?:\{\{|%\()", label) for label in labels())
    )


def test_what_stands_in_bold_is_a_label_of_a_page():
    bold = [
        (guide.code, section.title, " ".join(words.split()))
        for guide in all_guides()
        for section in guide.sections
        for words in re.findall(r"\*\*(.+?)\*\*", section.text, re.DOTALL)
    ]
    assert len(bold) > 80
    assert [each for each in bold if not is_label(each[2])] == []
    assert not is_label("Press here")


def test_a_guide_is_read_into_sections():
    guide = parse_guide(
        "officer",
        "en",
        "# Title\n\nOpening.\n\n## First, “one”\n\n<!-- pages: home review -->\n\nText.\n\n## Second\n\nMore.\n",
    )
    assert (guide.title, guide.opening) == ("Title", "Opening.")
    first, second = guide.sections
    assert (first.anchor, first.pages, first.text) == ("first-one", ("home", "review"), "Text.")
    assert (second.title, second.pages, second.text) == ("Second", (), "More.")


def test_anchors_are_those_of_code_hosting_pages():
    # As GitHub makes them of these headings.
    assert anchor_of("0, blank and not applicable") == "0-blank-and-not-applicable"
    assert anchor_of("Work without a connection: the report as a workbook") == (
        "work-without-a-connection-the-report-as-a-workbook"
    )
    assert anchor_of("Self-check") == "self-check"


def test_a_guide_in_the_language_of_the_page_comes_first(tmp_path, settings):
    guides = tmp_path / "docs" / "guide"
    (guides / "ru").mkdir(parents=True)
    (guides / "viewer.md").write_text("# Reading\n\nHow.\n")
    (guides / "ru" / "viewer.md").write_text("# Чтение\n\nКак.\n")
    settings.BASE_DIR = tmp_path
    read_guide.cache_clear()
    try:
        assert read_guide("viewer", "ru").title == "Чтение"
        assert read_guide("viewer", "ru-kg").language == "ru"
        assert (read_guide("viewer", "fr").title, read_guide("viewer", "fr").language) == ("Reading", "en")
    finally:
        read_guide.cache_clear()


def test_html_in_a_guide_is_shown_and_links_lead_to_pages_here():
    html = render_markdown(
        "<b>x</b> [a](viewer.md#search) [b](#desk) [c](https://example.org/)", guide="officer"
    )
    assert "&lt;b&gt;x&lt;/b&gt;" in html
    assert re.findall(r'href="([^"]+)"', html) == [
        "/help/viewer/#search",
        "/help/officer/#desk",
        "https://example.org/",
    ]


@pytest.mark.parametrize("code", GUIDES)
def test_a_guide_is_found_by_its_address(code):
    assert reverse("help-guide", args=[code]) == f"/help/{code}/"
    with pytest.raises(NoReverseMatch):
        reverse("help-guide", args=["../settings"])
