"""A body, read into a file within the limits."""

import contextlib
import hashlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import httpcore
import httpx

from guide.feeds.fetching.answers import is_gzip
from guide.feeds.fetching.connections import Deadline
from guide.feeds.fetching.errors import FetchError, Reason
from guide.feeds.fetching.inflating import ungzipped, ungzipped_if_gzip
from guide.feeds.fetching.limits import MEGABYTE, FetchLimits


class Body:
    """The body of one answer; the counts are of what has been copied so far."""

    def __init__(
        self, response: httpcore.Response, headers: httpx.Headers, limits: FetchLimits, deadline: Deadline
    ) -> None:
        self.response, self.headers, self.limits, self.deadline = response, headers, limits, deadline
        self.wire = 0
        self.decoded = 0
        self.sha256 = hashlib.sha256()

    def copy(self, file: BinaryIO) -> None:
        """Write the decoded body. A body that is itself a gzip file is unpacked too, whatever the headers say of it."""
        length = self.headers.get("content-length", "")
        # The server says itself that it is too much: not a byte is read.
        if length.isdigit() and int(length) > self.limits.wire:
            raise self._too_large(self.limits.wire)
        chunks = self._chunks()
        for piece in ungzipped_if_gzip(ungzipped(chunks) if is_gzip(self.headers) else chunks):
            self.decoded += len(piece)
            if self.decoded > self.limits.decoded:
                raise self._too_large(self.limits.decoded)
            if self.decoded > MEGABYTE and self.decoded > self.wire * self.limits.ratio:
                raise FetchError(
                    Reason.TOO_DENSE, f"The document unpacks to more than {self.limits.ratio} times its size."
                )
            self.deadline.left()
            self.sha256.update(piece)
            file.write(piece)

    def _chunks(self) -> Iterator[bytes]:
        began = time.monotonic()
        for chunk in self.response.iter_stream():
            self.wire += len(chunk)
            if self.wire > self.limits.wire:
                raise self._too_large(self.limits.wire)
            elapsed = time.monotonic() - began
            if elapsed > self.limits.grace and self.wire < elapsed * self.limits.rate:
                raise FetchError(
                    Reason.TOO_SLOW, f"Fewer than {self.limits.rate} bytes a second for {elapsed:.0f} seconds."
                )
            yield chunk

    def _too_large(self, limit: int) -> FetchError:
        return FetchError(Reason.TOO_LARGE, f"The document has more than {limit:,} bytes.")


@contextlib.contextmanager
def spooled(spool: Path | BinaryIO) -> Iterator[BinaryIO]:
    """The spool to write to. After an error nothing is left in it; after success an open file is wound back."""
    if isinstance(spool, Path):
        try:
            with spool.open("wb") as file:
                yield file
        except BaseException:
            spool.unlink(missing_ok=True)
            raise
    else:
        start = spool.tell()
        try:
            yield spool
        except BaseException:
            spool.seek(start)
            spool.truncate()
            raise
        spool.seek(start)
