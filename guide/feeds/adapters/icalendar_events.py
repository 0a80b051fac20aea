"""iCalendar: matches, races and finals from calendars that people subscribe to."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Calendar
from icalendar.cal.component import Component
from icalendar.error import BrokenCalendarProperty

from guide.feeds.adapters import times
from guide.feeds.adapters.base import Code, Document, Fault, FeedError, Found, Kind, Rejected, build
from guide.feeds.adapters.documents import text_of
from guide.feeds.adapters.texts import prose, without_streams
from guide.feeds.records import FixtureRecord

EDGE = re.compile(r"^(BEGIN|END):[ \t]*(\S+)[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)
VERSUS = re.compile(r"\s+(?:v|vs)\.?\s+", re.IGNORECASE)
DASH = re.compile(r"\s+[-–—]\s+")
STAGE = re.compile(r"(?:\((?P<short>[^()]+)\)\s*[-–—]\s+|(?P<long>[^:]+):\s+)(?P<rest>.+)")
DOUBTFUL = re.compile(r"\s*\((?:est\.?|tbc|tbd|provisional)\)", re.IGNORECASE)
SLOT = re.compile(
    r"[WL]\d{1,3}|[1-4][A-L](?:/[A-L])*|TB[CDA]"
    r"|(?:winner|loser|runner-up)\b.*|.*\b(?:winner|loser|runner-up)",
    re.IGNORECASE,
)
SHOWN_ON = re.compile(r"-\s*(?:PPV|Open|Free|Pay)\s*:\s*(.+)", re.IGNORECASE)
"""One channel a line, as calendars of televised matches write it."""
STATUSES = {"": "scheduled", "CONFIRMED": "scheduled", "TENTATIVE": "scheduled", "CANCELLED": "cancelled"}
NO_EVENTS = frozenset({"VTODO", "VJOURNAL"})
RAW = ("UID", "SUMMARY", "DTSTART", "DTEND", "DURATION", "STATUS", "LOCATION", "DESCRIPTION", "RRULE", "RDATE")


class IcalendarAdapter:
    """Entries as :class:`FixtureRecord`.

    The feed says the competition and the season in its options; without, they are the name of the calendar and the
    year of the event. “A v B” and “A vs B” name two sides. A dash means what ``options["dash"]`` says: ``sides`` for
    “A - B” and “Competition - A - B”, ``channels`` for “A v B - Channel”; else it stands for nothing, because
    “Grand Slam - Final” has no sides. What repeats by a rule is rejected: nobody plays the same match each week.
    An all-day entry has a day and no time. Time stamps, sequence numbers and alarms are not looked at.
    """

    key = "icalendar"
    kind = Kind.FIXTURES
    version = 1
    record = FixtureRecord

    def read(self, stream: BinaryIO, document: Document) -> Iterator[Found[FixtureRecord] | Rejected]:
        text = text_of(stream, fallback=document.options.get("encoding", ""))
        _check_frame(text, document)
        try:
            calendars = Calendar.from_ical(text, multiple=True)
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise FeedError(Fault.MALFORMED, f"The document is not iCalendar: {error}.") from None
        seen = set[FixtureRecord]()
        number = 0
        for calendar in calendars:
            for component in calendar.subcomponents:
                if component.name in NO_EVENTS or component.name == "VEVENT":
                    number += 1
                    item = _Entry(component, calendar, document, position=f"entry {number}").item()
                    if isinstance(item, Found) and item.record in seen:
                        item = _again(item, component)
                    elif isinstance(item, Found):
                        seen.add(item.record)
                    yield item


def _check_frame(text: str, document: Document) -> None:
    """The parser takes what it gets: that the calendar is one, is whole and is not too much is looked at before."""
    if not text.lstrip("\ufeff \t\r\n").upper().startswith("BEGIN:VCALENDAR"):
        raise FeedError(Fault.WRONG_TYPE, "The document is no calendar: it does not begin with BEGIN:VCALENDAR.")
    depth = entries = 0
    for match in EDGE.finditer(text):
        opens = match[1].upper() == "BEGIN"
        depth += 1 if opens else -1
        entries += opens and match[2].upper() == "VEVENT"
        if depth > document.limits.depth:
            raise FeedError(Fault.TOO_DEEP, f"The document nests more than {document.limits.depth} levels.")
        if entries > document.limits.records:
            raise FeedError(Fault.TOO_MANY_RECORDS, f"The document has more than {document.limits.records} records.")
    if depth or not text.rstrip().upper().endswith("END:VCALENDAR"):
        raise FeedError(Fault.TRUNCATED, "The calendar does not end: END:VCALENDAR is missing.")


def _raw(component: Component) -> Any:
    values = {name: component.get(name) for name in RAW if component.get(name) is not None}
    return without_streams({name: _as_text(value) for name, value in values.items()})


def _as_text(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_as_text(part) for part in value)
    if isinstance(value, str):
        return str(value)
    try:
        written = value.to_ical()
    except (ValueError, AttributeError, TypeError):
        return str(value)
    return written.decode("utf-8", "backslashreplace") if isinstance(written, bytes) else str(written)


def _value(prop: Any) -> Any:
    """What the parser made of a time; None where it could make nothing of it."""
    try:
        return prop.dt
    except (AttributeError, BrokenCalendarProperty):
        return None


def _again(item: Found[FixtureRecord], component: Component) -> Rejected:
    message = "The same entry stands twice in the calendar; the first is kept."
    return Rejected(code=Code.DUPLICATE, position=item.position, message=message, raw=_raw(component))


class _RefusedError(Exception):
    def __init__(self, code: Code, message: str) -> None:
        self.code, self.message = code, message
        super().__init__(message)


class _Entry:
    """One entry on its way to a record."""

    def __init__(self, component: Component, calendar: Component, document: Document, *, position: str) -> None:
        self.component, self.calendar, self.document = component, calendar, document
        uid = self._text("UID")
        self.position = f"{position}, {uid}" if uid else position

    def item(self) -> Found[FixtureRecord] | Rejected:
        try:
            return build(FixtureRecord, self._values(), position=self.position, raw=_raw(self.component))
        except _RefusedError as refusal:
            return Rejected(
                code=refusal.code,
                position=self.position,
                message=without_streams(refusal.message),
                raw=_raw(self.component),
            )

    def _values(self) -> dict[str, Any]:
        if self.component.name in NO_EVENTS:
            raise _RefusedError(Code.NOT_A_RECORD, f"A {self.component.name} is no event.")
        if self.component.get("RRULE") is not None or self.component.get("RDATE") is not None:
            raise _RefusedError(Code.BAD_VALUE, "The entry repeats by a rule, which no match does.")
        status = self._text("STATUS").upper()
        if status not in STATUSES:
            raise _RefusedError(Code.UNKNOWN_STATUS, f"“{status}” is no status of an event in a calendar.")
        title = self._text("SUMMARY")
        if not title:
            raise _RefusedError(Code.MISSING_FIELD, "SUMMARY: the entry has no title.")
        when = self._when()
        if when["starts_at"] and (status == "TENTATIVE" or DOUBTFUL.search(title)):
            when["precision"] = "provisional"
        named = _named(DOUBTFUL.sub("", title), self.document.options.get("dash", ""))
        options = self.document.options
        values = {
            "competition": options.get("competition") or named.pop("competition", "") or self._calendar_text("NAME"),
            "season": options.get("season") or str(when["day"].year),
            "source_key": self._text("UID"),
            "venue": self._text("LOCATION"),
            "status": STATUSES[status],
            **when,
            **named,
        }
        if options.get("competition") and (part := named.get("competition")):
            values |= {"competition": options["competition"], "stage": part}
        lines = [SHOWN_ON.fullmatch(line) for line in self._lines("DESCRIPTION")]
        values["channels"] = tuple(
            dict.fromkeys([*named.get("channels", ()), *(match[1].strip() for match in lines if match)])
        )
        longest = max(len(text) for text in (title, values["venue"], values["source_key"]))
        if longest > self.document.limits.text:
            raise _RefusedError(Code.TOO_LONG, f"A text has {longest} characters.")
        return values

    def _text(self, name: str) -> str:
        return " ".join(self._lines(name))

    def _lines(self, name: str) -> list[str]:
        value = self.component.get(name)
        value = value[0] if isinstance(value, list) and value else value
        # Escapes that were written twice reach the reader as a backslash.
        text = re.sub(r"\\([nN,;\\])", lambda match: "\n" if match[1] in "nN" else match[1], str(value or ""))
        return [line for part in text.splitlines() if (line := prose(part))]

    def _calendar_text(self, name: str) -> str:
        return prose(str(self.calendar.get(name) or self.calendar.get(f"X-WR-CAL{name}") or ""))

    def _when(self) -> dict[str, Any]:
        start, zone_id = self._moment("DTSTART")
        if start is None:
            raise _RefusedError(Code.MISSING_FIELD, "DTSTART: the entry does not say when it starts.")
        end, end_zone_id = self._moment("DTEND")
        if not isinstance(start, dt.datetime):
            return {"starts_at": None, "ends_at": None, "day": start, "precision": "day", "zone": ""}
        starts_at, zone = self._instant(start, zone_id)
        ends_at = self._instant(end, end_zone_id)[0] if isinstance(end, dt.datetime) else None
        duration = _value(self.component.get("DURATION"))
        if end is None and isinstance(duration, dt.timedelta):
            try:
                ends_at = starts_at + duration
            except OverflowError:
                raise _RefusedError(Code.BAD_TIME, "The entry ends outside the calendar.") from None
        if ends_at and ends_at < starts_at:
            raise _RefusedError(Code.BAD_TIME, "The entry ends before it starts.")
        local = starts_at.astimezone(self._home() or zone)
        if ends_at and ends_at - starts_at == dt.timedelta(days=1) and starts_at.astimezone(zone).time() == dt.time():
            # From midnight to midnight: a whole day, written the long way.
            return {"starts_at": None, "ends_at": None, "day": local.date(), "precision": "day", "zone": ""}
        return {
            "starts_at": starts_at,
            "ends_at": ends_at if ends_at != starts_at else None,
            "day": local.date(),
            "precision": "exact",
            "zone": "UTC" if zone is dt.UTC else zone_id or str(zone),
        }

    def _moment(self, name: str) -> tuple[dt.date | None, str]:
        prop = self.component.get(name)
        if isinstance(prop, list):
            raise _RefusedError(Code.BAD_TIME, f"{name} stands more than once in the entry.")
        value = _value(prop)
        if prop is not None and not isinstance(value, dt.date):
            raise _RefusedError(Code.BAD_TIME, f"{name}: “{_as_text(prop)}” is not a time.")
        return value, prose(str(prop.params.get("TZID", ""))) if prop is not None else ""

    def _home(self) -> dt.tzinfo | None:
        """The zone of the feed, else the one that the calendar names for itself."""
        if self.document.zone:
            return self.document.zone
        name = self._calendar_text("X-WR-TIMEZONE")
        try:
            return ZoneInfo(name) if name else None
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return None

    def _instant(self, local: dt.datetime, zone_id: str) -> tuple[dt.datetime, dt.tzinfo]:
        zone = local.tzinfo
        if zone is None and zone_id:
            raise _RefusedError(
                Code.BAD_TIME, f"The zone “{zone_id}” is unknown and the calendar does not describe it."
            )
        if zone is not None and not zone_id:
            zone = dt.UTC
        zone = zone or self._home()
        if zone is None:
            raise _RefusedError(Code.BAD_TIME, "The time names no zone, and neither the calendar nor the feed has one.")
        try:
            return times.instant(local.date(), local.time(), zone), zone
        except times.NoSuchTimeError as error:
            raise _RefusedError(Code.NO_SUCH_TIME, str(error)) from None
        except (OverflowError, ValueError):
            raise _RefusedError(Code.BAD_TIME, f"{local} lies outside the calendar.") from None


def _named(title: str, dash: str) -> dict[str, Any]:
    """What a title names: two sides, or one event."""
    stage = STAGE.fullmatch(title)
    sides = VERSUS.split(stage["rest"] if stage else title)
    if len(sides) == 2 and all(sides):
        home, (away, *behind) = sides[0], DASH.split(sides[1])
        named: dict[str, Any] = {"stage": (stage["short"] or stage["long"]) if stage else ""}
        if behind and dash == "channels":
            named["channels"] = tuple(
                dict.fromkeys(name.strip() for part in behind for name in part.split("/") if name.strip())
            )
        elif behind:
            named["stage"] = " - ".join([named["stage"], *behind] if named["stage"] else behind)
        return named | _sides(home, away)
    parts = DASH.split(title)
    if dash == "sides" and len(parts) in (2, 3) and all(parts):
        competition = {"competition": parts[0]} if len(parts) == 3 else {}
        return competition | _sides(*parts[-2:])
    return {"name": title}


def _sides(home: str, away: str) -> dict[str, Any]:
    return {
        "home": home,
        "away": away,
        "home_is_slot": SLOT.fullmatch(home) is not None,
        "away_is_slot": SLOT.fullmatch(away) is not None,
    }
