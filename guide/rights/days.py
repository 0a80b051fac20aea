"""A country’s day: when it begins, and when its clocks are changed."""

import datetime as dt
from zoneinfo import ZoneInfo


def midnight(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    """The instant, in UTC, at which a day begins in a zone."""
    return dt.datetime.combine(day, dt.time.min, tzinfo=zone).astimezone(dt.UTC)


def clock_change(day: dt.date, zone: ZoneInfo) -> dt.datetime | None:
    """The instant (UTC) at which the clocks of a zone are changed on a day, to the second; None on other days."""
    before, after = midnight(day, zone), midnight(day + dt.timedelta(days=1), zone)
    offset = before.astimezone(zone).utcoffset()
    if after.astimezone(zone).utcoffset() == offset:
        return None
    while after - before > dt.timedelta(seconds=1):
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)
