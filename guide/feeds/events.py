"""Two readings of a fixture list compared: what is the same event, what has changed, what has come and gone.

An event is known by who plays it, or by its name and session: never by its date, round, place in the file or the
source's own key, all of which move while the event stays the same. Names are the same when they are so but for case,
accents and punctuation, or when the table of aliases says so; likeness counts for nothing.
"""

import datetime as dt
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias, TypeVar

from guide.feeds.records import FixtureRecord

H = TypeVar("H", bound=Hashable)
Key: TypeAlias = tuple[str, ...]

COMPARED = ("name", "home", "away", "starts_at", "ends_at", "day", "precision", "venue", "status", "channels")
"""The rest is noise: a renumbered round, another key or another way to write the zone is no change of the event."""
MOST_BY_NEAREST = 200
"""Events of one identity, on either side, up to which the nearest dates are sought; more are paired in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class EventChange:
    before: FixtureRecord
    after: FixtureRecord
    fields: Mapping[str, FieldChange] = field(hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDifferences:
    """Every event of both lists once: in one of the groups, or counted as unchanged."""

    added: tuple[FixtureRecord, ...]
    changed: tuple[EventChange, ...]
    finished: tuple[EventChange, ...]
    """Those of which nothing is new but that they have been played: no news to anyone who looks for a broadcast."""
    gone: tuple[FixtureRecord, ...]
    still_cancelled: tuple[FixtureRecord, ...]
    """Absent after they were called off: they stay cancelled and are not gone."""
    unchanged: int


def normalised(name: str) -> str:
    """The name without case, accents and punctuation: “1. FC Köln” is “1 fc koln”."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", bare))


def canonical(name: str, aliases: Mapping[str, str]) -> str:
    """What the name compares by. ``aliases`` maps normalised names to canonical ones."""
    bare = normalised(name)
    return aliases.get(bare, bare)


def identity(record: FixtureRecord, aliases: Mapping[str, str]) -> Key:
    """By what the event is known. A match with a slot: by its number, else by stage, day and venue.

    Several events of one list may share it: two legs, two games of a season, two races in a country. ``compare`` then
    tells them apart by stage and the nearest date.
    """
    event = _Event(record, aliases)
    if record.home_is_slot or record.away_is_slot:
        return event.by_number or event.by_place
    return event.by_name


def compare(
    before: Iterable[FixtureRecord], after: Iterable[FixtureRecord], aliases: Mapping[str, str]
) -> EventDifferences:
    """What is new in ``after``. The order of neither list matters, and a list compared with itself shows nothing.

    A slot that gets a team is a change of that event. Its number leads to it, or its stage, day and venue.
    """
    pairs, old, new = _all_paired(before, after, aliases)
    changes = [
        EventChange(before=was.record, after=now.record, fields=fields)
        for was, now in pairs
        if (fields := _changed_fields(was, now))
    ]
    return EventDifferences(
        added=tuple(event.record for event in new),
        changed=tuple(change for change in changes if not _only_finished(change)),
        finished=tuple(change for change in changes if _only_finished(change)),
        gone=tuple(event.record for event in old if event.record.status != "cancelled"),
        still_cancelled=tuple(event.record for event in old if event.record.status == "cancelled"),
        unchanged=len(pairs) - len(changes),
    )


def same_events(
    before: Iterable[FixtureRecord], after: Iterable[FixtureRecord]
) -> list[tuple[FixtureRecord, FixtureRecord]]:
    """The pairs that are one event each, as the very objects that were given; names compare as they are."""
    pairs, _, _ = _all_paired(before, after, {})
    return [(was.record, now.record) for was, now in pairs]


class _Event:
    """A record with what it compares by."""

    def __init__(self, record: FixtureRecord, aliases: Mapping[str, str]) -> None:
        self.record = record
        self.names = {name: canonical(getattr(record, name), aliases) for name in ("name", "home", "away")}
        self.whole = (normalised(record.competition), normalised(record.season))

    @cached_property
    def by_name(self) -> Key:
        if self.record.home:
            return ("match", *self.whole, self.names["home"], self.names["away"])
        return ("event", *self.whole, self.names["name"], normalised(self.record.session))

    @cached_property
    def by_number(self) -> Key:
        """Empty where there is none, as for what is no match."""
        if self.record.number is None or not self.record.home:
            return ()
        return ("number", *self.whole, str(self.record.number))

    @cached_property
    def by_place(self) -> Key:
        record = self.record
        if not record.home:
            return ()
        return ("place", *self.whole, normalised(record.stage), str(record.day or ""), normalised(record.venue))


def _by_name(event: _Event) -> Key:
    return event.by_name


def _by_number(event: _Event) -> Key:
    return event.by_number


def _by_place(event: _Event) -> Key:
    return event.by_place


