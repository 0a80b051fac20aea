"""How the tables of this catalogue are stored."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from competitions.event_table import EventTable
from competitions.models import (
    Competition,
    CompetitionAlias,
    CompetitionName,
    Event,
    EventAlias,
    EventName,
    Season,
    Sport,
    SportName,
    Stage,
    StageAlias,
    StageName,
    Team,
    TeamAlias,
    TeamName,
)
from competitions.records import CompetitionRecord, EventRecord, SeasonRecord, SportRecord, StageRecord, TeamRecord
from competitions.texts import LocalText as LocalTextRow
from guide.publication.models import PublicModel
from guide.publication.reconcile import Table
from guide.publication.records import LocalText
from guide.publication.stored import Children, Reference
from guide.publication.tables import Entry, Problem


class SeasonTable(Table[SeasonRecord]):
    def problems(
        self,
        entries: Sequence[Entry[SeasonRecord]],
        incoming: Mapping[type[PublicModel], Collection[str]],
        *,
        origin: str = "",
    ) -> list[Problem]:
        """As for every table, and seasons of one competition that share a day, among each other and with what stays."""
        problems = super().problems(entries, incoming, origin=origin)
        spans = [_Span.of_entry(entry) for entry in entries]
        stored = Season.objects.standing().exclude(key__in=[entry.record.key for entry in entries])
        if Season in incoming:
            # What the documents do not name again goes.
            stored = stored.exclude(origin=origin, is_locked=False)
        spans += [_Span.of_row(row) for row in stored.select_related("competition")]
        ordered = sorted(spans, key=lambda span: (span.competition, span.first_day))
        for one, other in pairwise(ordered):
            if one.competition == other.competition and other.first_day <= one.last_day:
                message = f"“{other.key}” begins before “{one.key}”{one.place} is over."
                if entry := other.entry or one.entry:
                    problems.append(entry.problem("first_day", message))
        return problems


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """The days of a season, of a document (``entry``) or stored."""

    key: str
    competition: str
    first_day: dt.date
    last_day: dt.date
    entry: Entry[SeasonRecord] | None = None

    @classmethod
    def of_entry(cls, entry: Entry[SeasonRecord]) -> Self:
        season = entry.record
        return cls(
            key=season.key,
            competition=season.competition,
            first_day=season.first_day,
            last_day=season.last_day,
            entry=entry,
        )

    @classmethod
    def of_row(cls, season: Season) -> Self:
        return cls(
            key=season.key,
            competition=season.competition.slug,
            first_day=season.first_day,
            last_day=season.last_day,
        )

    @property
    def place(self) -> str:
        return f" in line {self.entry.line}" if self.entry and self.entry.line else ""


def _texts(model: type[LocalTextRow], parent: str) -> Children:
    return Children(model=model, parent=parent, columns=("language", "text"), item=LocalText)


SPORT = Reference(model=Sport)
COMPETITION = Reference(model=Competition)
SEASON = Reference(model=Season, key="key")
STAGE = Reference(model=Stage, key="key")
TEAM = Reference(model=Team)
EVENT = Reference(model=Event, key="key")

SPORTS = Table(name="sports", record=SportRecord, model=Sport, children={"names": _texts(SportName, "sport")})
COMPETITIONS = Table(
    name="competitions",
    record=CompetitionRecord,
    model=Competition,
    references={"sport": SPORT},
    children={
        "names": _texts(CompetitionName, "competition"),
        "aliases": _texts(CompetitionAlias, "competition"),
    },
)
SEASONS = SeasonTable(
    name="seasons",
    record=SeasonRecord,
    model=Season,
    key="key",
    references={"competition": COMPETITION},
)
TEAMS = Table(
    name="teams",
    record=TeamRecord,
    model=Team,
    references={"sport": SPORT},
    children={"names": _texts(TeamName, "team"), "aliases": _texts(TeamAlias, "team")},
)
STAGES = Table(
    name="stages",
    record=StageRecord,
    model=Stage,
    key="key",
    references={"season": SEASON},
    children={"names": _texts(StageName, "stage"), "aliases": _texts(StageAlias, "stage")},
)
EVENTS = EventTable(
    name="events",
    record=EventRecord,
    model=Event,
    key="key",
    references={"season": SEASON, "parent": EVENT, "stage": STAGE, "home": TEAM, "away": TEAM},
    children={"names": _texts(EventName, "event"), "aliases": _texts(EventAlias, "event")},
)
