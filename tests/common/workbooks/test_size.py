"""A large workbook is read without taking the machine."""

import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.soak

MOST_MEGABYTES = 250
PROGRAM = """
import re

import django

django.setup()

from tests.bench.reading import make_workbook, read_and_type

data = make_workbook()


def peak():
    # Of this process alone: what getrusage says begins with the memory of the one that it was forked from.
    return int(re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())[1])


before = peak()
read_and_type(data)
print((peak() - before) // 1024)
"""


def test_a_hundred_thousand_rows_are_read_and_typed_in_less_than_250_megabytes():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert 0 < int(done.stdout) < MOST_MEGABYTES
