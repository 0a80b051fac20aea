"""What holds the sessions of a race: a list names only these."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from guide.feeds.fixture_names import race_name
from guide.feeds.records import FixtureRecord
from guide.feeds.schedules import Said


def with_weekends(said: Iterable[Said]) -> Iterator[Said]:
    """All of them, and for the sessions of a race what holds them, unless that is named itself."""
    weekends: defaultdict[tuple[str, str], list[Said]] = defaultdict(list)
    named: set[tuple[str, str]] = set()
    for one in said:
        yield one
        where = one.season, race_name(one.record.name)
        if one.record.session:
            weekends[where].append(one)
        elif one.record.name:
            named.add(where)
    for where, sessions in weekends.items():
        if where not in named:
            yield _weekend(sessions)


def _weekend(sessions: list[Said]) -> Said:
    """From the first of their days to the last, called off where all of them are."""
    first = sessions[0].record
    days = sorted(one.record.day for one in sessions if one.record.day)
    statuses = {one.record.status for one in sessions if one.record.status != "finished"}
    record = FixtureRecord(
        competition=first.competition,
        season=first.season,
        stage=first.stage,
        name=first.name,
        day=days[0] if days else None,
        precision="day" if days else "unknown",
        venue=first.venue,
        status=statuses.pop() if len(statuses) == 1 else "scheduled",
    )
    last_day = days[-1] if days and days[-1] != days[0] else None
    return Said(record=record, season=sessions[0].season, name=sessions[0].name, last_day=last_day)
