"""The records of a feed's document, by the adapter that the feed names."""

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from guide.feeds.adapters.base import Document, Found, Limits, Rejected
from guide.feeds.adapters.registry import ADAPTERS
from guide.feeds.models import Feed
from guide.feeds.obtaining import NotObtainedError
from guide.publication.records import Record
from guide.publication.tables import near


class Reading:
    """Reads the document from its beginning, each time that it is called.

    ``known_names`` are names of broadcasters, by which claims tell apart what somebody has glued together.
    """

    def __init__(self, feed: Feed, file: BinaryIO, known_names: Sequence[str] = ()) -> None:
        if feed.adapter not in ADAPTERS:
            raise NotObtainedError("unknown_adapter", f"“{feed.adapter}” is no adapter.{near(feed.adapter, ADAPTERS)}")
        self._adapter = ADAPTERS[feed.adapter]
        self._file = file
        options = {name: value for name, value in feed.options.items() if isinstance(value, str)}
        self._document = Document(
            name=feed.slug,
            zone=feed.zone_info,
            options={"known_names": ";".join(known_names), **options},
            limits=Limits(records=feed.most_records),
        )

    def __call__(self) -> Iterator[Found[Any] | Rejected]:
        self._file.seek(0)
        yield from self._adapter.read(self._file, self._document)


def version_of(feed: Feed) -> int:
    """The version of the feed's adapter; the same bytes may say more to a newer one."""
    return ADAPTERS[feed.adapter].version if feed.adapter in ADAPTERS else 0


def record_of(feed: Feed) -> type[Record] | None:
    """What the records of the feed's adapter are; None where there is no such adapter."""
    return ADAPTERS[feed.adapter].record if feed.adapter in ADAPTERS else None
