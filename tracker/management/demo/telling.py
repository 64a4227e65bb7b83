"""What the demonstration's reports tell beside their figures: narratives, updates of activities, evidence; pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from tracker.progress.services.demonstration import PlannedReport
from tracker.progress.services.demonstration_parts import PlannedText, PlannedUpdate

from .subjects import Quarter

LAST_TOLD = 4
"""In so many quarters before the end of the strategy the activities are reported on."""
RUSSIAN = {"TJ", "KZ"}
"""Missions that write in Russian."""

ACHIEVEMENTS = {
    "en": (
        "Demonstration. Activities went ahead as planned; partners reported on time.",
        "Demonstration. Two activities were moved to the next quarter at the wish of a partner.",
        "Demonstration. Demand for assistance rose towards the end of the quarter.",
    ),
    "ru": (
        "Демонстрация. Мероприятия прошли по плану, партнёры отчитались в срок.",
        "Демонстрация. Обучение прошли сотрудники трёх областей.",
    ),
}
CHALLENGES = {
    "en": (
        "Demonstration. The ministry’s register was closed for three weeks, so figures came late.",
        "Demonstration. Two trainers left; the courses of the autumn were given by those who stayed.",
    ),
    "ru": ("Демонстрация. Из-за погоды два выезда перенесены на следующий квартал.",),
}
NEXT_STEPS = {
    "en": (
        "Demonstration. A mobile team goes to two more districts; the handbook is printed.",
        "Demonstration. The agreement with the employment service is due for signature.",
    ),
    "ru": ("Демонстрация. В следующем квартале начнёт работу ещё один центр.",),
}
INTERNAL = {
    "en": "Demonstration. For the regional office alone: the partner asks for more time with its accounts.",
    "ru": "Демонстрация. Только для регионального бюро: партнёр просит отсрочку отчёта.",
}
COMMENTS = (
    "Demonstration. As planned.",
    "Demonstration. Slower than planned: a tender was repeated.",
    "Demonstration. The second group has begun.",
)


def tell_narrative(mission: str, quarter: str) -> tuple[PlannedText, ...]:
    """The narrative of a report: what was achieved always, the rest in about every third."""
    rng = Random(f"narrative/{mission}/{quarter}")
    language = "ru" if mission in RUSSIAN else "en"
    texts = [PlannedText("achievements", language, _pick(rng, ACHIEVEMENTS[language]), "")]
    if rng.random() < 0.35:
        internal = INTERNAL[language] if rng.random() < 0.5 else ""
        texts.append(PlannedText("challenges", language, _pick(rng, CHALLENGES[language]), internal))
        texts.append(PlannedText("next_steps", language, _pick(rng, NEXT_STEPS[language]), ""))
    return tuple(texts)


def tell_updates(
    *,
    activities: Iterable[Mapping[str, Any]],
    reports: Sequence[PlannedReport],
    quarters: Sequence[Quarter],
    missions: Mapping[str, int],
) -> Iterator[PlannedUpdate]:
    """What the reports of the last quarters say of the activities (rows of their sheet) that ran in them. A draft
    has come as far as the first one.
    """
    told = {quarter.pk: quarter for quarter in quarters[-LAST_TOLD:]}
    rows = list(activities)
    for report in reports:
        quarter = told.get(report.period)
        if quarter is None:
            continue
        own = [row for row in rows if missions[row["mission"]] == report.mission and _runs(row, quarter)]
        for row in own[:1] if report.status == "draft" else own:
            yield _tell_update(report, quarter, row)


def _tell_update(report: PlannedReport, quarter: Quarter, row: Mapping[str, Any]) -> PlannedUpdate:
    rng = Random(f"update/{row['code']}/{quarter.code}")
    quarters = max(1, round((row["end"] - row["start"]).days / 91))
    ends_here = _runs(row, quarter) and row["end"] <= quarter.ends_on
    share = Decimal(round(0.7 + 0.6 * rng.random(), 2)) / quarters
    return PlannedUpdate(
        mission=report.mission,
        period=report.period,
        activity=row["code"],
        status="completed" if ends_here else "ongoing",
        spent=Decimal(round(row["budget"] * share, -2)),
        currency=row["currency"],
        people=int(row["people_planned"] * share),
        quotable="",
        internal=_pick(rng, COMMENTS),
    )


def _runs(row: Mapping[str, Any], quarter: Quarter) -> bool:
    """Whether an activity ran in a quarter; a cancelled one is not spoken of."""
    first = date(quarter.ends_on.year, quarter.ends_on.month - 2, 1)
    return row["status"] != "cancelled" and row["start"] <= quarter.ends_on and row["end"] >= first


def _pick(rng: Random, texts: Sequence[str]) -> str:
    return texts[int(rng.random() * len(texts))]


# -- Evidence -----------------------------------------------------------------------------------------
ATTENDANCE = (
    b"Demonstration list, invented\r\nday,place,women,men\r\n"
    b"2024-10-14,District A,12,9\r\n2024-11-05,District B,17,11\r\n2024-12-02,District C,8,10\r\n"
)
LINK = "https://example.org/demonstration/registration-of-partners"


def make_pdf(*lines: str) -> bytes:
    """A PDF of one page with these lines (ASCII): the same bytes every time."""
    said = " ".join(f"({line}) Tj 0 -18 Td" for line in lines)
    drawn = f"BT /F1 12 Tf 72 770 Td {said} ET".encode("ascii")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return made + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, len(made))
    )
