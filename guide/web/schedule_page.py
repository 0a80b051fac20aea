"""What is to be seen in a country on a day, in a week, and what of it is free."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadcasters.models import Country
from guide.rights.answer import EARLIEST, LATEST, Answer, Showing
from guide.web import formats, schedule_rows, words
from guide.web.addresses import chosen, free_url, today_url, week_url
from guide.web.frame import Place, place_of, turn_of_day
from guide.web.options import Link
from guide.web.schedule_rows import Day, is_free
from guide.web.search import Choice, countries
from guide.web.when import zone_name

ROWS_A_PAGE = 42
"""As many as keep a page under 50 kB in every language."""
WEEK = dt.timedelta(days=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Days under one heading; ``note`` says what they have in common."""

    heading: str
    note: str
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A link to the same page of another day, or to another page of the same day."""

    text: str
    url: str
    is_current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SchedulePage:
    """``silence`` is what is said where nothing is on record."""

    template: ClassVar[str] = "web/schedule.html"
    status: ClassVar[int] = 200
    place: Place
    title: str
    description: str
    is_indexed: bool
    changes_at: dt.datetime
    heading: str
    sentence: str
    zone: str
    turns: tuple[Turn, ...]
    parts: tuple[Part, ...]
    pages: tuple[Turn, ...]
    silence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleChoicePage:
    """The same page for every country: which one?"""

    template: ClassVar[str] = "web/schedule_choice.html"
    status: ClassVar[int] = 200
    is_indexed: ClassVar[bool] = True
    place: ClassVar[None] = None
    changes_at: ClassVar[None] = None
    title: str
    description: str
    countries: tuple[Choice, ...]


def today_page(
    country: Country, answers: Sequence[Answer], query: QueryDict, *, day: dt.date, today: dt.date
) -> SchedulePage:
    """The page of the answers of one day."""
    place = place_of(country.code, elsewhere=today_url())
    ordered = schedule_rows.in_order(answers)
    heading = _("{country}, {day}").format(country=place.name, day=formats.full_day(day))
    last = max(1, -(-len(ordered) // ROWS_A_PAGE))
    page = int(chosen(query, "page", [str(number) for number in range(1, last + 1)], default="1"))
    cut = ordered[ROWS_A_PAGE * (page - 1) : ROWS_A_PAGE * page]
    asked = str(day) if day != today else ""
    return SchedulePage(
        place=place,
        title=_("{heading}: who shows what live").format(heading=heading),
        description=f"{heading}. {_counted(ordered)}",
        is_indexed="day" not in query and "page" not in query,
        changes_at=turn_of_day(country, today, []),
        heading=heading,
        sentence=_counted(ordered),
        zone=_zone(country),
        turns=tuple(_days_beside(country, day, today)),
        parts=(Part(heading="", note="", days=tuple(_settled_and_not(cut))),) if cut else (),
        pages=tuple(
            Turn(
                text=str(number),
                url=today_url(country.code, day=asked, page="" if number == 1 else str(number)),
                is_current=number == page,
            )
            for number in range(1, last + 1)
        )
        if last > 1
        else (),
        silence="" if ordered else words.few_fixtures(),
    )


def week_page(country: Country, answers: Sequence[Answer], *, today: dt.date) -> SchedulePage:
    """The page of the answers of seven days."""
    place = place_of(country.code, elsewhere=today_url())
    days = schedule_rows.by_day(answers, first_day=today)
    heading = _("{country}: the next seven days").format(country=place.name)
    return SchedulePage(
        place=place,
        title=_("{heading}, who shows what live").format(heading=heading),
        description=f"{heading}. {_counted(answers)}",
        is_indexed=True,
        changes_at=turn_of_day(country, today, []),
        heading=heading,
        sentence=_counted(answers),
        zone=_zone(country),
        turns=tuple(ways(country.code, current="week")),
        parts=(Part(heading="", note="", days=tuple(_days(country, days, _room(days.values())))),) if days else (),
        pages=(),
        silence="" if days else words.few_fixtures(),
    )


def free_page(country: Country, answers: Sequence[Answer], *, today: dt.date) -> SchedulePage:
    """What is free of the answers of seven days, the certain before the possible."""
    place = place_of(country.code, elsewhere=free_url())
    sure = [answer for answer in answers if is_free(answer, Showing.CERTAIN)]
    perhaps = [answer for answer in answers if answer not in sure and is_free(answer, Showing.POSSIBLE)]
    heading = _("{country}: free this week").format(country=place.name)
    if not answers:
        sentence = _("No event is on record.")
    else:
        sentence = _free(len(sure)) if sure else _("No event is on record as free for certain.")
    return SchedulePage(
        place=place,
        title=heading,
        description=f"{heading}. {sentence}",
        is_indexed=True,
        changes_at=turn_of_day(country, today, []),
        heading=heading,
        sentence=sentence,
        zone=_zone(country),
        turns=tuple(ways(country.code, current="free")),
        parts=tuple(_free_parts(country, sure, perhaps, today)),
        pages=(),
        silence="" if sure or perhaps else words.few_fixtures(),
    )


def schedule_choice_page(*, only_free: bool) -> ScheduleChoicePage:
    """One query."""
    title = _("Free this week") if only_free else _("Today")
    description = (
        _("What is free to see live this week, country by country.")
        if only_free
        else _("Who shows what live today, country by country.")
    )
    return ScheduleChoicePage(title=title, description=description, countries=countries())


def _free_parts(country: Country, sure: Sequence[Answer], perhaps: Sequence[Answer], today: dt.date) -> Iterator[Part]:
    sure_days, perhaps_days = (schedule_rows.by_day(answers, first_day=today) for answers in (sure, perhaps))
    room = _room([*sure_days.values(), *perhaps_days.values()])
    if sure:
        yield Part(heading=_("Free"), note="", days=tuple(_days(country, sure_days, room, only_free=True)))
    if perhaps:
        yield Part(
            heading=_("Perhaps free"),
            note=_("These broadcasters show a part of the events; nobody on record says whether these are among them."),
            days=tuple(_days(country, perhaps_days, room, only_free=True)),
        )


def _room(days: Iterable[Sequence[Answer]]) -> int:
    """How many events of each day stand on a page of several."""
    counts = [len(answers) for answers in days]
    fitting = (room for room in range(ROWS_A_PAGE, 1, -1) if sum(min(count, room) for count in counts) <= ROWS_A_PAGE)
    return next(fitting, 1)


def _days(
    country: Country, days: Mapping[dt.date, Sequence[Answer]], room: int, *, only_free: bool = False
) -> Iterator[Day]:
    for day, answers in days.items():
        yield Day(
            heading=formats.full_day(day),
            rows=tuple(schedule_rows.row(answer, only_free=only_free) for answer in answers[:room]),
            more=_more(country, day, len(answers) - room),
        )


def _more(country: Country, day: dt.date, left: int) -> Link | None:
    if left <= 0:
        return None
    text = ngettext("{count} more event of this day", "{count} more events of this day", left).format(count=left)
    return Link(text=text, url=today_url(country.code, day=str(day)))


def _settled_and_not(answers: Sequence[Answer]) -> Iterator[Day]:
    """By the clock; then, under a heading of their own, those whose time nobody knows yet."""
    rows = [schedule_rows.row(answer) for answer in answers]
    if settled := tuple(row for row in rows if row.when.is_settled):
        yield Day(heading="", rows=settled)
    if others := tuple(row for row in rows if not row.when.is_settled):
        yield Day(heading=_("Without a settled time"), rows=others)


def _days_beside(country: Country, day: dt.date, today: dt.date) -> Iterator[Turn]:
    before, after = day - dt.timedelta(days=1), day + dt.timedelta(days=1)
    if day > EARLIEST:
        yield Turn(text=formats.full_day(before), url=_day_url(country, before, today))
    if day != today:
        yield Turn(text=_("Today"), url=today_url(country.code))
    if day < LATEST:
        yield Turn(text=formats.full_day(after), url=_day_url(country, after, today))
    yield Turn(text=_("The next seven days"), url=week_url(country.code))


def _day_url(country: Country, day: dt.date, today: dt.date) -> str:
    return today_url(country.code, day="" if day == today else str(day))


def ways(code: str, *, current: str = "") -> Iterator[Turn]:
    """To the schedules of a country."""
    yield Turn(text=_("Today"), url=today_url(code))
    yield Turn(text=_("The next seven days"), url=week_url(code), is_current=current == "week")
    yield Turn(text=_("Free this week"), url=free_url(code), is_current=current == "free")


def _counted(answers: Sequence[Answer]) -> str:
    """How many events are on record, and how many of them are surely free."""
    if not answers:
        return _("No event is on record.")
    count, free = len(answers), sum(is_free(answer, Showing.CERTAIN) for answer in answers)
    events = ngettext("{count} event is on record.", "{count} events are on record.", count).format(
        count=formats.count(count)
    )
    return " ".join([events, _free(free) if free else _("None is known to be free.")])


def _free(count: int) -> str:
    return ngettext("{count} is free for certain.", "{count} are free for certain.", count).format(
        count=formats.count(count)
    )


def _zone(country: Country) -> str:
    return zone_name(country.time_zone)
