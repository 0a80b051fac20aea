"""Schedules of the NBA as CSV, in the form in which basketball-reference.com exports them."""

import csv
import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from guide.feeds.adapters.base import Code, Document, Fault, FeedError, Kind
from guide.feeds.adapters.documents import rows_of, text_of
from guide.feeds.adapters.fixtures import Event, RefusedError, Values, checked, each, kickoff, setting
from guide.feeds.adapters.slots import sides
from guide.feeds.records import FixtureRecord

COLUMNS = {0: "Date", 2: "Visitor/Neutral", 3: "PTS", 4: "Home/Neutral", 5: "PTS", 10: "Arena", 11: "Notes"}
"""Cells are read by position: two columns are called PTS, two have no name."""
START = re.compile(r"Start \((.+)\)")
ZONES = {"ET": ZoneInfo("America/New_York")}
"""By the header, whatever the name of the file says. With the clock changes of that country, not as a fixed offset."""
CLOCK = re.compile(r"(1[0-2]|[1-9]):([0-5][0-9])([ap])m?")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class NbaCsv:
    """One line a game. The feed has to be set to a season; the competition is “NBA” unless it is set to another.

    The header stands again in the middle of long exports, which is no record. The same two teams meet more than once a
    season at the same place, and nothing numbers the games. A table cut off between two lines looks whole: only a
    comparison with the last one can tell. A line cut off in its middle is rejected.
    """

    key = "nba-csv"
    kind = Kind.FIXTURES
    version = 1
    record = FixtureRecord

    def read(self, stream: BinaryIO, document: Document) -> Iterator[Event]:
        text = text_of(stream)
        header = [name.strip() for name in next(csv.reader(text.splitlines()[:1]), [])]
        for index, name in COLUMNS.items():
            if header[index : index + 1] != [name]:
                raise FeedError(Fault.SCHEMA_CHANGED, f"Column {index + 1} is not “{name}”.", position="line 1")
        start = START.fullmatch(header[1])
        if not start or start[1] not in ZONES:
            raise FeedError(Fault.SCHEMA_CHANGED, "The header does not say the zone of the times.", position="line 1")
        zone = ZONES[start[1]]
        common = {"competition": setting(document, "competition", "NBA"), "season": setting(document, "season")}

        def read_one(cells: Any) -> Values:
            if len(cells) != len(header):
                raise RefusedError(Code.NOT_A_RECORD, "The line has not as many cells as the header.")
            return common | _game(cells, zone, document)

        rows = rows_of(text, needs=(), limits=document.limits)
        sources = ((f"line {line}", cells) for line, cells, _ in rows if [c.strip() for c in cells] != header)
        return each(sources, read_one, document.limits)


def _game(cells: list[str], zone: ZoneInfo, document: Document) -> Values:
    limits = document.limits
    home, away = (checked(cells[index], COLUMNS[index], limits, required=True) for index in (4, 2))
    scores = cells[3].strip(), cells[5].strip()
    return {
        **sides(home, away),
        "stage": checked(cells[11], "Notes", limits),
        "venue": checked(cells[10], "Arena", limits),
        "status": "finished" if all(scores) else "scheduled",
        **kickoff(_day(cells[0]), _clock(cells[1].strip()), zone),
    }


def _day(text: str) -> dt.date | None:
    """“Tue Oct 21 2025”. The day of the week has to be right: it shows a slip in the rest."""
    parts = text.split()
    if not parts:
        return None
    try:
        _, month, day, year = parts
        read = dt.date(int(year), MONTHS.index(month) + 1, int(day))
    except ValueError:
        raise RefusedError(Code.BAD_DATE, f"“{text}” is no day such as “Tue Oct 21 2025”.") from None
    if ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[read.weekday()] != parts[0]:
        raise RefusedError(Code.BAD_DATE, f"“{text}” was not on that day of the week.")
    return read


def _clock(text: str) -> str:
    if text in ("", "TBD", "TBA"):
        return ""
    if not (match := CLOCK.fullmatch(text)):
        raise RefusedError(Code.BAD_TIME, f"“{text}” is no time such as “7:30p”.")
    hour = int(match[1]) % 12 + (12 if match[3] == "p" else 0)
    return f"{hour}:{match[2]}"


ADAPTER = NbaCsv()
