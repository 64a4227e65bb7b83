"""The sheets of the region and of people, whose tables lie below import batches in the house plan."""

from .people import MEMBERSHIPS, USERS
from .region_facts import CONVENTIONS, COUNTRY_FACTS, KEY_FIGURES, OFFICES, RATIFICATIONS
from .regions import COUNTRIES, MISSIONS

KINDS = (
    COUNTRIES,
    MISSIONS,
    COUNTRY_FACTS,
    OFFICES,
    CONVENTIONS,
    RATIFICATIONS,
    KEY_FIGURES,
    USERS,
    MEMBERSHIPS,
)
