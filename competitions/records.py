"""Rows of the tables under ``competitions/data``; the columns are described in ``docs/data.md``."""

from typing import Annotated, Literal

from pydantic import AfterValidator

from guide.publication.records import Address, Day, LocalTexts, Record, Slug, Text

RESERVED_SLUGS = frozenset(
    {"admin", "api", "broadcaster", "changes", "check", "closures", "competition", "corrections", "developers", "event"}
    | {"exports", "free", "ical", "method", "plan", "search", "static", "team", "today", "widget"}
)
"""Words that stand where a competition's slug could stand in the address of a page."""

MINIMUM_SLUG_LENGTH = 3
"""Two letters in an address are a country or a language."""


def _own_address(slug: str) -> str:
    if slug in RESERVED_SLUGS:
        raise ValueError(f"“{slug}” is a word of the site's own addresses: choose another slug.")
    if len(slug) < MINIMUM_SLUG_LENGTH:
        raise ValueError(f"“{slug}” is too short: a competition's slug has three characters or more.")
    return slug


class SportRecord(Record):
    slug: Slug
    name: Text
    names: LocalTexts = ()


class CompetitionRecord(Record):
    slug: Annotated[Slug, AfterValidator(_own_address)]
    name: Text
    sport: Slug
    organiser: str = ""
    region: str = ""
    calendar: Literal["autumn-spring", "calendar-year", "tournament"]
    website: Address = ""
    names: LocalTexts = ()
    aliases: LocalTexts = ()


class SeasonRecord(Record):
    key: Slug
    competition: Slug
    label: Text
    first_day: Day
    last_day: Day
    dates: Literal["announced", "nominal"]
    source_url: Address = ""
    note: str = ""
