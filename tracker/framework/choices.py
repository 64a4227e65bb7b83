"""Closed lists of the framework, in the field's own words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PriorityKind(TextChoices):
    STRATEGIC_PRIORITY = "strategic_priority", _("Strategic priority")
    INSTITUTIONAL_AREA = "institutional_area", _("Area of institutional development")
    CROSS_CUTTING = "cross_cutting", _("Cross-cutting commitments")


class Level(TextChoices):
    OUTPUT = "output", _("Output")
    OUTCOME = "outcome", _("Outcome")
    IMPACT = "impact", _("Impact")
    CONTEXT = "context", _("Context")


class Measure(TextChoices):
    NUMBER = "number", _("Number")
    PERCENTAGE = "percentage", _("Percentage")
    STAGE = "stage", _("Stage")
    YES_NO = "yes_no", _("Yes or no")


class Direction(TextChoices):
    INCREASE = "increase", _("Should increase")
    DECREASE = "decrease", _("Should decrease")
    MAINTAIN = "maintain", _("Should be maintained")
    MONITOR = "monitor", _("Monitored only")


class PeriodRule(TextChoices):
    """How a mission's values become one figure over periods."""

    SUM = "sum", _("Sum of all periods")
    YEAR = "year", _("Sum within the calendar year")
    LATEST = "latest", _("Latest value")
    MAXIMUM = "maximum", _("Largest value")
    AVERAGE = "average", _("Average of the values")


class MissionRule(TextChoices):
    """How the missions' figures become the region's."""

    SUM = "sum", _("Sum over missions")
    AVERAGE = "average", _("Average over missions")
    MAXIMUM = "maximum", _("Largest of the missions")
    MINIMUM = "minimum", _("Smallest of the missions")
    COUNT_REACHED = "count_reached", _("Missions that reached their final target")
    COUNT_AT_LEAST = "count_at_least", _("Missions at or above the threshold")


class Frequency(TextChoices):
    QUARTERLY = "quarterly", _("Quarterly")
    SEMI_ANNUAL = "semi_annual", _("Twice a year (Q2 and Q4)")
    ANNUAL = "annual", _("Once a year (Q4)")


class Counts(TextChoices):
    PEOPLE = "people", _("People")
    CONTACTS = "contacts", _("Contacts or services")
    ITEMS = "items", _("Items")
    STOCK = "stock", _("Stock at a date")


class IndicatorStatus(TextChoices):
    PROPOSED = "proposed", _("Proposed, not adopted by IOM")
    ACTIVE = "active", _("Active")
    RETIRED = "retired", _("Retired")


class ReferenceKind(TextChoices):
    """What an outside frame is."""

    FRAMEWORK = "framework", _("Framework")
    STRATEGY = "strategy", _("Strategy")
    AGENDA = "agenda", _("Agenda")
    AGREEMENT = "agreement", _("Agreement")
    CHARTER = "charter", _("Charter")
    RESOLUTION = "resolution", _("Resolution")
    STANDARD = "standard", _("Standard")
    APPROACH = "approach", _("Approach")
    MECHANISM = "mechanism", _("Mechanism")
    PROCESS = "process", _("Process")
    PARTNERSHIP = "partnership", _("Partnership")
    INITIATIVE = "initiative", _("Initiative")
    ORGANIZATION = "organization", _("Organization")
    TOOL = "tool", _("Tool")
    PUBLICATION = "publication", _("Publication")


class ReferenceGoalKind(TextChoices):
    """What a goal is within its frame."""

    OVERALL_GOAL = "overall_goal", _("Overall goal")
    GOAL = "goal", _("Goal")
    PRINCIPLE = "principle", _("Principle")
    OPERATIONAL_PRINCIPLE = "operational_principle", _("Operational principle")
    PILLAR = "pillar", _("Pillar")
    STRATEGIC_OBJECTIVE = "strategic_objective", _("Strategic objective")
    THEMATIC_AREA = "thematic_area", _("Thematic area")
    THEMATIC_OBJECTIVE = "thematic_objective", _("Thematic objective")
    OBJECTIVE = "objective", _("Objective")
    TARGET = "target", _("Target")
    INDICATOR = "indicator", _("Indicator")
    POINT = "point", _("Point")
    CHAPTER = "chapter", _("Chapter")


class TitleBasis(TextChoices):
    """Whether a source document names a goal, or only what everybody can look up."""

    SOURCE = "source", _("Named in a source document")
    GENERAL_KNOWLEDGE = "general_knowledge", _("General knowledge")


class AlignmentBasis(TextChoices):
    """Who says that an objective serves a goal."""

    STATED = "stated", _("Stated in a source document")
    OURS = "ours", _("Tied by this tracker")


YES_NO_STAGES = ["No", "Yes"]
