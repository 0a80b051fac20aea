"""Football.TXT, the plain text of openfootball: leagues, cups and tournaments, dates and times in every dialect."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from guide.feeds.adapters import football_dates
from guide.feeds.adapters.base import Code, Document, Fault, FeedError, Kind
from guide.feeds.adapters.documents import text_of
from guide.feeds.adapters.fixtures import (
    Event,
    RefusedError,
    Values,
    checked,
    day_of,
    each,
    kickoff,
    setting,
    status_of,
    title_parts,
)
from guide.feeds.adapters.provisional import marked
from guide.feeds.adapters.slots import sides
from guide.feeds.records import FixtureRecord

COMMENT = re.compile(r"(?:^|\s)#.*")
DECLARED = re.compile(r"#\s*Matches\s+(\d{1,7})\s*", re.IGNORECASE)
TITLE = re.compile(r"(=+)\s*(.*?)\s*=*")
HEADING = re.compile(r"([»▪]+)\s*(.*)")
DEFINITION = re.compile(r"[^|]*\S\s*\|\s.*")
NUMBER = re.compile(r"\((\d{1,4})\)\s*")
CLOCK = re.compile(
    r"(\d{1,2}[.:]\d{2})(?![\d'])(?:\s+((?:UTC|GMT)\S*|[A-Z]{2,3}T|BST))?(?:\s+\(\d{1,2}[.:]\d{2}[^)]*\))?\s*"
)
GROUND = re.compile(r"\s@\s*(.*)$")
STATUS = re.compile(r"\s*\[([a-z .]+)\]$", re.IGNORECASE)
VERSUS = re.compile(r"\s+vs?\.?\s+")
_RESULT = r"\d{1,2}-\d{1,2}(?:\s*(?:a\.?e\.?t\b\.?|pen\b\.?|p\b\.?))?(?:\s*\([\d\s,-]*\))?"
RESULT = re.compile(rf"\s{_RESULT}(?:,?\s+{_RESULT})*(?=\s|$)")
DETAIL = re.compile(r"[(\[]|[^\W\d][^:\d]*:\s")
"""How a line about a match begins: goals in brackets, the line-up of a team, the cards."""
UNFINISHED = (",", ";", "-", "–")


class FootballTxt:
    """A title with competition and season, headings, dates, times, matches; the feed's settings go before the title.

    A time holds for the matches below it, up to the next time, date or heading. Dates without a year are the nearest
    ones to the date before, on the day of the week that they name. Times without a zone need that of the feed, which is
    a matter of the file: sibling files differ. Lines of goals, line-ups and definitions are no records; any other line
    that is no match is rejected, so that nothing is lost without a trace.

    A file that announces its matches (“# Matches 380”) and holds fewer is cut off. Of one that announces nothing, and
    of a name cut off in the last line, only a comparison with the last reading can tell.
    """

    key = "football-txt"
    kind = Kind.FIXTURES
    version = 1
    record = FixtureRecord

    def read(self, stream: BinaryIO, document: Document) -> Iterator[Event]:
        lines = text_of(stream).splitlines()
        titles = (TITLE.fullmatch(_bare(line)) for line in lines)
        title = next((match[2] for match in titles if match), None)
        if title is None:
            raise FeedError(Fault.SCHEMA_CHANGED, "No line is a title such as “= Serie A 2026/27”.")
        name, season = title_parts(title)
        competition = setting(document, "competition", name)
        season = setting(document, "season", season)

        def read_one(raw: Any) -> Values:
            return {"competition": competition, "season": season, **_match(raw, document)}

        items = list(each(_sources(lines, season), read_one, document.limits))
        declared = next((int(match[1]) for line in lines if (match := DECLARED.fullmatch(line.strip()))), 0)
        if len(items) < declared:
            raise FeedError(Fault.TRUNCATED, f"The file announces {declared} matches and holds {len(items)}.")
        return marked(items)


@dataclass(slots=True)
class _Place:
    """Where in the file a line stands: under which headings, on which date, under which time."""

    dates: football_dates.Calendar
    headings: list[tuple[int, str]] = field(default_factory=list)
    date: str = ""
    clock: str = ""
    has_match: bool = False
    open_brackets: int = 0
    continues: bool = False

    def head(self, level: int, name: str) -> None:
        self.headings = [*((upper, text) for upper, text in self.headings if upper < level), (level, name)]
        self.date, self.clock = "", ""
        self.end_details()

    def end_details(self) -> None:
        self.has_match, self.open_brackets, self.continues = False, 0, False

    def take_detail(self, line: str) -> bool:
        """Whether the line belongs to the match above it; a heading, a date or a match ends what it leaves open."""
        if not self.has_match or not (self.open_brackets or self.continues or DETAIL.match(line)):
            return False
        self.open_brackets = max(0, self.open_brackets + line.count("(") - line.count(")"))
        self.continues = line.endswith(UNFINISHED)
        return True


def _bare(line: str) -> str:
    return COMMENT.sub("", line.replace("\ufeff", "")).strip()


def _sources(lines: list[str], season: str) -> Iterator[tuple[str, Any]]:
    """Every line that is, or should be, a match, with what the lines above it say."""
    place = _Place(dates=football_dates.Calendar.of(season))
    for number, line in enumerate(lines, start=1):
        rest = _bare(line)
        if not rest:
            place.open_brackets, place.continues = 0, False
        elif match := TITLE.fullmatch(rest):
            place.headings, place.date, place.clock = [], "", ""
            place.end_details()
        elif DEFINITION.fullmatch(rest):
            place.end_details()
        elif match := HEADING.fullmatch(rest):
            place.head(len(match[1]), match[2])
        elif raw := _taken(rest, place):
            yield f"line {number}", raw


def _taken(line: str, place: _Place) -> dict[str, str]:
    """The match in this line; empty where the line only says a date or time, or belongs to the match above."""
    rest, numbered = line, NUMBER.match(line)
    if numbered:
        rest = rest[numbered.end() :]
    if written := football_dates.WRITTEN.match(rest):
        day = place.dates.day(written)
        place.date, place.clock = day.isoformat() if day else written[0].strip(), ""
        place.end_details()
        rest = rest[written.end() :]
    if clock := CLOCK.match(rest):
        place.clock = " ".join(part for part in clock.groups() if part)
        rest = rest[clock.end() :]
    if not rest:
        return {}
    is_match = bool(VERSUS.search(rest) or RESULT.search(rest))
    if not is_match and not (written or clock or numbered) and place.take_detail(rest):
        return {}
    place.end_details()
    place.has_match = is_match
    return {
        "line": line,
        "match": rest,
        "number": numbered[1] if numbered else "",
        "date": place.date,
        "time": place.clock,
        "stage": ", ".join(name for _, name in place.headings),
    }


def _match(raw: dict[str, str], document: Document) -> Values:
    limits = document.limits
    rest, venue, status = raw["match"], "", ""
    if len(rest) > limits.text:
        raise RefusedError(Code.TOO_LONG, f"The line has more than {limits.text} characters.")
    if ground := GROUND.search(rest):
        rest, venue = rest[: ground.start()], checked(ground[1], "ground", limits)
    if stated := STATUS.search(rest):
        rest, status = rest[: stated.start()], status_of(stated[1])
    result = RESULT.search(rest)
    parts = VERSUS.split(rest[: result.start()] if result and not rest[result.end() :].strip() else rest)
    if len(parts) == 1 and result:
        parts = [rest[: result.start()], rest[result.end() :]]
    if len(parts) != 2:
        raise RefusedError(Code.NOT_A_RECORD, "The line is neither a match nor anything else that is known.")
    home, away = (
        checked(part, side, limits, required=True) for part, side in zip(parts, ("home", "away"), strict=True)
    )
    return {
        **sides(home, away),
        "stage": checked(raw["stage"], "stage", limits),
        "number": int(raw["number"]) if raw["number"] else None,
        "venue": venue,
        "status": status or ("finished" if result else "scheduled"),
        **kickoff(day_of(raw["date"]), raw["time"], document.zone),
    }


ADAPTER = FootballTxt()
