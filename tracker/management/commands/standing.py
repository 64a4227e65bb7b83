"""`manage.py standing --period 2022-Q4`: how indicators stand, as JSON."""

import json
from datetime import date, datetime, time
from decimal import Decimal, localcontext
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.analysis import engine
from tracker.analysis.periods import period_code
from tracker.analysis.shares import share_decimals
from tracker.analysis.terms import Standing
from tracker.framework.models import Indicator, Strategy
from tracker.progress.models import ReportingPeriod

MISSION_FIGURES = ("value", "baseline", "target", "expected", "attainment", "pace", "status")
REGION_FIGURES = (*MISSION_FIGURES, "compared_value")
SHARES = ("attainment", "pace")
SIX = 6


class Command(BaseCommand):
    """Reads only. One object on standard output, keyed by indicator code: `judged_at`, every mission's
    figures by its code, and the region's. Percentages are fractions, a flow's baseline is 0, figures have
    six decimals (attainment and pace more, where six would lie on another side of a threshold)."""

    help = "Prints how indicators of the current strategy stand as of a period, as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--period", required=True, help="for example 2022-Q4")
        parser.add_argument(
            "--indicator", nargs="+", action="extend", metavar="CODE", help="all, unless given"
        )
        parser.add_argument("--provisional", action="store_true", help="submitted figures too")
        parser.add_argument("--known-on", metavar="DATE", help="what was approved by the end of this day")

    def handle(
        self,
        *args: Any,
        period: str,
        indicator: list[str] | None,
        provisional: bool,
        known_on: str | None,
        **options: Any,
    ) -> None:
        strategy = Strategy.objects.current()
        if strategy is None:
            raise CommandError(_("There is no current strategy. Load one with the command load_strategy."))
        found = engine.standings(
            strategy=strategy,
            as_of=_period(strategy, period),
            indicators=_indicators(strategy, indicator) if indicator else None,
            provisional=provisional,
            known_on=_end_of(known_on) if known_on else None,
        )
        shown = {stands.code: _shown(stands, strategy) for stands in found.values()}
        self.stdout.write(json.dumps(dict(sorted(shown.items())), indent=1, ensure_ascii=False))


def _period(strategy: Strategy, code: str) -> ReportingPeriod:
    period = ReportingPeriod.objects.filter(strategy=strategy, code=code).first()
    if period is None:
        raise CommandError(
            _("There is no period %(code)s in %(strategy)s. Write a year and a quarter, as in 2022-Q4.")
            % {"code": code, "strategy": strategy.name}
        )
    return period


def _indicators(strategy: Strategy, codes: list[str]) -> list[int]:
    ids = dict(Indicator.objects.filter(strategy=strategy, code__in=codes).values_list("code", "pk"))
    if unknown := [code for code in codes if code not in ids]:
        raise CommandError(
            _("There is no indicator %(codes)s in %(strategy)s. Check the code on the framework page.")
            % {"codes": ", ".join(unknown), "strategy": strategy.name}
        )
    return list(ids.values())


def _end_of(day: str) -> datetime:
    try:
        return timezone.make_aware(datetime.combine(date.fromisoformat(day), time.max))
    except ValueError as error:
        raise CommandError(
            _("%(day)s is not a date. Write it as year, month and day: 2022-12-31.") % {"day": day}
        ) from error


def _shown(stands: engine.FoundStanding, strategy: Strategy) -> dict[str, Any]:
    return {
        "judged_at": None if stands.judged_at is None else period_code(stands.judged_at),
        "missions": {
            code: figures_as_text(one, MISSION_FIGURES, strategy) for code, one in stands.missions.items()
        },
        "region": figures_as_text(stands.region, REGION_FIGURES, strategy),
    }


def figures_as_text(standing: Standing, names: tuple[str, ...], strategy: Strategy) -> dict[str, str | None]:
    """These figures of a standing by their names; None where there is none."""
    return {name: _as_text(getattr(standing, name), strategy, is_share=name in SHARES) for name in names}


def _as_text(figure: Decimal | str | None, strategy: Strategy, *, is_share: bool) -> str | None:
    """As text, so that no digit is lost; never "-0.000000"."""
    if not isinstance(figure, Decimal):
        return figure
    decimals = share_decimals(figure, strategy, least=SIX - 2) + 2 if is_share else SIX
    with localcontext(prec=60):
        rounded = figure.quantize(Decimal(1).scaleb(-decimals))
    return str(abs(rounded) if rounded == 0 else rounded)
