"""What the tests of imports share."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def kept_files(settings, tmp_path: Path) -> Path:
    """Uploaded files go into the test's own folder."""
    folder = tmp_path / "files"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": folder, "base_url": None},
        },
    }
    return folder
