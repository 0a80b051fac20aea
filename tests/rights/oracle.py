"""A second answer, naive and slow, straight from the rules and the files: it shares no line with the guide.

It reads the CSV files of a folder with the csv module and knows nothing of the code that it checks. The rules are
those of ``docs/data.md`` and of the architecture's section 2, each in the plainest words that do.
"""

import csv
import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

Row = dict[str, str]
Window = tuple[dt.date, dt.date]

BEGINNING, END = dt.date(1, 1, 1), dt.date(9999, 12, 31)
YEAR = dt.timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the rules say about one cell on one day. Rights are named by their keys, broadcasters by their slugs."""

    state: str
    reason: str | None
    options: frozenset[str]
    """Everything that may be shown, highlights included."""
    holders: frozenset[str]
    """Who shows it live."""
    last_known: frozenset[str]
    upcoming: frozenset[tuple[str, dt.date]]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(cell: str) -> dt.date | None:
    return dt.date.fromisoformat(cell) if cell else None


def window(row: Row) -> Window:
    """Both days included. An unknown start counts as begun; an unknown end lies where the evidence ends."""
    first, last = day(row["first_day"]), day(row["last_day"]) or day(row.get("evidence_reaches", ""))
    return first or BEGINNING, last or END


def is_live(row: Row) -> bool:
    return row["kind"] == "live"


def is_published(row: Row) -> bool:
    """A right without evidence is kept and not published."""
    return any(cell.strip() for name, cell in row.items() if name.startswith("evidence_") and name[9].isdigit())


class Oracle:
    """The files of one folder, laid out as the project's own."""

    def __init__(self, root: Path) -> None:
        groups = {
            row["slug"]: row["countries"].split("; ") for row in read(root / "broadcasters/data/country_groups.csv")
        }

        def by_country(rows: list[Row]) -> dict[str, list[Row]]:
            places: dict[str, list[Row]] = {}
            for row in rows:
                codes: set[str] = set()
                for word in row["countries"].split("; "):
                    codes.update(groups.get(word, [word]))
                for code in codes:
                    places.setdefault(code, []).append(row)
            return places

        self.rights = by_country([row for row in read(root / "guide/rights/data/rights.csv") if is_published(row)])
        self.findings = by_country(read(root / "guide/rights/data/findings.csv"))
        self.blackouts = by_country(read(root / "guide/rights/data/blackouts.csv"))
        self.zones = {row["code"]: row["time_zone"] for row in read(root / "broadcasters/data/countries.csv")}
        self.seasons: dict[str, list[Window]] = {}
        for row in read(root / "competitions/data/seasons.csv"):
            self.seasons.setdefault(row["competition"], []).append(window(row))

    def judge(self, competition: str, country: str, on: dt.date | dt.datetime) -> Verdict:
        """The verdict for a day of the country, or for an instant."""
        instant = on.astimezone(ZoneInfo(self.zones[country])) if isinstance(on, dt.datetime) else None
        today = instant.date() if instant else on
        assert isinstance(today, dt.date)
        rights = [row for row in self.rights.get(country, []) if row["competition"] == competition]
        seasons = self.seasons.get(competition, [])

        in_force = [row for row in rights if window(row)[0] <= today <= window(row)[1]]
        shown = [row for row in in_force if self.has_something_to_show(seasons, row, today)]
        shown_live = [row for row in shown if is_live(row)]
        begun = [row for row in rights if is_live(row) and window(row)[0] <= today]

        if shown_live and instant and self.is_blacked_out(competition, country, instant):
            state, reason = "blocked", "blackout"
        elif shown_live:
            state, reason = "licensed", None
        elif found := self.found(competition, country, today):
            state, reason = found, None
        else:
            state, reason = "unknown", self.why_unknown(seasons, begun, today)
        return Verdict(
            state=state,
            reason=reason,
            options=frozenset(row["key"] for row in shown),
            holders=frozenset(row["broadcaster"] for row in shown_live),
            last_known=self.last_known(seasons, begun, shown_live, today),
            upcoming=self.upcoming(seasons, rights, shown_live, today),
        )

    def has_something_to_show(self, seasons: list[Window], row: Row, today: dt.date) -> bool:
        """A running season licenses; in a pause the next one must begin within a year and within the right. A calendar
        that does not speak about the day proves nothing.
        """
        is_silent = all(today < first for first, _ in seasons) or all(last < today for _, last in seasons)
        is_running = any(first <= today <= last for first, last in seasons)
        if is_silent or is_running:
            return True
        next_first = min(first for first, _ in seasons if first > today)
        return next_first - today <= YEAR and next_first <= window(row)[1]

    def is_blacked_out(self, competition: str, country: str, instant: dt.datetime) -> bool:
        """By the clock on the wall: ``instant`` is in the country's own time."""
        for row in self.blackouts.get(country, []):
            first, last = window(row)
            time = instant.time().replace(tzinfo=None)
            if (
                row["competition"] in ("", competition)
                and first <= instant.date() <= last
                and row["weekday"] in ("", str(instant.isoweekday()))
                and (not row["from_time"] or dt.time.fromisoformat(row["from_time"]) <= time)
                and (not row["to_time"] or time < dt.time.fromisoformat(row["to_time"]))
            ):
                return True
        return False

    def found(self, competition: str, country: str, today: dt.date) -> str | None:
        """What the findings that reach the day say; “unannounced” is decided before “none”."""
        kinds = {
            row["kind"]
            for row in self.findings.get(country, [])
            if row["competition"] == competition and window(row)[0] <= today <= window(row)[1]
        }
        return next((kind for kind in ("unannounced", "none") if kind in kinds), None)

    def why_unknown(self, seasons: list[Window], begun: list[Row], today: dt.date) -> str:
        if not begun:
            return "not_researched"
        over = [season for season in seasons if season[1] < today]
        is_running_or_silent = any(first <= today <= last for first, last in seasons) or all(
            first <= today for first, _ in seasons
        )
        if not over or is_running_or_silent:
            return "lapsed"
        first, last = max(over)
        had_holders = any(window(row)[0] <= last and first <= window(row)[1] for row in begun)
        return "between_editions" if had_holders else "lapsed"

    def last_known(
        self, seasons: list[Window], begun: list[Row], shown_live: list[Row], today: dt.date
    ) -> frozenset[str]:
        """The newest right of each holder and package of which nothing says that it still holds.

        Where somebody is licensed, only holders whose end nobody stated, and who are not among the licensed.
        """
        newest: dict[tuple[str, str], tuple[dt.date, str]] = {}
        for row in begun:
            first, last = window(row)
            is_over = last < today
            # A right that is in force has been used only if an edition of its own has begun.
            was_used = any(begins <= min(last, today) and first <= ends for begins, ends in seasons)
            if row in shown_live or not (is_over or was_used):
                continue
            if shown_live:
                is_present = row["broadcaster"] in {other["broadcaster"] for other in shown_live}
                if is_present or not is_over or row["last_day"]:
                    continue
            holder = row["broadcaster"], row["package"]
            newest[holder] = max(newest.get(holder, (BEGINNING, "")), (last, row["key"]))
        return frozenset(key for _, key in newest.values())

    def upcoming(
        self, seasons: list[Window], rights: list[Row], shown_live: list[Row], today: dt.date
    ) -> frozenset[tuple[str, dt.date]]:
        """Rights that begin later, from their first day; rights in force that wait for an edition, from its first."""
        coming = set()
        for row in rights:
            first, last = window(row)
            if not is_live(row) or row in shown_live:
                continue
            if first > today:
                coming.add((row["key"], first))
            elif later := [begins for begins, _ in seasons if today < begins <= last]:
                coming.add((row["key"], min(later)))
        return frozenset(coming)
