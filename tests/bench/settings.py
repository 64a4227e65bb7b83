"""The project's settings for what the bench starts in processes of their own: on the database that it measures."""

import os

from config.settings import *  # noqa: F403
from config.settings import DATABASES

DATABASES["default"]["NAME"] = os.environ["BENCH_DATABASE"]
