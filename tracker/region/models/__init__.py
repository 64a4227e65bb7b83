"""The region: countries and areas, missions, offices; conventions; key figures."""

from .conventions import Convention, Ratification
from .key_figures import KeyFigure
from .missions import Country, Mission, Office

__all__ = ["Convention", "Country", "KeyFigure", "Mission", "Office", "Ratification"]
