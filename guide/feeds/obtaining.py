"""Where the document of a refresh comes from: the network, a file, an earlier run, or this installation itself."""

import datetime as dt
import hashlib
import io
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from django.utils import timezone

from guide.feeds.fetching.errors import FetchError
from guide.feeds.fetching.inflating import ungzipped_if_gzip
from guide.feeds.fetching.limits import FetchLimits
from guide.feeds.models import Feed, Run, Snapshot

CHUNK = 1 << 16


class NotObtainedError(Exception):
    """No document came. ``retry_after`` is how long the source asked to be left alone."""

    def __init__(self, reason: str, message: str, *, retry_after: dt.timedelta | None = None) -> None:
        self.reason, self.retry_after = reason, retry_after
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Unmodified:
    """The source says that nothing has changed since the last good run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Obtained:
    """A document, decoded. ``told`` is what the run notes about how it came."""

    file: BinaryIO
    sha256: str
    size: int
    fetched_at: dt.datetime
    told: Mapping[str, Any] = field(default_factory=dict)
    dated: dt.datetime | None = None
    """As the server dates it. None where a person has chosen the document, whatever its date."""


class Source(Protocol):
    """``obtain`` gives the document for the length of a block; of ``last``, the last good run, the ETag may be sent."""

    def obtain(self, last: Run | None) -> AbstractContextManager[Obtained | Unmodified]: ...


def obtained_from(file: BinaryIO, **told: Any) -> Obtained:
    """A file that has been read to its end by nobody yet."""
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while chunk := file.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return Obtained(
        file=file,
        sha256=digest.hexdigest(),
        size=size,
        fetched_at=timezone.now(),
        told={"bytes_decoded": size, **told},
    )


@dataclass(frozen=True, slots=True)
class FromFile:
    """A file of this machine, named by whoever sits at it. As from the network, a gzip file is unpacked."""

    path: Path

    @contextmanager
    def obtain(self, last: Run | None) -> Iterator[Obtained]:
        try:
            file = self.path.open("rb")
        except OSError as error:
            raise NotObtainedError("unreadable", f"{self.path} cannot be read: {error.strerror}.") from None
        with file, tempfile.TemporaryFile() as spool:
            try:
                self._copy(file, spool)
            except FetchError as error:
                raise NotObtainedError(error.reason, error.message) from error
            yield obtained_from(spool, final_address=self.path.name)

    def _copy(self, file: BinaryIO, spool: BinaryIO) -> None:
        most, size = FetchLimits().decoded, 0
        for piece in ungzipped_if_gzip(iter(partial(file.read, CHUNK), b"")):
            size += len(piece)
            if size > most:
                raise NotObtainedError("too_large", f"{self.path.name} has more than {most:,} bytes.")
            spool.write(piece)


@dataclass(frozen=True, slots=True)
class FromSnapshot:
    """The document of an earlier run."""

    run: Run

    @contextmanager
    def obtain(self, last: Run | None) -> Iterator[Obtained]:
        if self.run.snapshot is None:
            raise NotObtainedError("no_document", f"The document of run {self.run.pk} is no longer kept.")
        told = {name: getattr(self.run, name) for name in ("final_address", "etag", "last_modified")}
        with opened(self.run.snapshot) as file:
            yield obtained_from(file, **told)


def date_of(header: str) -> dt.datetime | None:
    """The instant that a header says; None where it says none that can be compared."""
    try:
        date = parsedate_to_datetime(header)
    except ValueError:
        return None
    return date if date.tzinfo else None


@contextmanager
def opened(snapshot: Snapshot) -> Iterator[BinaryIO]:
    """The document as it came."""
    with tempfile.TemporaryFile() as file:
        inflate = zlib.decompressobj()
        packed = io.BytesIO(snapshot.body)
        while chunk := packed.read(CHUNK):
            file.write(inflate.decompress(chunk))
        file.write(inflate.flush())
        file.seek(0)
        yield file


def stored(feed: Feed, obtained: Obtained) -> Snapshot:
    """The document, kept once however often it comes."""
    if found := feed.snapshots.filter(sha256=obtained.sha256).defer("body").first():
        return found
    deflate, body = zlib.compressobj(), io.BytesIO()
    obtained.file.seek(0)
    while chunk := obtained.file.read(CHUNK):
        body.write(deflate.compress(chunk))
    body.write(deflate.flush())
    return Snapshot.objects.create(
        feed=feed,
        sha256=obtained.sha256,
        body=body.getvalue(),
        size=obtained.size,
        fetched_at=obtained.fetched_at,
    )
