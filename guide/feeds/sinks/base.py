"""What becomes of the records of a document: looked at first, written afterwards."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias

from guide.feeds.adapters.base import Found, Rejected
from guide.publication.publish import Publication

Read: TypeAlias = Callable[[], "Iterator[Found[Any] | Rejected]"]
"""Reads the document from its beginning, each time that it is called."""

LINES_AT_MOST = 40
"""Of :attr:`Counts.table`."""


@dataclass(slots=True, kw_only=True)
class Counts:
    """What a document does, or would do. Every record of it is counted once; see :class:`~guide.feeds.models.Run`."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0
    proposed: int = 0
    rejections: list[Rejected] = field(default_factory=list)
    gone: int = 0
    """What stood because of this feed and is no longer named."""
    stood: int = 0
    """What stood because of this feed before."""
    renamed: tuple[str, ...] = ()
    """Names that the document no longer has and what seems to stand for them now: “Inter → FC Internazionale”."""
    newest_day: dt.date | None = None
    table: tuple[str, ...] = ()
    """Lines that tell what was or would be changed, for the person at a terminal; not more than a screenful."""

    @property
    def rejected(self) -> int:
        return len(self.rejections)

    @property
    def read(self) -> int:
        return self.created + self.changed + self.unchanged + self.kept + self.proposed + self.rejected


class Sink(Protocol):
    """Where records of one kind go. ``look`` writes nothing; ``write`` runs inside a publication, after it."""

    def look(self) -> Counts: ...

    def write(self, publication: Publication) -> Counts: ...
