"""What missions do, and what was asked for to do it."""

from .activities import (
    Activity,
    ActivityCountry,
    ActivityGoal,
    ActivityLink,
    ActivityObjective,
    ActivityOffice,
    ActivityTag,
    Tag,
)
from .funding import FundingRequirement, FundingTotal

__all__ = [
    "Activity",
    "ActivityCountry",
    "ActivityGoal",
    "ActivityLink",
    "ActivityObjective",
    "ActivityOffice",
    "ActivityTag",
    "FundingRequirement",
    "FundingTotal",
    "Tag",
]
