"""From what people type to numbers, dates and yes or no. Pure: value in, value or error out.

Numbers come in the ways of many countries (1 234,5; 1.234,5; 1,234.5), so what could mean two numbers a
thousand apart is never guessed. Days come before months. What stands for no figure (n/a, –) and what was a
figure before it was suppressed (<11) are refused, each with its own sentence.
"""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext as _

from .cells import CellError, Percent, clean_text, make_plain, read_float

# What parts the whole of a number from its decimals.
Mark = Literal[".", ","]


class NumberError(ValueError):
    """The value is no number, date or yes/no. Its text is a sentence for the person."""


class AmbiguousNumber(NumberError):
    """The text can be read as two different numbers; `readings` has both, the larger first."""

    def __init__(self, text: str, readings: tuple[Decimal, Decimal]) -> None:
        self.readings = readings
        super().__init__(
            _(
                "“%(text)s” can be read as %(larger)s or as %(smaller)s. Write it without a thousands "
                "separator (%(larger)s), or with another decimal (%(smaller)s0)."
            )
            % {"text": text, "larger": format(readings[0], "f"), "smaller": format(readings[1], "f")}
        )


class NoDate(NumberError):
    """The text is in no form in which dates are written."""

    def __init__(self, text: str) -> None:
        super().__init__(
            _("“%(text)s” is not a date. Write it as 2021-12-31 or 31.12.2021.") % {"text": text}
        )


class NoFigure(NumberError):
    """The cell says in words or dashes that there is no figure; an empty cell would."""

    def __init__(self, text: str) -> None:
        super().__init__(
            _("“%(text)s” is no figure. Where there is none, leave the cell empty.") % {"text": text}
        )


class SuppressedFigure(NumberError):
    """The cell hides a small figure, as exports do: <11. What it was cannot be told from it."""

    def __init__(self, text: str) -> None:
        super().__init__(
            _(
                "“%(text)s” is a figure that was suppressed in an export because it is small; it cannot be "
                "read back. Leave the row out, or write the real figure."
            )
            % {"text": text}
        )


# A figure with more digits before the point is a slip of the hand or an overflow.
_MOST_DIGITS = 18
_SPACES = re.compile(r"[\s\u2009\u200a\u2008'’]")
_MINUS = str.maketrans({"−": "-", "–": "-", "‐": "-", "‑": "-"})
PERCENT_SIGNS = ("%", "％")
# East Asian keyboards write the digits and signs of ASCII at full width.
_FULL_WIDTH = str.maketrans({0xFF01 + offset: 0x21 + offset for offset in range(94)})
_NO_FIGURES = frozenset(
    {"-", "--", "---", "–", "—", "―", "−", ".", "..", "...", "…", "?", "/", "*"}
    | {"n/a", "n / a", "na", "n.a.", "n.a", "n\\a", "none", "nil", "null", "tbd", "tbc", "unknown", "missing"}
    | {"no data", "no value", "not available", "not applicable", "not reported"}
    | {"н/д", "н.д.", "нд", "нет", "нет данных"}
)
_SUPPRESSED = re.compile(
    r"(?:<|&lt;|≤|&le;|<=|⩽|‹|(?:less|fewer) than |under |менее )\s*\d+(?:[.,]\d+)?\s*%?", re.IGNORECASE
)
_PLAIN = re.compile(r"(?:\d+(?:[.,]\d+)?|[.,]\d+)", re.ASCII)
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([ .,])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d+)?", re.ASCII)
_AMBIGUOUS = re.compile(r"([1-9]\d{0,2})[.,](\d{3})", re.ASCII)
_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?[eE][+-]?\d{1,3}", re.ASCII)


