"""Which event a programme shows, if it shows one live.

Teams by their names and aliases, exactly, both of them; races by the name of series or weekend and by the session that
overlaps. Time decides what is live and what a repeat. Likeness of names counts for nothing: rather no match than a
wrong one. Knows no database.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from guide.feeds.fixture_names import race_name
from guide.feeds.programmes.words import IN_THE_TEXT, NOT_LIVE_WORDS, OTHER_LEAGUES_WORDS, OTHER_SERIES_WORDS
from guide.feeds.records import ProgrammeRecord
from guide.feeds.spelling import normalised

BETWEEN_SIDES = re.compile(r"\s+(?:[-–—/]|vs?\.?|gegen|contre|mot)\s+|(?<=\w)\s*[-–/]\s*(?=\w)", re.IGNORECASE)
BETWEEN_PARTS = re.compile(r"\s*(?::|,|\(|\)|\||\s\.\s|(?<!\bv)(?<!\bvs)\. )\s*", re.IGNORECASE)

LONGEST = 12
"""Words between hyphens and the like of which one part of a title may consist; the rest is not looked at."""
MOST_WORDS = 3
"""Of a side, between hyphens and the like."""
EARLIEST_START = dt.timedelta(minutes=65)
"""Before kick-off: what begins earlier is a studio, whatever its title."""
LATEST_START = dt.timedelta(minutes=15)
SECOND_HALF = dt.timedelta(minutes=40), dt.timedelta(minutes=75)
"""After kick-off: guides list halves as programmes of their own, often under one title."""
SHORTEST = dt.timedelta(minutes=35)
"""Of a match, or of half of one."""
RACE_EARLIEST = dt.timedelta(minutes=65)
RACE_LATEST = dt.timedelta(minutes=5)
LEAST_OF_SESSION = 0.6


class Doubt(StrEnum):
    """Why a person has to say which event it is."""

    ONE_TEAM = "one_team"
    """One side is a team of ours, at the time of a match of it; the other is written as nobody is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An event that a programme may show. Names are all that it, and each side, is called."""

    key: str
    competition: str
    sport: str
    home: str = ""
    away: str = ""
    weekend: str = ""
    """Of a session, the key of what holds it."""
    names: tuple[str, ...] = ()
    """Of a session, what its weekend is called."""
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None = None
    day: dt.date | None = None
    zone: dt.tzinfo = dt.UTC
    """Where the day is counted."""
    is_exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    event: str
    is_time_news: bool = False
    """The event had no exact time: the programme's start says when it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful:
    event: str
    why: Doubt


class Matcher:
    """``teams``: slugs by normalised name; ``series``: slugs of competitions without sides by normalised name."""

    def __init__(
        self, candidates: Iterable[Candidate], teams: Mapping[str, frozenset[str]], series: Mapping[str, str]
    ) -> None:
        self._teams = teams
        self._pairs: defaultdict[frozenset[str], list[Candidate]] = defaultdict(list)
        self._of_team: defaultdict[str, list[Candidate]] = defaultdict(list)
        self._sessions: defaultdict[str, list[Candidate]] = defaultdict(list)
        self._series = {name: slug for name, slug in series.items() if name}
        self._weekends: dict[str, set[str]] = {}
        for one in candidates:
            if one.home:
                self._pairs[frozenset((one.home, one.away))].append(one)
                for side in (one.home, one.away):
                    self._of_team[side].append(one)
            else:
                self._sessions[one.competition].append(one)
                for name in one.names:
                    self._weekends.setdefault(race_name(name), set()).add(one.weekend or one.key)

    def match(self, programme: ProgrammeRecord) -> Match | Doubtful | None:
        """None for what is no live broadcast of one of the events, or of none of them for certain."""
        said = normalised(f"{programme.title} {programme.sub_title}")
        if NOT_LIVE_WORDS.search(said) or IN_THE_TEXT.search(normalised(programme.description)):
            return None
        return self._game(programme, said) or self._race(programme, said)

    # Two sides

    def _game(self, programme: ProgrammeRecord, said: str) -> Match | Doubtful | None:
        if OTHER_LEAGUES_WORDS.search(said) or OTHER_LEAGUES_WORDS.search(
            " ".join(map(normalised, programme.categories))
        ):
            return None
        half_known: Candidate | None = None
        for text in (programme.title, programme.sub_title):
            for home, away in _sides(text):
                here, there = (self._teams.get(normalised(name), frozenset()) for name in (home, away))
                if here and there:
                    return self._played(programme, here, there)
                half_known = half_known or self._half_known(programme, here or there)
        return Doubtful(event=half_known.key, why=Doubt.ONE_TEAM) if half_known else None

    def _played(self, programme: ProgrammeRecord, here: Iterable[str], there: Iterable[str]) -> Match | None:
        found = [
            one
            for home in here
            for away in there
            for one in self._pairs.get(frozenset((home, away)), ())
            if _is_at(programme, one)
        ]
        if len(found) != 1:
            return None
        return Match(event=found[0].key, is_time_news=not found[0].is_exact)

    def _half_known(self, programme: ProgrammeRecord, slugs: Iterable[str]) -> Candidate | None:
        found = [one for slug in slugs for one in self._of_team[slug] if one.is_exact and _is_at(programme, one)]
        return found[0] if len(found) == 1 else None

    # Races

    def _race(self, programme: ProgrammeRecord, said: str) -> Match | None:
        if OTHER_SERIES_WORDS.search(said):
            return None
        series = {slug for name, slug in self._series.items() if _says(said, name)}
        weekends = self._weekends_in(said)
        if len(series) > 1 or not (series or (weekends and ("grand prix" in said or _says(said, "gp")))):
            return None
        sessions = [
            one
            for competition in (series or self._sessions)
            for one in self._sessions[competition]
            if (not weekends or (one.weekend or one.key) in weekends) and _is_on_air(programme, one)
        ]
        if not sessions:
            return None
        # A broadcast is there for the session that begins soonest after it does.
        nearest = min(sessions, key=lambda one: abs((one.starts_at or programme.starts_at) - programme.starts_at))
        return Match(event=nearest.key)

    def _weekends_in(self, said: str) -> set[str]:
        words = race_name(said)
        return {key for name, keys in self._weekends.items() if name and _says(words, name) for key in keys}


