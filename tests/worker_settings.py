"""The settings of a worker or a server that tests start: those of the project, on the tests' database and broker."""

import os
from pathlib import Path

from config.settings import *  # noqa: F403
from config.settings import DATABASES, STORAGES
from tests.workers import broker_options

_FOLDER = Path(os.environ["TESTS_FOLDER"])

DATABASES["default"]["NAME"] = os.environ["TESTS_DATABASE"]
CELERY_BROKER_URL = "filesystem://"
CELERY_BROKER_TRANSPORT_OPTIONS = broker_options(_FOLDER)
# One file for each connection to the "mail server".
EMAIL_BACKEND = os.environ.get("TESTS_MAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = str(_FOLDER / "mail")
if files := os.environ.get("TESTS_FILES"):
    # Where the test that started the worker keeps uploaded files.
    STORAGES["default"]["OPTIONS"]["location"] = files
# As in the tests themselves: no manifest of collected files is there, and passwords are quick to check.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
