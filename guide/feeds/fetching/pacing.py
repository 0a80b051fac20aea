"""When to ask again: waits that grow, and a source left alone after it has failed for long. No clock, no dice."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


def backoff(failures: int, *, base: dt.timedelta, cap: dt.timedelta, random: Callable[[], float]) -> dt.timedelta:
    """How long to wait after so many failures in a row: anything from nothing up to a limit that doubles each time.

    ``random`` gives numbers from 0 to 1. Spread over the whole range: what failed together is not tried together.
    """
    if failures < 1:
        return dt.timedelta(0)
    # Nobody counts on from 2 ** 30 times the base, and far above it a timedelta overflows.
    doublings = min(failures - 1, 30)
    longest = min(cap, base * 2.0**doublings)
    return longest * random()


class State(StrEnum):
    """Whether a source may be asked."""

    CLOSED = "closed"
    """It may."""
    OPEN = "open"
    """It has failed too often and is left alone."""
    HALF_OPEN = "half_open"
    """It has been left alone for long enough: one request may find out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaker:
    """The rule for a source that fails. What it goes by, the count of failures in a row, is kept by the caller."""

    opens_after: int = 5
    base: dt.timedelta = dt.timedelta(minutes=1)
    probe: dt.timedelta = dt.timedelta(hours=1)
    """Between two probes while it is open."""
    cap: dt.timedelta = dt.timedelta(hours=24)
    """The longest wait, whatever the server asks for."""

    def state(self, failures: int, *, next_attempt_at: dt.datetime | None, now: dt.datetime) -> State:
        """How things stand after so many failures in a row."""
        if failures < self.opens_after:
            return State.CLOSED
        return State.OPEN if next_attempt_at is not None and now < next_attempt_at else State.HALF_OPEN

    def next_attempt(
        self, failures: int, *, now: dt.datetime, retry_after: dt.timedelta | None = None, jitter: float = 1.0
    ) -> dt.datetime:
        """The earliest instant of the next request. ``jitter`` is a number from 0 to 1, drawn by the caller."""
        if failures < self.opens_after:
            wait = backoff(failures, base=self.base, cap=self.probe, random=lambda: jitter)
        else:
            # A tenth more or less parts the sources that went down together; the probes stay about hourly.
            wait = self.probe * (0.9 + 0.2 * jitter)
        if retry_after is not None:
            wait = max(wait, retry_after)
        return now + min(wait, self.cap)
