"""What the adapters of fixture lists share: settings, names, kick-offs, one way out for every record."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from guide.feeds.adapters.base import Code, Document, Fault, FeedError, Found, Limits, Rejected, build
from guide.feeds.adapters.texts import clean
from guide.feeds.adapters.times import NoSuchTimeError, instant, is_ambiguous, offset
from guide.feeds.records import FixtureRecord

Event: TypeAlias = Found[FixtureRecord] | Rejected
Values: TypeAlias = dict[str, Any]

SEASON = re.compile(r"\b((?:19|20)\d{2})(?:[/-]((?:19|20)?\d{2}))?(?!\d)")
CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::(\d{2}))?(?:\s+(\S+))?")
MARKUP = re.compile(r"</?[a-zA-Z!]")
ABBREVIATED = {"UTC": 0, "GMT": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3}
"""Hours that the abbreviations in fixture lists stand for. They say summer or winter themselves."""
STATUSES: Mapping[str, str] = {
    "scheduled": "scheduled",
    "timed": "scheduled",
    "postponed": "postponed",
    "cancelled": "cancelled",
    "canceled": "cancelled",
    "annulled": "cancelled",
    "suspended": "suspended",
    "abandoned": "suspended",
    "awarded": "finished",
    "finished": "finished",
}


class RefusedError(Exception):
    """One record that cannot be used; the adapter goes on with the next."""

    def __init__(self, code: Code, message: str) -> None:
        self.code, self.message = code, message
        super().__init__(message)


def setting(document: Document, name: str, otherwise: str = "") -> str:
    """What the feed is set to, else what the document says itself. One of the two has to be there."""
    if value := document.options.get(name, "").strip() or otherwise:
        return value
    raise FeedError(Fault.NOT_SET, f"The document does not name its {name}, and the feed is not set to one.")


def title_parts(title: str) -> tuple[str, str]:
    """“Italian Serie A 2025/26” as competition and season (“2025-26”); either may be empty."""
    text = clean(title)
    match = SEASON.search(text)
    if not match:
        return text, ""
    season = f"{match[1]}-{match[2][-2:]}" if match[2] else match[1]
    return clean(text[: match.start()] + " " + text[match.end() :]), season


def each(sources: Iterable[tuple[str, Any]], read_one: Callable[[Any], Values], limits: Limits) -> Iterator[Event]:
    """Every source of a record, a position with its raw value, as the record that ``read_one`` makes of it.

    What is the same in every field as an earlier one is rejected as its double.
    """
    seen = dict[FixtureRecord, str]()
    for number, (position, raw) in enumerate(sources):
        if number >= limits.records:
            raise FeedError(Fault.TOO_MANY_RECORDS, f"The document has more than {limits.records} records.")
        item: Event
        try:
            item = build(FixtureRecord, read_one(raw), position=position, raw=raw)
        except RefusedError as error:
            item = Rejected(code=error.code, position=position, message=error.message, raw=raw)
        except NoSuchTimeError as error:
            item = Rejected(code=Code.NO_SUCH_TIME, position=position, message=str(error), raw=raw)
        if isinstance(item, Found) and (first := seen.setdefault(item.record, position)) != position:
            item = Rejected(
                code=Code.DUPLICATE, position=position, message=f"The same stands at {first} already.", raw=raw
            )
        yield item


def mapping_of(raw: Any) -> Mapping[str, Any]:
    if not isinstance(raw, dict):
        raise RefusedError(Code.NOT_A_RECORD, "This is no object with named values.")
    return raw


def words(raw: Mapping[str, Any], name: str, limits: Limits, *, required: bool = False) -> str:
    """A text of the record, clean; empty where it is missing or null, unless it is required."""
    return checked(raw.get(name), name, limits, required=required)


def checked(value: Any, name: str, limits: Limits, *, required: bool = False) -> str:
    """A text as it may be kept: one line, no markup, not too long."""
    if value is None:
        value = ""
    if not isinstance(value, str):
        raise RefusedError(Code.BAD_VALUE, f"“{name}” is no text.")
    if len(value) > limits.text:
        raise RefusedError(Code.TOO_LONG, f"“{name}” has more than {limits.text} characters.")
    text = clean(value)
    if MARKUP.search(text):
        raise RefusedError(Code.UNSAFE_TEXT, f"“{name}” holds markup.")
    if required and not text:
        raise RefusedError(Code.MISSING_FIELD, f"“{name}” is missing.")
    return text


def whole(raw: Mapping[str, Any], name: str) -> int | None:
    """A whole number, written as a number or as text; None where it is missing or empty."""
    value = raw.get(name)
    if value in (None, ""):
        return None
    if isinstance(value, bool) or not isinstance(value, int | str) or not re.fullmatch(r"[0-9]{1,9}", str(value)):
        raise RefusedError(Code.BAD_VALUE, f"“{name}” is no whole number.")
    return int(value)


def day_of(text: str, name: str = "date") -> dt.date | None:
    """“2026-08-22” as a day; None for nothing."""
    if not text:
        return None
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise RefusedError(Code.BAD_DATE, f"“{name}” is “{text}”, which is no day.")


def status_of(text: str) -> str:
    """Our word for the source's word. A word that is not known is refused, not guessed."""
    if (status := STATUSES.get(text.casefold())) is None:
        raise RefusedError(Code.UNKNOWN_STATUS, f"The status “{text}” is not known.")
    return status


