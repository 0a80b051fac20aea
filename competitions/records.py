"""Rows of the tables under ``competitions/data``; the columns are described in ``docs/data.md``."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, model_validator

from guide.publication.records import (
    COUNTRY_CODE,
    Address,
    Day,
    LocalNames,
    LocalTexts,
    OptionalCountryCode,
    OptionalDay,
    OptionalInstant,
    OptionalSlug,
    Record,
    Slug,
    Text,
    Whole,
    Zone,
    check_order,
)

RESERVED_SLUGS = frozenset(
    {"admin", "api", "broadcaster", "changes", "check", "closures", "competition", "corrections", "developers", "event"}
    | {"exports", "free", "ical", "method", "plan", "search", "static", "team", "today", "week", "widget"}
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


class TeamRecord(Record):
    slug: Slug
    name: Text
    sport: Slug
    kind: Literal["club", "national", "athlete"] = "club"
    country: OptionalCountryCode = ""
    names: LocalNames = ()
    aliases: LocalTexts = ()


class StageRecord(Record):
    key: Slug
    season: Slug
    name: Text
    position: Annotated[int, BeforeValidator(lambda value: int(value or 0))] = 0
    names: LocalNames = ()
    aliases: LocalTexts = ()


class EventRecord(Record):
    """A match has two sides, each a team or a place that a team will take; anything else has a name."""

    key: Slug
    season: Slug
    parent: OptionalSlug = ""
    stage: OptionalSlug = ""
    round: str = ""
    number: Whole = None
    name: str = ""
    session: OptionalSlug = ""
    home: OptionalSlug = ""
    away: OptionalSlug = ""
    home_slot: str = ""
    away_slot: str = ""
    day: OptionalDay = None
    last_day: OptionalDay = None
    starts_at: OptionalInstant = None
    ends_at: OptionalInstant = None
    precision: Literal["exact", "provisional", "day", "unknown"] = "unknown"
    status: Literal["scheduled", "postponed", "cancelled", "suspended", "finished"] = "scheduled"
    venue: str = ""
    zone: Zone = ""
    source_url: Address = ""
    note: str = ""
    names: LocalNames = ()
    aliases: LocalTexts = ()

    @property
    def is_match(self) -> bool:
        return bool(self.home or self.home_slot)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if bool(self.home or self.home_slot) != bool(self.away or self.away_slot):
            raise ValueError("A match has two sides.")
        if not self.is_match and not self.name:
            raise ValueError("An event has two sides or a name.")
        if self.home and self.home == self.away:
            raise ValueError("A team does not play itself.")
        if (self.home and self.home_slot) or (self.away and self.away_slot):
            raise ValueError("A side is a team, or the place that it will take: not both.")
        if (self.starts_at is not None) != (self.precision in ("exact", "provisional")):
            raise ValueError("An instant is exact or provisional, and what is neither has none.")
        if (self.day is None) != (self.precision == "unknown"):
            raise ValueError("Only an event of unknown time has no day.")
        if self.ends_at and (self.starts_at is None or self.ends_at <= self.starts_at):
            raise ValueError("It ends before it begins.")
        if self.last_day and self.day is None:
            raise ValueError("There is a last day and no first.")
        check_order(self.day, self.last_day)
        return self
