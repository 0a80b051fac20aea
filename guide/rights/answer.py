"""The answer: what the API, the pages and the command line are given, and nothing more.

Frozen, free of the database, and complete: a reader of an answer asks no further query.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from broadcasters.models import Country
from competitions.models import Competition, Event

EARLIEST, LATEST = dt.date(1990, 1, 1), dt.date(2099, 12, 31)
"""The days about which the guide may be asked."""


class State(StrEnum):
    """What we can say about a competition in a country on a day; decided in this order."""

    BLOCKED = "blocked"
    LICENSED = "licensed"
    UNANNOUNCED = "unannounced"
    NONE = "none"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why, where the state alone does not say it."""

    BLACKOUT = "blackout"
    LAPSED = "lapsed"
    """We knew a holder; nothing on record speaks about this day."""
    BETWEEN_EDITIONS = "between_editions"
    """The last edition is over and had known holders; no holder of an edition within a year is on record."""
    NOT_RESEARCHED = "not_researched"
    """Nothing that has begun is on record here."""


class LapseReason(StrEnum):
    """Why a right that is on record does not license the day."""

    ENDED = "ended"
    EVIDENCE_ENDED = "evidence_ended"
    EDITION_OVER = "edition_over"


class Rule(StrEnum):
    """The kind of row that decided. The first that there is goes before the others of the same broadcaster."""

    LISTING = "listing"
    EVENT = "event"
    STAGE = "stage"
    SEASON = "season"
    COMPETITION = "competition"


class Showing(StrEnum):
    """Whether an option shows the event that is asked about."""

    CERTAIN = "certain"
    """It is listed, or the right is one to all matches."""
    POSSIBLE = "possible"
    """The right is one to a part of the matches, and nobody on record says whether this is one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing asked. ``on`` is a day, an aware instant, or None for now.

    With an ``event`` of the competition, the question is about it, and its own time stands for ``on``. The event comes
    with its season, stage and parent.
    """

    competition: Competition
    country: Country
    on: dt.date | dt.datetime | None = None
    event: Event | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    slug: str
    name: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLink:
    """What a fan opens. ``operators`` are boxes that carry it in the country; empty means that none is recorded."""

    slug: str
    name: str
    kind: str
    url: str | None
    operators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much is shown. ``matches`` of ``of`` per ``unit``, each None where the sources do not count."""

    scope: str
    matches: int | None
    of: int | None
    unit: str | None
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """The cheapest complete way for anyone to see the competition there; ``plans`` are what must be bought, base last.

    ``as_of`` is the date of the oldest source of a part, as exact as it is (``2024``, ``2024-08``, ``2024-08-13``).
    """

    amount: Decimal
    currency: str
    period: str
    commitment_months: int | None
    plans: tuple[str, ...]
    as_of: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A page of evidence. ``published_on`` is as exact as the page; ``seen_on`` is None until somebody looked."""

    kind: str
    publisher: str
    title: str
    url: str
    published_on: str | None
    seen_on: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Airing:
    """An event as a guide lists it on a service. Times are those of the programme (UTC), where the guide says them."""

    broadcaster: Party
    service: ServiceLink
    kind: str
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    publisher: str
    url: str | None
    seen_on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class OnAir:
    """The last day, in the country, on which a guide had an event of the competition on a service of the holder."""

    day: dt.date
    service: str
    """Its name."""
    publisher: str
    """Of the guide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotShowing:
    """A holder in force whose right is one to another part of the competition, or gives way to one that excludes it."""

    right: str
    broadcaster: Party
    rule: Rule
    part: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way to see it: a right in force, with all that a fan or a partner needs to judge it."""

    right: str
    rank: int
    rank_reason: str
    rule: Rule
    part: str | None
    """Key of the season, stage or event to which the right is bound."""
    showing: Showing | None
    """None where no event is asked about."""
    airings: tuple[Airing, ...]
    """Of the event, on this option's services or others of the broadcaster."""
    broadcaster: Party
    services: tuple[ServiceLink, ...]
    kind: str
    package: str | None
    access: str
    exclusivity: str
    coverage: Coverage
    languages: tuple[str, ...]
    price_from: Price | None
    first_day: dt.date | None
    last_day: dt.date | None
    evidence_reaches: dt.date | None
    confidence: str
    verified_on: dt.date | None
    next_check_due: dt.date | None
    on_air: OnAir | None
    """None where no guide has shown the holder at it, or nobody looked."""
    evidence: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LastKnown:
    """A holder of whom nothing on record says that it still holds the right on the day."""

    right: str
    broadcaster: Party
    season: str | None
    last_day: dt.date | None
    evidence_reaches: dt.date | None
    reason: LapseReason
    evidence: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Upcoming:
    """Who takes over, or goes on, from a later day. ``is_renewal``: the same broadcaster held it before."""

    right: str
    broadcaster: Party
    day: dt.date
    season: str | None
    last_day: dt.date | None
    access: str
    package: str | None
    is_renewal: bool
    confidence: str
    evidence: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The finding behind the states ``unannounced`` and ``none``."""

    kind: str
    first_day: dt.date | None
    last_day: dt.date | None
    evidence_reaches: dt.date | None
    note: str | None
    evidence: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NextWay:
    """What comes next to seeing it live: who may show it later in full, else who may show highlights."""

    kind: str
    broadcasters: tuple[Party, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The blackout behind the state ``blocked``; it lifts at ``until`` (UTC)."""

    basis: str
    until: dt.datetime
    next_way: NextWay | None
    """None where no right but to show it live is on record."""
    evidence: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What we know about one question, and what we do not."""

    question: Question
    day: dt.date
    state: State
    reason: Reason | None
    season: str | None
    resumes_on: dt.date | None
    """Between two seasons that one right covers: the first day of the next."""
    options: tuple[Option, ...]
    airings: tuple[Airing, ...]
    """All listings of the event in the country: also of broadcasters of whom no right is on record."""
    not_showing: tuple[NotShowing, ...]
    """Of the event: who holds rights to the competition, and surely not to this."""
    last_known: tuple[LastKnown, ...]
    upcoming: tuple[Upcoming, ...]
    finding: Found | None
    block: Block | None
    is_portable: bool
    """Inside the European Union a paid service goes with its subscriber on a short stay (Regulation 2017/1128)."""
    next_change_at: dt.datetime | None
    """The next moment at which time alone may change this answer; None where the question names its day."""
