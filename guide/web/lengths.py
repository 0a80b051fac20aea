"""How long an event takes where nobody says when it ends."""

import datetime as dt

from competitions.models import Event

USUAL = {
    # Two halves of 45 minutes, a break and what is added.
    "football": dt.timedelta(hours=2),
    # Four quarters of 12 minutes by a clock that stands still most of the time.
    "basketball": dt.timedelta(hours=2, minutes=30),
    # A Formula 1 race may last two hours at most; a MotoGP race takes three quarters of one.
    "motorsport": dt.timedelta(hours=2),
    "motorcycling": dt.timedelta(hours=1),
    # Nobody knows; best of three sets rarely takes longer.
    "tennis": dt.timedelta(hours=3),
}
OTHERS = dt.timedelta(hours=2)


def end_of(event: Event, starts_at: dt.datetime) -> dt.datetime:
    """When it ends: as its source says, else after the usual length of its sport."""
    return event.ends_at or starts_at + USUAL.get(event.season.competition.sport.slug, OTHERS)
