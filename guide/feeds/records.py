"""What feeds say, one record a statement, before anything of ours is looked up.

Names are as the source writes them; which team, competition, broadcaster or service is meant is decided where the
records are applied. Instants are UTC. Nothing here knows a database.
"""

import datetime as dt
from typing import Literal, Self

from pydantic import model_validator

from guide.publication.records import CountryCode, LanguageTag, Record, Text, check_order

Precision = Literal["exact", "provisional", "day", "unknown"]
Status = Literal["scheduled", "postponed", "cancelled", "suspended", "finished"]
Access = Literal["free", "registration", "subscription", "pay-per-view", "mixed", "unknown"]


class FixtureRecord(Record):
    """One match, race or session as a fixture list has it."""

    competition: Text
    """Our slug where the feed is set to one competition, else the source's name."""
    season: Text
    """As “2026-27” or “2026”."""
    stage: str = ""
    """The part of the competition: “Matchday 3”, “Group A”, “Quarter-final”. No identity: rounds get renumbered."""
    name: str = ""
    """What has no two sides: the race weekend, the tournament, or the title of a calendar entry."""
    session: str = ""
    """The part of a named event: “fp1”, “qualifying”, “race”."""
    home: str = ""
    away: str = ""
    home_is_slot: bool = False
    """The side is a place that a team will take later: “W74”, “1A”, “Path A winner”."""
    away_is_slot: bool = False
    number: int | None = None
    """The source's number of the match within its season."""
    source_key: str = ""
    """The source's own key; empty where it has none. Kept, and never trusted as an identity."""
    starts_at: dt.datetime | None = None
    """The instant, UTC. Absent where only the day is known, or nothing: never midnight for “not known”."""
    ends_at: dt.datetime | None = None
    day: dt.date | None = None
    """The local day at the zone of the source."""
    precision: Precision
    """provisional: an instant that stands for “some time that weekend”; day: no time yet; unknown: no day yet."""
    zone: str = ""
    """The zone in which the source wrote the time: an IANA name or an offset such as UTC-6."""
    venue: str = ""
    status: Status = "scheduled"
    channels: tuple[str, ...] = ()
    """Broadcasters or channels that the entry names, as given."""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if bool(self.home) != bool(self.away):
            raise ValueError("A match has two sides.")
        if not self.home and not self.name:
            raise ValueError("An event has two sides or a name.")
        if (self.starts_at is not None) != (self.precision in ("exact", "provisional")):
            raise ValueError("An instant is exact or provisional, and what is neither has none.")
        if (self.day is None) != (self.precision == "unknown"):
            raise ValueError("Only an event of unknown time has no day.")
        for instant in (self.starts_at, self.ends_at):
            if instant is not None and instant.tzinfo is not dt.UTC:
                raise ValueError("Instants are UTC.")
        return self


class ProgrammeRecord(Record):
    """One programme of a channel as a programme guide has it."""

    channel: Text
    """The guide's own id of the channel; only a table can say which channel that is."""
    starts_at: dt.datetime
    stops_at: dt.datetime | None = None
    """Half open: the programme no longer runs at this instant. Absent where the guide does not say."""
    title: Text
    sub_title: str = ""
    description: str = ""
    categories: tuple[str, ...] = ()
    language: str = ""
    is_repeat: bool = False
    is_premiere: bool = False
    is_new: bool = False
    """What the guide claims; none of the three proves a live broadcast."""
    episode: str = ""
    clump: str = ""
    """“0/2”: the first of two programmes that share the slot."""


class ChannelRecord(Record):
    """One channel of a directory of channels. No stream address, ever."""

    id: Text
    name: Text
    other_names: tuple[str, ...] = ()
    country: CountryCode
    """The seat of the company, not the reach."""
    owners: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    website: str = ""
    launched_on: dt.date | None = None
    closed_on: dt.date | None = None
    replaced_by: str = ""
    """The id of the channel that took its place."""
    areas: tuple[str, ...] = ()
    """Where it can be received: country codes, as far as the directory says countries."""
    languages: tuple[str, ...] = ()


class ClaimRecord(Record):
    """Somebody's claim that a broadcaster shows something in a country. Material for an editor, never published."""

    competition: Text
    season: str = ""
    event: str = ""
    """The match or race that the claim is about, as given; empty for the whole competition."""
    number: int | None = None
    country: CountryCode
    broadcaster: Text
    """One name, cleaned; what was cleaned away is in ``note``."""
    note: str = ""
    access: Access = "unknown"
    coverage: Literal["all", "most", "some", "unknown"] = "unknown"
    languages: tuple[LanguageTag, ...] = ()
    url: str = ""
    """The broadcaster's page that the claim names; empty for a placeholder."""
    source_url: str = ""
    """The page that the claim rests on."""
    status: str = ""
    """What the source says of its own claim, such as “needs_review”."""
    verified_on: dt.date | None = None
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    text: Text
    """The claim as given."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        check_order(self.first_day, self.last_day)
        return self


class GuideChannelRecord(Record):
    """A channel as a programme guide lists it, before its programmes."""

    id: Text
    names: tuple[str, ...] = ()
    """The first is the one that the guide itself prefers."""


class ChannelReachRecord(Record):
    """Where one edition of a channel can be received, as a directory of channels has it."""

    channel: Text
    """The directory's id of the channel."""
    edition: Text
    """“SD”, “HD”, “France”: the directory's id of the edition within the channel."""
    name: str = ""
    is_main: bool = False
    countries: tuple[CountryCode, ...] = ()
    regions: tuple[str, ...] = ()
    """“EUR”, “LATAM”: groups of countries, by the directory's own codes."""
    parts: tuple[str, ...] = ()
    """“s/AU-QLD”, “ct/USNYC”: parts of a country and cities, as given. They do not stand for the country."""
    languages: tuple[str, ...] = ()
    """Codes of ISO 639-3."""


class ChannelIdRecord(Record):
    """One site's own id of a channel, and which channel of the directory that is."""

    site: Text
    site_id: Text
    name: str = ""
    language: str = ""
    channel: str = ""
    """The directory's id; empty where nobody has said which channel it is."""
    edition: str = ""
