"""What the commands say and where they leave what they make."""

import ast
import io
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.management import CommandError, call_command

from tests import stage
from tests.conftest import Cast
from tracker.management.commands import make_report

COMMANDS = sorted(Path(make_report.__file__).parent.glob("[a-z]*.py"))


@pytest.fixture
def approved(strategy, missions, cast: Cast) -> None:
    indicator = stage.make_indicator()
    stage.assign(indicator, missions["KG"])
    stage.approve(missions["KG"], "2020-Q4", {indicator: 300}, reporter=cast.reporter, officer=cast.officer)


def say(*arguments: str, **options: object) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


# -- make_report --------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_a_report_lands_in_the_trackers_own_folder_and_says_where(
    approved, settings, tmp_path, monkeypatch
) -> None:
    settings.VAR_DIR = tmp_path / "var"
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    said = say("make_report", "mission_quarterly", period="2020-Q4", mission="KG").splitlines()
    made = sorted((tmp_path / "var" / "reports").iterdir())
    assert sorted(said) == [str(path) for path in made]
    assert [path.suffix for path in made] == [".pdf", ".xlsx"]
    assert list(here.iterdir()) == []


def test_that_folder_is_none_that_git_keeps() -> None:
    ignored = (project.BASE_DIR / ".gitignore").read_text().splitlines()
    assert "/var/" in ignored  # where VAR_DIR is unless set


def test_a_folder_that_is_not_there_is_said_so_before_anything_is_made(approved, tmp_path) -> None:
    missing = tmp_path / "reports"
    with pytest.raises(CommandError, match=r"There is no folder .*reports\. Make it first"):
        say("make_report", "regional_quarterly", period="2020-Q4", to=missing)
    assert not missing.exists()


# -- Words --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: path.stem)
def test_what_a_command_says_goes_through_gettext(path: Path) -> None:
    """A refusal or a line of output is never a bare English text, nor one put together from parts."""
    bare = [
        f"line {call.lineno}: {ast.unparse(call.args[0])[:60]}"
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and call.args
        and ast.unparse(call.func).rsplit(".", 1)[-1] in {"CommandError", "Refused", "write", "_say"}
        and isinstance(call.args[0], ast.Constant | ast.JoinedStr)
    ]
    assert bare == []