def parse_decimal(value: object, *, locale_hint: Mark | None = None) -> Decimal:
    """Give the number that a cell means; "40 %" is 40, as a Percent.

    `locale_hint` is the decimal mark known to be used where the text comes from; it decides what alone could
    be read in two ways. Raises AmbiguousNumber for "1,234" and "1.234" without a hint, SuppressedFigure for
    "<11", NoFigure for "n/a" and dashes, and NumberError for everything else that is no number (empty, text, a
    date, yes/no, an error cell, infinite or absurdly large). A minus sign goes before the number: "5-" and
    "(5)" may mean minus five, and are refused with that advice. So is an exponent: 1.23E+05 is what a program
    leaves of 123456 in a narrow column.
    """
    if isinstance(value, CellError):
        raise NumberError(value.message)
    if value is None or (isinstance(value, str) and not clean_text(value)):
        raise NumberError(_("The cell is empty; a number is expected."))
    if isinstance(value, bool):
        raise NumberError(_("The cell holds true or false; a number is expected."))
    if isinstance(value, (date, datetime)):
        raise NumberError(
            _("The cell holds a date (%(date)s); a number is expected. Format the cell as a number.")
            % {"date": f"{value:%Y-%m-%d}"}
        )
    if isinstance(value, int):
        number: Decimal | CellError = Decimal(value)
    elif isinstance(value, float):
        number = read_float(value)
    elif isinstance(value, Decimal):
        number = value
    else:
        number = _parse_text(clean_text(str(value)), locale_hint)
    if isinstance(number, CellError) or not number.is_finite() or number.adjusted() >= _MOST_DIGITS:
        raise NumberError(_("“%(value)s” is too large to be a figure. Check it.") % {"value": value})
    plain = make_plain(number)
    return Percent(plain) if isinstance(number, Percent) else plain


def refuse_no_figure(text: str) -> None:
    """Raise NoFigure or SuppressedFigure where clean text says that there is no figure, or hides it."""
    if " ".join(text.casefold().split()) in _NO_FIGURES:
        raise NoFigure(text)
    if _SUPPRESSED.fullmatch(text.translate(_FULL_WIDTH)):
        raise SuppressedFigure(text)


def split_sign(text: str) -> tuple[str, str]:
    """Give the sign ("-" or nothing) and what follows it: without %, and with plain spaces between groups."""
    body = text.translate(_FULL_WIDTH).translate(_MINUS).removesuffix("%").rstrip()
    sign = ""
    if body[:1] in ("-", "+"):
        sign, body = ("-" if body[0] == "-" else ""), body[1:].lstrip()
    return sign, _SPACES.sub(" ", body)


def _parse_text(text: str, decimal_mark: str | None) -> Decimal:
    """Read a number written as text; spaces and apostrophes group thousands."""
    refuse_no_figure(text)
    sign, body = split_sign(text)
    if _AMBIGUOUS.fullmatch(body) and not decimal_mark:
        digits = sign + body
        larger = Decimal(re.sub(r"[.,]", "", digits))
        raise AmbiguousNumber(text, (larger, Decimal(digits.replace(",", "."))))
    grouped = _GROUPED.fullmatch(body)
    if grouped and not (_PLAIN.fullmatch(body) and grouped[1] == decimal_mark):
        body = body.replace(grouped[1], "")
    if _PLAIN.fullmatch(body):
        kind = Percent if text.endswith(PERCENT_SIGNS) else Decimal
        return kind(sign + body.replace(",", "."))
    if _SCIENTIFIC.fullmatch(body):
        raise NumberError(
            _("“%(text)s” is a shortened number, and digits may be lost. Write all of them, as in 123456.")
            % {"text": _shorten(text)}
        )
    bracketed = body[:1] == "(" and body[-1:] == ")"
    meant = (body[1:-1] if bracketed else body.removesuffix("-")).strip()
    if meant != body and _PLAIN.fullmatch(meant):
        raise NumberError(
            _("“%(text)s” may be meant as a negative number. Write it as -%(number)s.")
            % {"text": text, "number": meant}
        )
    if any(character.isdigit() and character not in "0123456789" for character in text[:60]):
        raise NumberError(
            _("“%(text)s” is written with other digits. Write it with the digits 0–9, for example 1234.5.")
            % {"text": _shorten(text)}
        )
    raise NumberError(
        _("“%(text)s” is not a number. Write digits only, for example 1234.5.") % {"text": _shorten(text)}
    )


