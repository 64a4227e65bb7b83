"""The sheets that the framework takes: their columns, and the services behind them."""

from . import references, strategy

KINDS = (*strategy.KINDS, *references.KINDS)
