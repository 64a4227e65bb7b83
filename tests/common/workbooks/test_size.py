"""A large workbook is read without taking the machine."""

import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.soak

MOST_MEGABYTES = 250
PROGRAM = """
import resource

import django

django.setup()

from tests.bench.reading import make_workbook, read_and_type

data = make_workbook()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
read_and_type(data)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def test_a_hundred_thousand_rows_are_read_and_typed_in_less_than_250_megabytes():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert 0 < int(done.stdout) < MOST_MEGABYTES
