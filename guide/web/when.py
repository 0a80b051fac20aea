"""When an event takes place, as people of a country read it. What nobody knows is never written as a time."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from broadcasters.models import Country
from competitions.models import Event, Precision
from guide.web import formats


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """``time`` and the instant in ``iso`` only where they are settled; else ``iso`` is a day or empty, and ``open``
    says what is to be confirmed.
    """

    day: dt.date | None
    days: str
    time: str
    iso: str
    open: str

    @property
    def is_settled(self) -> bool:
        return bool(self.time)


def when(event: Event, country: Country) -> When:
    """In the country's own time; what has no time, on its day at the venue."""
    if is_settled(event) and event.starts_at:
        return _at(event.starts_at.astimezone(country.zone))
    if event.day is None:
        return When(day=None, days="", time="", iso="", open=_("Day and time to be confirmed"))
    if event.last_day and event.last_day > event.day:
        return When(day=event.day, days=formats.span(event.day, event.last_day), time="", iso="", open="")
    return When(
        day=event.day,
        days=formats.full_day(event.day),
        time="",
        iso=event.day.isoformat(),
        open=_("Time to be confirmed"),
    )


def at_venue(event: Event, country: Country) -> When | None:
    """The same instant by the clocks of the venue; None where they show the same or nobody knows."""
    if not (event.starts_at and event.zone and is_settled(event)):
        return None
    there = event.starts_at.astimezone(ZoneInfo(event.zone))
    return None if there.utcoffset() == event.starts_at.astimezone(country.zone).utcoffset() else _at(there)


def is_settled(event: Event) -> bool:
    """Whether the instant is meant as one. A provisional one stands for some time on that day or weekend."""
    return event.starts_at is not None and event.precision == Precision.EXACT


def zone_name(zone: str) -> str:
    """Whose clocks a page goes by: “Rome time”."""
    return _("{city} time").format(city=formats.city(zone))


def offset(iso: str) -> str:
    """UTC+2 of an instant that is written with it: what tells two clocks of one name apart, and twice the same hour."""
    shift = dt.datetime.fromisoformat(iso).utcoffset() or dt.timedelta()
    minutes = int(shift.total_seconds()) // 60
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes > 0 else "\N{MINUS SIGN}"
    return f"UTC{sign}{hours}:{rest:02}" if rest else f"UTC{sign}{hours}"


def _at(local: dt.datetime) -> When:
    return When(
        day=local.date(),
        days=formats.full_day(local.date()),
        time=formats.time_of_day(local),
        iso=local.isoformat(timespec="minutes"),
        open="",
    )