_SERIAL_START = date(1899, 12, 30)
_SERIAL_START_1904 = date(1904, 1, 1)
# Serial day numbers from 1954 to 2119; a number outside them in a date column is a year or a slip.
_SERIALS = range(20_000, 80_001)
_YEARS = range(1900, 2201)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?: 0?0:00(?::00)?)?", re.ASCII)
_SPELLED = re.compile(r"(\d{1,2}) ([A-Za-z]{3,9})\.? (\d{4})", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def parse_date(value: object) -> date:
    """Give the date that a cell means: a date cell, its serial day number, or text.

    Text may be 2021-12-31, 31.12.2021, 31/12/2021 (the day first, always) or 31 Dec 2021. Raises NumberError.
    """
    if isinstance(value, CellError):
        raise NumberError(value.message)
    if value is None or (isinstance(value, str) and not clean_text(value)):
        raise NumberError(_("The cell is empty; a date is expected."))
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    # In Russian a year may be followed by the letter of its word.
    text = clean_text(str(value)).removesuffix("г.").rstrip()
    if isinstance(value, bool):
        raise NoDate(_shorten(text))
    if text.casefold() in _NO_FIGURES:
        raise NumberError(_("“%(text)s” is no date. Leave the cell empty.") % {"text": text})
    if re.fullmatch(r"\d{5}", text, re.ASCII) and int(text) in _SERIALS:
        return date_of_serial(int(text))
    if match := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DAY_FIRST.fullmatch(text):
        day, month, year = int(match[1]), int(match[3]), int(match[4])
        if month > 12 >= day:
            raise NumberError(
                _("“%(text)s” has no month %(month)d. Write the day first (%(right)s), or %(iso)s.")
                % {
                    "text": text,
                    "month": month,
                    "right": f"{month:02d}{match[2]}{day:02d}{match[2]}{year}",
                    "iso": f"{year}-{day:02d}-{month:02d}",
                }
            )
    elif match := _SPELLED.fullmatch(text):
        day, month, year = int(match[1]), _find_month(match[2]), int(match[3])
    else:
        raise NoDate(_shorten(text))
    try:
        found = date(year, month, day)
    except ValueError:
        raise NumberError(_("“%(text)s” is no day of the calendar.") % {"text": text}) from None
    if found.year not in _YEARS:
        raise NumberError(
            _("“%(text)s” is too far away to be meant. Write the year in four digits.") % {"text": text}
        )
    return found


def date_of_serial(days: int, *, since_1904: bool = False) -> date:
    """Give the date of a serial day number, in Excel's usual system or in that of old Macintosh workbooks."""
    return (_SERIAL_START_1904 if since_1904 else _SERIAL_START) + timedelta(days=days)


def is_serial(number: Decimal, *, since_1904: bool = False) -> bool:
    """Tell whether a number in a date column is the serial number of a likely day, and no year."""
    return number == number.to_integral_value() and int(number) + 1462 * since_1904 in _SERIALS


def _find_month(name: str) -> int:
    """Give the number of an English month from its name or the first letters of it, 0 for none."""
    letters = name[:3].lower()
    return _MONTHS.index(letters) + 1 if letters in _MONTHS else 0


_YES = frozenset({"yes", "y", "true", "1", "x", "да", "oui", "vrai"})
_NO = frozenset({"no", "n", "false", "0", "нет", "non", "faux"})


def parse_yes_no(value: object) -> bool:
    """Give True or False for yes/no, true/false, 1/0, x, да/нет, oui/non. Raises NumberError."""
    if isinstance(value, CellError):
        raise NumberError(value.message)
    if isinstance(value, bool):
        return value
    text = "" if value is None else clean_text(str(value))
    if not text:
        raise NumberError(_("The cell is empty; yes or no is expected."))
    if text.casefold() in _YES:
        return True
    if text.casefold() in _NO:
        return False
    raise NumberError(_("“%(text)s” is neither yes nor no. Write yes or no.") % {"text": _shorten(text)})


def _shorten(text: str) -> str:
    """Keep messages readable when a whole paragraph stands where a figure should be."""
    return text if len(text) <= 60 else text[:59] + "…"
