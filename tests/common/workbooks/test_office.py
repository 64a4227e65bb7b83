"""The LibreOffice of the soak tests is found, or its absence is a failure that says what to install."""

from pathlib import Path

import pytest

from tests import office


def test_a_missing_libreoffice_is_a_failure_that_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.delenv("SOFFICE", raising=False)
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(RuntimeError, match="apt-get install libreoffice-calc-nogui"):
        office.convert(b"", suffix=".xlsx", to="ods", folder=tmp_path)
    assert office.main() == 1
    assert "apt-get install libreoffice-calc-nogui" in capsys.readouterr().err
    monkeypatch.setenv("SOFFICE", "/opt/soffice")
    assert (office.find_office(), office.main()) == ("/opt/soffice", 0)
