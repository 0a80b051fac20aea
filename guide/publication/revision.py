"""Reading the revision: once a second a process, whatever the load."""

import datetime as dt
import threading
import time
from dataclasses import dataclass

from guide.publication.models import Revision

INTERVAL_SECONDS = 1.0
"""An answer from the origin is never wrong for longer than this after a change."""


@dataclass(frozen=True, slots=True)
class State:
    """The public state as a process last saw it; ``changed_at`` is None while nothing has been published."""

    number: int
    changed_at: dt.datetime | None


class _Reader:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state = State(number=0, changed_at=None)
        self._read_at = -INTERVAL_SECONDS

    def state(self) -> State:
        if time.monotonic() - self._read_at >= INTERVAL_SECONDS:
            with self._lock:
                if time.monotonic() - self._read_at < INTERVAL_SECONDS:
                    return self._state  # another thread has looked while this one waited
                row = Revision.objects.filter(pk=1).first()
                self._state = (
                    State(number=row.number, changed_at=row.changed_at) if row else State(number=0, changed_at=None)
                )
                self._read_at = time.monotonic()
        return self._state

    def forget(self) -> None:
        self._read_at = -INTERVAL_SECONDS


_reader = _Reader()


def current() -> State:
    """The revision, at most one second old."""
    return _reader.state()


def forget() -> None:
    """Look at the counter again at the next call: for a process that has just written, and for tests."""
    _reader.forget()
