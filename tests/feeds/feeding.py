"""Feeds of the tests: documents of rights, feeds that read them over HTTP or from a file, and what a run did."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.text import slugify

from competitions.records import MINIMUM_SLUG_LENGTH, CompetitionRecord, SeasonRecord
from guide.feeds.models import Feed, Run
from guide.feeds.obtaining import FromFile, FromSnapshot
from guide.feeds.records import FixtureRecord
from guide.feeds.refresh import refresh
from guide.feeds.sources import source_of
from guide.feeds.spelling import normalised
from guide.publication.records import Record
from guide.rights.records import RightRecord
from tests.factories import a_competition, a_right, a_season, a_sport, a_team, write
from tests.feeds.server import FeedServer

PATH = "/rights.csv"
PARTS = ("created", "changed", "unchanged", "kept", "proposed", "rejected")
WRITES = ("INSERT", "UPDATE", "DELETE")


def rights(*numbers: int, **cells: Any) -> list[RightRecord]:
    """Rights with the keys “right-1”, “right-2” …, each to a package of its own, so that no two meet."""
    return [a_right(**({"key": f"right-{number}", "package": f"package-{number}"} | cells)) for number in numbers]


def cells_of(record: RightRecord) -> dict[str, str]:
    """The row of a right as a file has it."""
    row: dict[str, str] = {}
    for name, value in record.model_dump(mode="json").items():
        if name == "evidence":
            for number, page in enumerate(value, start=1):
                row |= {f"evidence_{number}_{part}": cell for part, cell in page.items() if cell}
        elif isinstance(value, list):
            row[name] = "; ".join(value)
        elif isinstance(value, bool):
            row[name] = "yes" if value else "no"
        elif value not in (None, ""):
            row[name] = str(value)
    return row


def csv_of(rows: Iterable[RightRecord | dict[str, str]]) -> bytes:
    """A document of rights; rows given as cells may hold anything."""
    listed = [cells_of(row) if isinstance(row, Record) else row for row in rows]
    columns = [name for name in RightRecord.model_fields if name != "evidence"]
    columns += [name for row in [cells_of(a_right()), *listed] for name in row]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(columns)), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(listed)
    return text.getvalue().encode()


def put_on_record(records: Iterable[FixtureRecord], aliases: Mapping[str, str] = MappingProxyType({})) -> None:
    """The competitions, seasons and teams that fixture lists name, each under the name that they give it.

    ``aliases``: other names that the lists have for a team, with the name that it goes by here.
    """
    competitions: dict[str, CompetitionRecord] = {}
    seasons: dict[str, SeasonRecord] = {}
    teams: dict[str, tuple[str, set[str]]] = {}
    for record in records:
        competition = slugify(record.competition)
        if len(competition) < MINIMUM_SLUG_LENGTH:
            competition = f"series-{competition}"
        competitions[competition] = a_competition(competition, name=record.competition)
        season = a_season(record.season, "2000-01-01", "2099-12-31", competition=competition)
        seasons[season.key] = season
        for name, is_slot in ((record.home, record.home_is_slot), (record.away, record.away_is_slot)):
            if name and not is_slot:
                known = aliases.get(name, name)
                teams.setdefault(normalised(known), (known, set()))[1].add(name)
    named = (
        a_team(slugify(bare) or f"team-{number}", name=name, aliases="; ".join(others - {name}))
        for number, (bare, (name, others)) in enumerate(teams.items())
    )
    write(a_sport(), *competitions.values(), *seasons.values(), *named, now=timezone.now())


def a_feed(server: FeedServer | None = None, path: str = PATH, /, **fields: Any) -> Feed:
    """A feed of rights that may publish, at a path of the server."""
    address = server.url(path) if server else "https://feeds.example/rights.csv"
    given = {"slug": "league", "name": "League", "kind": "rights", "adapter": "rights-csv", "is_trusted": True}
    return Feed.objects.create(**({"address": address} | given | fields))


def fetched(feed: Feed, **options: Any) -> Run:
    """The run of a refresh from where the feed points."""
    return refresh(Feed.objects.get(pk=feed.pk), source_of(feed), **options)[0]


def filed(feed: Feed, path: Path, **options: Any) -> Run:
    return refresh(Feed.objects.get(pk=feed.pk), FromFile(path), **options)[0]


def replayed(run: Run, **options: Any) -> Run:
    run = Run.objects.select_related("feed", "snapshot").get(pk=run.pk)
    return refresh(run.feed, FromSnapshot(run), **options)[0]


def said(run: Run) -> tuple[str, str]:
    """The verdict and its reason, as stored."""
    run.refresh_from_db()
    return run.verdict, run.reason


def counted(run: Run) -> dict[str, int]:
    """Every count of a run that is not zero, except ``read``, which has to be their sum."""
    run.refresh_from_db()
    assert run.read == sum(getattr(run, name) for name in PARTS)
    return {name: value for name in (*PARTS, "gone") if (value := getattr(run, name))}


def codes(run: Run) -> list[str]:
    return sorted(run.rejections.values_list("code", flat=True))


@contextmanager
def writing() -> Iterator[list[str]]:
    """The statements of the block that write, in the end."""
    written: list[str] = []
    with CaptureQueriesContext(connection) as queries:
        yield written
    written += [query["sql"] for query in queries if query["sql"].lstrip('"').startswith(WRITES)]
