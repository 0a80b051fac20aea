"""Days, lists, amounts and names as the page's language writes them. The language is the one that Django has active."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from string import Formatter
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval, format_skeleton, format_time, get_timezone_location
from babel.lists import format_list
from babel.numbers import format_compact_decimal, format_currency, format_decimal
from django.utils.translation import get_language

from broadcasters.names import country_name
from guide.search.letters import bare

WRITTEN_AS = {"en": "en_GB"}
"""Languages whose pages follow the customs of one country: 30 June 2029, not June 30, 2029."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of a sentence. Where it names a broadcaster, ``tone`` says by which access, see ``words.TONES``."""

    text: str
    tone: str = ""


class Span(NamedTuple):
    """The days that a date may mean: a year or a month is known by its first and its last."""

    first: dt.date
    last: dt.date


def language() -> str:
    return get_language() or "en"


@cache
def _parsed(code: str) -> Locale:
    return Locale.parse(WRITTEN_AS.get(code, code).replace("-", "_"))


def locale() -> Locale:
    return _parsed(language())


def fill(template: str, *, names: Sequence[Run] = (), **texts: str) -> tuple[Run, ...]:
    """A template with its texts in their places, and ``{names}`` joined as the language joins a list."""
    # The list is made of numbered places and not of names, so that each name stays a run of its own.
    places = format_list([f"{{{number}}}" for number in range(len(names))], locale=locale())
    runs: list[Run] = []
    for literal, place, _, _ in Formatter().parse(template.replace("{names}", places)):
        if literal:
            runs.append(Run(text=literal))
        if place is not None:
            runs.append(names[int(place)] if place.isdigit() else Run(text=texts[place]))
    return tuple(runs)


def plain(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)


# Days


def long_day(day: dt.date) -> str:
    """As in a sentence: 30 June 2029."""
    return format_date(day, "long", locale=locale())


def short_day(day: dt.date) -> str:
    """As in a table: 30 Jun 2029."""
    return format_date(day, "medium", locale=locale())


def full_day(day: dt.date) -> str:
    """With its weekday: Saturday, 22 August 2026."""
    return format_date(day, "full", locale=locale())


def span(first: dt.date, last: dt.date) -> str:
    """Several days: 6–8 Mar 2026."""
    return format_interval(first, last, "yMMMd", locale=locale())


def city(zone: str) -> str:
    """The place after which a time zone is named: Rome for Europe/Rome."""
    return get_timezone_location(zone, locale=locale(), return_city=True)


def time_of_day(instant: dt.datetime) -> str:
    """The clock of the instant's own zone: 17:15."""
    return format_time(instant, "short", locale=locale())


def partial_date(text: str) -> str:
    """A date as exact as it is known: 13 Aug 2024, Aug 2024, 2024."""
    first = span_of(text).first
    if len(text) == len("2024-08-13"):
        return short_day(first)
    if len(text) == len("2024-08"):
        return format_skeleton("yMMM", first, locale=locale())
    return text


def span_of(text: str) -> Span:
    """The days that ``2024``, ``2024-08`` or ``2024-08-13`` may mean."""
    year, *rest = (int(part) for part in text.split("-"))
    if not rest:
        return Span(dt.date(year, 1, 1), dt.date(year, 12, 31))
    month = rest[0]
    if len(rest) == 1:
        following = dt.date(year + month // 12, month % 12 + 1, 1)
        return Span(dt.date(year, month, 1), following - dt.timedelta(days=1))
    day = dt.date(year, month, rest[1])
    return Span(day, day)


def season(label: str) -> str:
    """The label with the dash of a span in place of the hyphen."""
    return label.replace("-", "\N{EN DASH}")


# Amounts and names


def listed(texts: Sequence[str]) -> str:
    return format_list(list(texts), locale=locale())


def count(number: int) -> str:
    """How many: 1,922 or, where it is as exact, 123 million."""
    if number % 100_000:
        return format_decimal(number, locale=locale())
    return format_compact_decimal(number, format_type="long", locale=locale(), fraction_digits=1)


def money(amount: Decimal, currency: str) -> str:
    return format_currency(amount, currency, locale=locale())


def country(code: str) -> str:
    return country_name(code, language())


def tongue(tag: str) -> str:
    """The name of a language; its tag where CLDR does not know it."""
    try:
        return Locale.parse(tag, sep="-").get_display_name(locale()) or tag
    except (UnknownLocaleError, ValueError):
        return tag


def sort_key(text: str) -> tuple[str, str]:
    """The place of a word in an alphabetical list: accents count only between words that are else the same."""
    lower = text.casefold()
    # Spanish has ñ for a letter of its own, after n.
    letters = lower.replace("ñ", "n\uffff") if language() == "es" else lower
    return bare(letters), lower
