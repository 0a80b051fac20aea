"""The dates of Football.TXT: “Fri Aug/15 2025”, “Sat Aug 16”, “June 9”, “Th 26/3/26”. Most say no year."""

import datetime as dt
import re
from dataclasses import dataclass

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
_MONTH = "|".join(MONTHS)
WRITTEN = re.compile(
    rf"""
    (?:(?P<weekday>{"|".join(WEEKDAYS)})[a-z]{{0,7}}\.?,?\s+)?
    (?:
        (?P<month>{_MONTH})[a-z]{{0,6}}\.?[ /](?P<day>\d{{1,2}})(?![\d'+.:/-])(?:,?\s+(?P<year>\d{{4}})(?!\d))?
        | (?P<day_first>\d{{1,2}})/(?P<month_number>\d{{1,2}})/(?P<year_last>\d{{4}}|\d{{2}})(?!\d)
    )
    (?:\s+|$)
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(slots=True)
class Calendar:
    """Finds the year of a date by the date before it, or by the season for the first one."""

    last: dt.date

    @classmethod
    def of(cls, season: str) -> "Calendar":
        """Of a season of two years, the first date is sought round its summer; of one year, round its middle."""
        year = re.match(r"[12]\d{3}", season)
        return cls(last=dt.date(int(year[0]) if year else 2000, 8 if "-" in season else 6, 30))

    def day(self, written: re.Match[str]) -> dt.date | None:
        """The day that is meant; None where there is no such day, or none on that day of the week."""
        number = int(written["day"] or written["day_first"])
        named = (written["month"] or "").lower()
        month = MONTHS.index(named) + 1 if named else int(written["month_number"])
        year = written["year"] or written["year_last"]
        if year:
            years = [int(year) if len(year) == 4 else 2000 + int(year)]
        else:
            years = [self.last.year + step for step in (-1, 0, 1)]
        days = [day for year in years if (day := _day(year, month, number))]
        if written["weekday"]:
            weekday = WEEKDAYS.index(written["weekday"].lower())
            days = [day for day in days if day.weekday() == weekday]
        if not days:
            return None
        self.last = min(days, key=lambda day: abs(day - self.last))
        return self.last


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