def _always(was: _Event, now: _Event) -> bool:
    return True


def _may_fill_slot(was: _Event, now: _Event) -> bool:
    """Whether one can be the other with a slot filled, or emptied: teams that both know have to be the same."""
    fills = False
    for side in ("home", "away"):
        if getattr(was.record, f"{side}_is_slot") or getattr(now.record, f"{side}_is_slot"):
            fills = True
        elif was.names[side] != now.names[side]:
            return False
    return fills


def _in_order(events: Iterable[_Event]) -> list[_Event]:
    return sorted(events, key=lambda event: (_day(event), event.record.number or 0, event.record.model_dump_json()))


def _grouped(events: Iterable[_Event], key: Callable[[_Event], H]) -> dict[H, list[_Event]]:
    groups = defaultdict[H, list[_Event]](list)
    for event in events:
        groups[key(event)].append(event)
    return groups


def _all_paired(
    before: Iterable[FixtureRecord], after: Iterable[FixtureRecord], aliases: Mapping[str, str]
) -> tuple[list[tuple["_Event", "_Event"]], list["_Event"], list["_Event"]]:
    """The pairs, and what is left of either list."""
    old, new = (_in_order(_Event(record, aliases) for record in records) for records in (before, after))
    pairs: list[tuple[_Event, _Event]] = []
    for key, fits in ((_by_name, _always), (_by_number, _may_fill_slot), (_by_place, _may_fill_slot)):
        found = list(_paired(old, new, key, fits))
        taken = {id(event) for pair in found for event in pair}
        old, new = ([event for event in events if id(event) not in taken] for events in (old, new))
        pairs += found
    return pairs, old, new


def _paired(
    old: Sequence[_Event],
    new: Sequence[_Event],
    key: Callable[[_Event], Key],
    fits: Callable[[_Event, _Event], bool],
) -> Iterator[tuple[_Event, _Event]]:
    groups = _grouped(new, key)
    for shared, left in _grouped(old, key).items():
        right = groups.get(shared, [])
        if not shared or not right:
            continue
        if len(left) == len(right) == 1:
            if fits(left[0], right[0]):
                yield left[0], right[0]
            continue
        yield from _told_apart(left, right, fits)


def _told_apart(
    left: list[_Event], right: list[_Event], fits: Callable[[_Event, _Event], bool]
) -> Iterator[tuple[_Event, _Event]]:
    """Events that share an identity: equal stage and moment first, then equal stage, then the nearest date.

    Of what has no two sides the stage is the round, which moves when a race is called off, so it tells nothing.
    """

    def stage(event: _Event) -> Hashable:
        return normalised(event.record.stage) if event.record.home else ""

    def exact(event: _Event) -> Hashable:
        return stage(event), event.record.day, event.record.starts_at

    for detail in (exact, stage, _always_the_same):
        others = _grouped(right, detail)
        found: list[tuple[_Event, _Event]] = []
        for shared, some in _grouped(left, detail).items():
            found += _nearest(some, others.get(shared, []), fits)
        yield from found
        taken = {id(event) for pair in found for event in pair}
        left, right = ([event for event in events if id(event) not in taken] for events in (left, right))


def _always_the_same(event: _Event) -> Hashable:
    return ""


def _nearest(
    left: Sequence[_Event], right: Sequence[_Event], fits: Callable[[_Event, _Event], bool]
) -> list[tuple[_Event, _Event]]:
    if max(len(left), len(right)) > MOST_BY_NEAREST:
        return [(was, now) for was, now in zip(left, right, strict=False) if fits(was, now)]
    candidates = sorted(
        (abs((_day(was) - _day(now)).days), i, j)
        for i, was in enumerate(left)
        for j, now in enumerate(right)
        if fits(was, now)
    )
    pairs, left_taken, right_taken = [], set[int](), set[int]()
    for _, i, j in candidates:
        if i not in left_taken and j not in right_taken:
            left_taken.add(i)
            right_taken.add(j)
            pairs.append((left[i], right[j]))
    return pairs


def _day(event: _Event) -> dt.date:
    return event.record.day or dt.date.max


def _changed_fields(was: _Event, now: _Event) -> dict[str, FieldChange]:
    return {
        name: FieldChange(before=getattr(was.record, name), after=getattr(now.record, name))
        for name in COMPARED
        if _comparable(was, name) != _comparable(now, name)
    }


def _comparable(event: _Event, name: str) -> Any:
    if name in event.names:
        return event.names[name]
    value = getattr(event.record, name)
    if name == "venue":
        return normalised(value)
    return sorted(value) if name == "channels" else value


def _only_finished(change: EventChange) -> bool:
    # What has been played has a kick-off that is no default any more.
    return change.after.status == "finished" and change.fields.keys() <= {"status", "precision"}