def _sides(text: str) -> Iterator[tuple[str, str]]:
    """Every way to read a part of the text as two sides: “Fodbold: VM - Paris-SG - Lens, 1. halvleg” has some."""
    for part in BETWEEN_PARTS.split(text):
        edges = [0, *(edge for found in BETWEEN_SIDES.finditer(part) for edge in found.span()), len(part)]
        words = [(edges[index], edges[index + 1]) for index in range(0, len(edges), 2)][:LONGEST]
        # Names hold hyphens too, so each side may be several words, and what stands before both is neither.
        for first in range(len(words)):
            for middle in range(first + 1, min(len(words), first + MOST_WORDS + 1)):
                for last in range(middle, min(len(words), middle + MOST_WORDS)):
                    home = part[words[first][0] : words[middle - 1][1]].strip()
                    away = part[words[middle][0] : words[last][1]].strip()
                    if home and away:
                        yield home, away


def _is_at(programme: ProgrammeRecord, event: Candidate) -> bool:
    """Whether the programme is where the match is live."""
    starts_at, stops_at = programme.starts_at, programme.stops_at
    if stops_at and stops_at - starts_at < SHORTEST:
        return False
    if not event.is_exact or event.starts_at is None:
        # The list holds a place for the time: any time of that day will do, but not the small hours after it.
        return event.day == starts_at.astimezone(event.zone).date()
    late = starts_at - event.starts_at
    is_first = -EARLIEST_START <= late <= LATEST_START and (stops_at is None or stops_at > event.starts_at)
    return is_first or SECOND_HALF[0] <= late <= SECOND_HALF[1]


def _is_on_air(programme: ProgrammeRecord, session: Candidate) -> bool:
    if session.starts_at is None or not session.is_exact:
        return False
    if not -RACE_EARLIEST <= programme.starts_at - session.starts_at <= RACE_LATEST:
        return False
    if programme.stops_at is None:
        return True
    ends_at = session.ends_at or session.starts_at + dt.timedelta(hours=1)
    length = (ends_at - session.starts_at).total_seconds()
    shown = (min(ends_at, programme.stops_at) - max(session.starts_at, programme.starts_at)).total_seconds()
    return shown >= LEAST_OF_SESSION * length


def _says(words: str, name: str) -> bool:
    return f" {name} " in f" {words} "


def first_of_the_day(found: Sequence[tuple[ProgrammeRecord, Match]]) -> list[tuple[ProgrammeRecord, Match]]:
    """Where only the day of a match was known, the first broadcast is the live one, and its repeats are none. A second
    half belongs to it, on the channel of the first.
    """
    first: dict[str, dt.datetime] = {}
    for programme, match in found:
        if match.is_time_news:
            first[match.event] = min(first.get(match.event, programme.starts_at), programme.starts_at)

    def late(programme: ProgrammeRecord, match: Match) -> dt.timedelta:
        return programme.starts_at - first[match.event] if match.is_time_news else dt.timedelta(0)

    live_on = {(match.event, one.channel) for one, match in found if late(one, match) <= LATEST_START}
    return [
        (programme, match)
        for programme, match in found
        if late(programme, match) <= LATEST_START
        or (SECOND_HALF[0] <= late(programme, match) <= SECOND_HALF[1] and (match.event, programme.channel) in live_on)
    ]
