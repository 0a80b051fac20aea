"""Local times and instants. What a change of clocks makes impossible or doubtful is said, not guessed."""

import datetime as dt
import re

OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?(\d{2}))?")


class NoSuchTimeError(ValueError):
    """A local time that the change of clocks left out."""


def instant(day: dt.date, time: dt.time, zone: dt.tzinfo) -> dt.datetime:
    """The instant at which clocks in ``zone`` show this, UTC. Of two, the first.

    Raises :class:`NoSuchTimeError` for a time that the clocks of that day never show.
    """
    local = dt.datetime.combine(day, time.replace(tzinfo=None), tzinfo=zone)
    utc = local.astimezone(dt.UTC)
    if utc.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTimeError(f"{day} {time:%H:%M} does not exist there: the clocks were put forward.")
    return utc


def is_ambiguous(day: dt.date, time: dt.time, zone: dt.tzinfo) -> bool:
    """Whether the clocks of that day show this time twice."""
    local = dt.datetime.combine(day, time.replace(tzinfo=None), tzinfo=zone)
    return local.utcoffset() != local.replace(fold=1).utcoffset() and local.astimezone(dt.UTC) < local.replace(
        fold=1
    ).astimezone(dt.UTC)


def offset(text: str) -> dt.timezone | None:
    """“UTC-6”, “+0200”, “-03:30” as a zone; None for anything else."""
    match = OFFSET.fullmatch(text.strip())
    if not match:
        return None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    if minutes > 18 * 60:
        return None
    return dt.timezone(dt.timedelta(minutes=-minutes if match[1] == "-" else minutes))
