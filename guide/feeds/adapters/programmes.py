"""What the formats of programme guides share: when a programme stands twice, and when its times make no sense."""

import datetime as dt
import hashlib

from guide.feeds.records import ProgrammeRecord

BACKWARDS = "The programme stops before it starts, or as it starts."
AGAIN = "The programme stands twice in the guide; the first is kept."


class Guide:
    """The programmes that a guide has named so far: channel, start, slot and titles."""

    def __init__(self) -> None:
        self._seen = set[int]()

    def has(self, record: ProgrammeRecord) -> bool:
        """Whether this programme has been asked for before; from now on, it has."""
        identity = (record.channel, record.starts_at.isoformat(), record.clump, record.title, record.sub_title)
        # A number, not the texts: what is remembered of a large guide stays small.
        digest = int.from_bytes(hashlib.blake2b(repr(identity).encode(), digest_size=8).digest())
        known = digest in self._seen
        self._seen.add(digest)
        return known


def is_backwards(starts_at: dt.datetime, stops_at: dt.datetime | None) -> bool:
    """Whether a programme would be over before anybody could see it."""
    return stops_at is not None and stops_at <= starts_at
