"""When a competition runs, and so whether a right that is in force has anything to show."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

HORIZON = dt.timedelta(days=365)
"""A right licenses the pause before a season that begins within this time: the pause of a yearly competition, not
that of a World Cup."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """One season; both days included."""

    first_day: dt.date
    last_day: dt.date
    label: str


class SeasonCalendar:
    """The seasons of one competition, which do not overlap."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._firsts = [span.first_day for span in self._spans]

    def speaks_about(self, day: dt.date) -> bool:
        """False before the first and after the last season on record: there the calendar proves nothing."""
        return bool(self._spans) and self._spans[0].first_day <= day <= self._spans[-1].last_day

    def latest(self, day: dt.date) -> Span | None:
        """The season that runs on the day, else the last one before it."""
        index = bisect_right(self._firsts, day)
        return self._spans[index - 1] if index else None

    def running(self, day: dt.date) -> Span | None:
        span = self.latest(day)
        return span if span and day <= span.last_day else None

    def following(self, day: dt.date) -> Span | None:
        """The first season that begins after the day."""
        index = bisect_right(self._firsts, day)
        return self._spans[index] if index < len(self._spans) else None

    def has_something_to_show(self, day: dt.date, to_day: dt.date) -> bool:
        """Whether a right in force on the day, to ``to_day``, licenses it: a season runs, or begins soon enough and
        within the right.
        """
        if not self.speaks_about(day) or self.running(day):
            return True
        following = self.following(day)
        return following is not None and following.first_day <= min(to_day, day + HORIZON)

    def last_covered(self, from_day: dt.date, to_day: dt.date, day: dt.date) -> Span | None:
        """The last season begun by ``day`` of which a window covers a day."""
        span = self.latest(min(to_day, day))
        return span if span and span.last_day >= from_day else None

    def next_covered(self, from_day: dt.date, to_day: dt.date, day: dt.date) -> Span | None:
        """The first season that begins after ``day``, or runs when the window opens, of which the window covers a
        day.
        """
        opening = max(from_day, day)
        span = self.running(opening) if opening > day else None
        span = span or self.following(opening)
        return span if span and span.first_day <= to_day else None
