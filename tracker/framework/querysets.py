"""Reads of the strategy, as phrases."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from .models import Indicator, Strategy


class StrategyQuerySet(models.QuerySet["Strategy"]):
    def current(self) -> "Strategy | None":
        """The strategy that pages, workbooks and commands mean unless told otherwise."""
        return self.filter(is_current=True).first()


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def of_current_strategy(self) -> "IndicatorQuerySet":
        return self.filter(strategy__is_current=True)

    def reported_on(self) -> "IndicatorQuerySet":
        """Only active indicators fall due."""
        return self.filter(status="active")

    def without_prose(self) -> "IndicatorQuerySet":
        """Leaves out of the reading what is long and only reference sheets show."""
        return self.defer("definition", "data_source", "verification", "note")

    def in_order(self) -> "IndicatorQuerySet":
        return self.order_by("objective__priority__order", "objective__order", "order")
