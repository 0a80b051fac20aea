"""Rows of the tables under ``competitions/data``; the columns are described in ``docs/data.md``."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, model_validator

from guide.publication.records import (
    COUNTRY_CODE,
    Address,
    Day,
    LocalNames,
    LocalTexts,
    Record,
    Slug,
    Text,
    check_order,
)

RESERVED_SLUGS = frozenset(
    {"admin", "api", "broadcaster", "changes", "check", "closures", "competition", "corrections", "developers", "event"}
    | {"exports", "free", "ical", "method", "plan", "search", "static", "team", "today", "widget"}
)
"""Words that stand where a competition's slug could stand in the address of a page."""

WIDE_REGIONS = ("europe", "world")

MINIMUM_SLUG_LENGTH = 3
"""Two letters in an address are a country or a language."""


def _own_address(slug: str) -> str:
    if slug in RESERVED_SLUGS:
        raise ValueError(f"“{slug}” is a word of the site's own addresses: choose another slug.")
    if len(slug) < MINIMUM_SLUG_LENGTH:
        raise ValueError(f"“{slug}” is too short: a competition's slug has three characters or more.")
    return slug


def _region(region: str) -> str:
    if region and region not in WIDE_REGIONS and not COUNTRY_CODE.fullmatch(region):
        raise ValueError(f"“{region}” is no region: write a country code such as IT, europe or world.")
    return region


class SportRecord(Record):
    slug: Slug
    name: Text
    names: LocalNames = ()


class CompetitionRecord(Record):
    slug: Annotated[Slug, AfterValidator(_own_address)]
    name: Text
    sport: Slug
    organiser: str = ""
    region: Annotated[str, AfterValidator(_region)] = ""
    calendar: Literal["autumn-spring", "calendar-year", "tournament"]
    website: Address = ""
    names: LocalNames = ()
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

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        check_order(self.first_day, self.last_day)
        return self