def zone_name(zone: dt.tzinfo) -> str:
    return zone.key if isinstance(zone, ZoneInfo) else str(zone)


def kickoff(day: dt.date | None, clock: str, zone: dt.tzinfo | None) -> Values:
    """When it begins, as values of an :class:`FixtureRecord`: day and “20:45”, “20.45”, “13:00 UTC-6” or “20:45 CET”.

    A zone in the text goes before ``zone``. A time that has neither raises a :class:`FeedError`: every record of the
    document would be guessed at, and dropping the times would look like a mass change. No clock means the day only.
    """
    if not clock:
        return {"day": day, "precision": "day" if day else "unknown"}
    match = CLOCK.fullmatch(clock)
    if not match:
        raise RefusedError(Code.BAD_TIME, f"“{clock}” is no time of day.")
    if day is None:
        raise RefusedError(Code.BAD_DATE, f"There is a time, “{clock}”, and no day.")
    try:
        time = dt.time(int(match[1]), int(match[2]), int(match[3] or 0))
    except ValueError:
        raise RefusedError(Code.BAD_TIME, f"“{clock}” is no time of day.") from None
    name = ""
    if match[4]:
        zone, name = _written(match[4]), match[4]
    if zone is None:
        raise FeedError(Fault.NOT_SET, f"Times such as “{clock}” have no zone, and the feed is not set to one.")
    starts_at = at(day, time, zone)
    # An hour that clocks show twice is a guess: it may be the other one.
    precision = "provisional" if is_ambiguous(day, time, zone) else "exact"
    return {
        "day": day,
        "starts_at": starts_at,
        "precision": precision,
        "zone": name or zone_name(zone),
    }


def at(day: dt.date, time: dt.time, zone: dt.tzinfo) -> dt.datetime:
    try:
        return instant(day, time, zone)
    except OverflowError:
        raise RefusedError(Code.BAD_DATE, f"{day} is no day of a fixture.") from None


def moment(text: str, zone: dt.tzinfo | None, *, name: str) -> Values:
    """“2026-08-21T19:00:00Z”, with a blank for T too, as values of a record; the day is that at ``zone``, else in UTC.

    A date alone is a day. An instant without a zone is refused: formats with such texts always state one.
    """
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return {"day": day_of(text, name), "precision": "day"}
    try:
        # More than ISO's ordinary form (week dates, no punctuation) is a slip here, not a date.
        if not re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}", text):
            raise ValueError
        read = dt.datetime.fromisoformat(text)
        if read.tzinfo is None:
            raise RefusedError(Code.BAD_TIME, f"“{name}” is “{text}”, which has no zone.")
        starts_at = read.astimezone(dt.UTC)
        day = starts_at.astimezone(zone or dt.UTC).date()
    except (ValueError, OverflowError):
        raise RefusedError(Code.BAD_TIME, f"“{name}” is “{text}”, which is no instant.") from None
    return {"day": day, "starts_at": starts_at, "precision": "exact", "zone": "UTC"}


def _written(name: str) -> dt.tzinfo:
    if name in ABBREVIATED:
        return dt.timezone(dt.timedelta(hours=ABBREVIATED[name]))
    if (found := offset(name.replace("±", "+").replace("−", "-"))) is None:
        raise RefusedError(Code.BAD_TIME, f"“{name}” is no zone.")
    return found
