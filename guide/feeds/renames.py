"""Clubs that a source calls by another name from one day to the next, found by their place in the fixture list."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from guide.feeds.records import FixtureRecord
from guide.feeds.spelling import normalised

FEWEST = 2
"""Matches that have to speak for a rename: one alone may be a club that took another's place."""

Meeting: TypeAlias = tuple[str, ...]
"""One side of a match as the other sees it: competition, season, opponent, day, and who is at home."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Two names that stand at the same place in the fixture list. For a person to accept; never applied unseen."""

    old: str
    new: str


def suggest_aliases(before: Iterable[FixtureRecord], after: Iterable[FixtureRecord]) -> tuple[Suggestion, ...]:
    """Names that vanished, each with the one new name that meets the same opponents on the same days, home and away.

    Every match of the old name that can be compared at all has to speak for the same new name, and no other old name
    may claim it: else nothing is suggested. Each pair found makes more opponents known, until no more are found. If no
    club keeps its name, there is nothing to begin with, and nothing is suggested.
    """
    old, new = (
        [
            record
            for record in records
            if record.home and record.day and not (record.home_is_slot or record.away_is_slot)
        ]
        for records in (before, after)
    )
    spelled = {normalised(name): name for record in (*old, *new) for name in (record.home, record.away)}
    found: dict[str, str] = {}
    while more := _found(old, new, found):
        found |= more
    return tuple(Suggestion(old=spelled[name], new=spelled[to]) for name, to in sorted(found.items()))


def _found(old: list[FixtureRecord], new: list[FixtureRecord], found: Mapping[str, str]) -> dict[str, str]:
    """What more can be said, once the names in ``found`` are known to be one."""

    def of(name: str) -> str:
        bare = normalised(name)
        return found.get(bare, bare)

    earlier = {of(name) for record in old for name in (record.home, record.away)}
    later = {of(name) for record in new for name in (record.home, record.away)}
    meets = defaultdict[Meeting, set[str]](set)
    known = earlier & later
    for record in new:
        for name, meeting in _meetings(of(record.home), of(record.away), record):
            if name not in known:
                meets[meeting].add(name)
    votes = defaultdict[str, Counter[str]](Counter)
    for record in old:
        for name, meeting in _meetings(of(record.home), of(record.away), record):
            if name not in known:
                votes[name].update(meets.get(meeting, ()))
    claims = Counter(name for counted in votes.values() for name in counted)
    return {
        name: next(iter(counted))
        for name, counted in votes.items()
        if len(counted) == 1 and counted.total() >= FEWEST and claims[next(iter(counted))] == 1
    }


def _meetings(home: str, away: str, record: FixtureRecord) -> Iterator[tuple[str, Meeting]]:
    about = (normalised(record.competition), normalised(record.season), str(record.day))
    yield home, (*about, away, "home")
    yield away, (*about, home, "away")
