"""The feeds that come with the guide: created where they are missing, and left to the operator from then on."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from guide.feeds.adapters.registry import ADAPTERS
from guide.feeds.feed_records import FeedRecord
from guide.feeds.models import Feed
from guide.publication.tables import Entry, Problem, TableError, near, read_csv

FILE = Path(__file__).parent / "data" / "feeds.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a load has done, by the slugs of the feeds."""

    created: tuple[str, ...]
    described: tuple[str, ...]
    """Name, publisher, licence or attribution follow the file now."""
    differing: Mapping[str, tuple[str, ...]]
    """Feeds that are kept as they are, and the columns in which the file says something else."""
    unchanged: int


def load(file: Path = FILE) -> Loaded:
    """Create the feeds that are missing.

    Of one that is there, nothing changes but what describes it, and that only while its settings are those of the file
    and nobody has changed it in the admin. Raises :class:`~guide.publication.tables.TableError`; then nothing has
    changed.
    """
    records = read(file)
    created: list[str] = []
    described: list[str] = []
    differing: dict[str, tuple[str, ...]] = {}
    with transaction.atomic():
        stored = Feed.objects.in_bulk([record.slug for record in records], field_name="slug")
        edited = _edited()
        for record in records:
            feed = stored.get(record.slug)
            settings, description = _settings(record), _description(record)
            if feed is None:
                Feed.objects.create(slug=record.slug, **settings, **description)
                created.append(record.slug)
                continue
            columns = tuple(name for name, value in {**settings, **description}.items() if getattr(feed, name) != value)
            if not columns:
                continue
            if str(feed.pk) in edited or not description.keys() >= set(columns):
                differing[record.slug] = columns
                continue
            Feed.objects.filter(pk=feed.pk).update(**description)
            described.append(record.slug)
    return Loaded(
        created=tuple(created),
        described=tuple(described),
        differing=differing,
        unchanged=len(records) - len(created) - len(described) - len(differing),
    )


def read(file: Path = FILE) -> list[FeedRecord]:
    """The feeds of the file; raises :class:`~guide.publication.tables.TableError` with all that is wrong with them."""
    try:
        data = file.read_bytes()
    except OSError as error:
        message = f"The file cannot be read: {error.strerror}."
        raise TableError([Problem(document=file.name, line=0, column="", message=message)]) from None
    entries = read_csv(data, FeedRecord, document=file.name).usable()
    if problems := [problem for entry in entries if (problem := _problem(entry))]:
        raise TableError(problems)
    return [entry.record for entry in entries]


def _problem(entry: Entry[FeedRecord]) -> Problem | None:
    adapter, kind = entry.record.adapter, entry.record.kind
    if adapter and adapter not in ADAPTERS:
        return entry.problem("adapter", f"“{adapter}” is no adapter.{near(adapter, ADAPTERS)}")
    if adapter and ADAPTERS[adapter].kind != kind:
        return entry.problem("kind", f"The adapter “{adapter}” reads {ADAPTERS[adapter].kind}, not {kind}.")
    return None


def _settings(record: FeedRecord) -> dict[str, Any]:
    return {
        "kind": record.kind,
        "adapter": record.adapter,
        "address": record.address,
        "options": {option.name: option.value for option in record.options},
        "zone": record.zone,
        "is_on": record.is_on,
        "interval": dt.timedelta(hours=record.interval_hours),
        "most_bytes": record.most_bytes,
        "most_records": record.most_records,
        "gone_percent": record.gone_percent,
        "gone_least": record.gone_least,
        "rejected_percent": record.rejected_percent,
        "newest_days": record.newest_days,
    }


def _description(record: FeedRecord) -> dict[str, str]:
    return {name: getattr(record, name) for name in ("name", "publisher", "licence", "attribution")}


def _edited() -> set[str]:
    """Keys of the feeds that somebody has changed in the admin."""
    changes = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Feed), action_flag=CHANGE)
    return {str(key) for key in changes.values_list("object_id", flat=True)}
