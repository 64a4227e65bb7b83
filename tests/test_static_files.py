"""What is collected: all that a page asks for, and little else."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.staticfiles.finders import find, get_finders
from django.core.management import get_commands, load_command_class

from tracker.management.commands.collectstatic import UNUSED, Command


@pytest.fixture(scope="module")
def collected() -> set[str]:
    """The names of all static files that `collectstatic` takes."""
    return {
        str(Path(getattr(storage, "prefix", None) or "", name))
        for finder in get_finders()
        for name, storage in finder.list(list(UNUSED))
    }


def names_in(folder: Path) -> set[str]:
    """The static files that templates ask for by name."""
    texts = [path.read_text() for path in folder.rglob("*.html")]
    return {name for text in texts for name in re.findall(r"""{% static ['"]([^'"]+)['"]""", text)}


def test_every_file_that_a_template_asks_for_is_collected(collected):
    ours = names_in(Path(settings.BASE_DIR, "templates"))
    assert ours >= {"bootstrap/css/bootstrap.min.css", "django_htmx/htmx-2.min.js", "tracker/tracker.css"}
    folders = [Path(app.path, "templates") for app in apps.get_app_configs()]
    theirs = set().union(*(names_in(folder) for folder in folders))
    assert "admin/css/base.css" in theirs
    assert ours - collected == set()
    # Templates of parts that are not installed (allauth has some) name files that there are none of.
    assert {name for name in theirs - collected if find(name)} == set()


def test_every_file_that_the_administration_brings_is_collected(collected):
    brought = {
        str(name)
        for page in admin.site._registry.values()
        for name in (*page.media._js, *page.media._css.get("all", []))
    }
    assert "admin/js/core.js" in brought
    assert brought - collected == set()


def test_the_command_is_the_one_that_leaves_them_out():
    assert isinstance(load_command_class(get_commands()["collectstatic"], "collectstatic"), Command)


def test_what_no_page_asks_for_stays_behind(collected):
    of_bootstrap = {name for name in collected if name.startswith("bootstrap/")}
    assert {name for name in of_bootstrap if name.endswith((".css", ".js"))} == {
        "bootstrap/css/bootstrap.min.css"
    }
