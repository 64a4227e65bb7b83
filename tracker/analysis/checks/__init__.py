"""Checks of the data that no constraint can hold: what is missing, contradicts itself or is to be known. Each is a
small function in the module of its subject; `registry` runs them.
"""

# Checks of one severity are told in the order in which these are read.
from . import framework, plans, region, activities, funding  # isort: skip
from .registry import CHECKS, Check, Finding, Row, Severity, run_checks

__all__ = [
    "CHECKS",
    "Check",
    "Finding",
    "Row",
    "Severity",
    "activities",
    "framework",
    "funding",
    "plans",
    "region",
    "run_checks",
]
