"""All countries of one competition: where it is free, where it costs, where we do not know."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadcasters.models import Country
from competitions.models import Competition
from guide.rights.answer import Answer, Option, Question, Reason, State
from guide.rights.models import Access, Scope
from guide.web import formats, options, words
from guide.web.addresses import choose_country_url, chosen, competition_url, countries_url, matrix_csv_url, with_query
from guide.web.facts import Fact, asked_about, checked
from guide.web.formats import Run, fill
from guide.web.frame import Place, turn_of_day
from guide.web.options import Coverage
from guide.web.sentences import Sentence, before_or_after, joined, live
from guide.web.words import FREE, TONES, Badge, competition_name, sport_name

ROWS_A_PAGE = 50
"""As many as keep a page under 50 kB in every language."""


PARAMETERS = {"access", "sort", "page", "on"}
"""With one of them it is the same page seen otherwise, which search engines need not know."""


class Group(StrEnum):
    """What a country is counted as, best first. Those after ``unstated`` are states: nobody is known to show it."""

    FREE = "free"
    PART = "part"
    PAID = "paid"
    UNSTATED = "unstated"
    UNANNOUNCED = "unannounced"
    NONE = "none"
    UNKNOWN = "unknown"


class Sort(StrEnum):
    ACCESS = "access"
    COUNTRY = "country"
    UNTIL = "until"


GROUPS = list(Group)
COUNTED: dict[Group, Callable[[Option], bool]] = {
    # “Free” is said only of what is known to be free for the most part; less, or how much nobody states, is a part.
    Group.FREE: lambda option: option.access in FREE and option.coverage.scope in (Scope.ALL, Scope.MOST),
    Group.PART: lambda option: option.access in (*FREE, Access.MIXED),
    Group.PAID: lambda option: option.access in (Access.SUBSCRIPTION, Access.PAY_PER_VIEW),
    Group.UNSTATED: lambda option: True,
}
"""The first group of which some live option is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One country: its answer, its group, and the live options that put it there; the first of them leads."""

    answer: Answer
    name: str
    group: Group
    best: tuple[Option, ...]

    @property
    def last_day(self) -> dt.date | None:
        return self.best[0].last_day if self.best else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One country. ``sentence`` says what is known where nobody is on record as showing it."""

    code: str
    name: str
    url: str
    badges: tuple[Badge, ...]
    tone: str
    first: str
    others: str
    sentence: Sentence | None
    coverage: Coverage | None
    until: str
    checked: Fact | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A link to the same page seen otherwise: filtered, sorted, turned over. ``url`` is empty where nothing is to be
    chosen.
    """

    text: str
    url: str = ""
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CountriesPage:
    template: ClassVar[str] = "web/countries.html"
    status: ClassVar[int] = 200
    place: ClassVar[Place | None] = None
    title: str
    description: str
    is_indexed: bool
    changes_at: dt.datetime | None
    heading: str
    season: str
    sport: str
    competition: str
    sentence: Sentence
    facts: tuple[Fact, ...]
    csv_url: str
    asked: str
    present_url: str
    caption: str
    filters: tuple[Choice, ...]
    columns: tuple[Choice, ...]
    rows: tuple[Row, ...]
    pages: tuple[Choice, ...]
    unresearched: str
    search_url: str


def questions(competition: Competition, *, on: dt.date | None) -> list[Question]:
    """What the page asks: the competition in every country."""
    return [Question(competition=competition, country=country, on=on) for country in Country.objects.standing()]


def countries_page(
    competition: Competition, answers: Sequence[Answer], query: QueryDict, *, on: dt.date | None, now: dt.datetime
) -> CountriesPage:
    """The page of the answers, filtered, sorted and cut as the query says. A day means each country's own day."""
    cells = [_cell(answer) for answer in answers if answer.reason != Reason.NOT_RESEARCHED or answer.upcoming]
    counts = Counter(cell.group for cell in cells)
    view = _View(competition, query, on)
    kept = view.kept(cells)
    name = competition_name(competition)
    says = _sentence(name, cells, counts, on)
    missing = len(answers) - len(cells)
    return CountriesPage(
        title=_("{competition}: who shows it, country by country").format(competition=name),
        description=formats.plain(says),
        is_indexed=not PARAMETERS & query.keys(),
        changes_at=min((_turn(answer, now) for answer in answers), default=None),
        heading=words.all_countries(competition),
        season=formats.season(next((answer.season for answer in answers if answer.season), "")),
        sport=sport_name(competition),
        competition=name,
        sentence=says,
        facts=(checked(found),) if (found := [cell.best[0].verified_on for cell in cells if cell.best]) else (),
        csv_url=matrix_csv_url(competition.slug, on=str(on) if on else ""),
        asked=asked_about(on),
        present_url=countries_url(competition.slug),
        caption=ngettext("{count} country or territory", "{count} countries and territories", len(kept)).format(
            count=len(kept)
        ),
        filters=tuple(view.filters(counts)),
        columns=tuple(view.columns()),
        rows=tuple(_row(cell, on, now) for cell in view.cut(kept)),
        pages=tuple(view.pages(len(kept))),
        unresearched=ngettext(
            "We have not looked into {count} more country or territory yet.",
            "We have not looked into {count} more countries and territories yet.",
            missing,
        ).format(count=missing)
        if missing
        else "",
        search_url=choose_country_url(competition.slug),
    )


def _turn(answer: Answer, now: dt.datetime) -> dt.datetime:
    country = answer.question.country
    return turn_of_day(country, country.today(now), [answer])


def _cell(answer: Answer) -> Cell:
    shown = live(answer)
    name = formats.country(answer.question.country.code)
    for group, holds in COUNTED.items():
        if best := tuple(option for option in shown if holds(option)):
            return Cell(answer=answer, name=name, group=group, best=best)
    return Cell(answer=answer, name=name, group=Group(answer.state), best=())


class _View:
    """What the query asks for. Raises UnusableChoiceError for what it cannot ask for."""

    def __init__(self, competition: Competition, query: QueryDict, on: dt.date | None) -> None:
        self.slug = competition.slug
        self.query = query
        self.access = chosen(query, "access", GROUPS, default="")
        self.sort = chosen(query, "sort", list(Sort), default=Sort.ACCESS)
        self.on = str(on) if on else ""

    def kept(self, cells: Sequence[Cell]) -> list[Cell]:
        kept = [cell for cell in cells if not self.access or cell.group == self.access]
        kept.sort(key=lambda cell: formats.sort_key(cell.name))
        if self.sort == Sort.ACCESS:
            kept.sort(key=lambda cell: GROUPS.index(cell.group))
        elif self.sort == Sort.UNTIL:
            kept.sort(key=lambda cell: (not cell.best, cell.last_day is None, cell.last_day or dt.date.max))
        return kept

    def cut(self, kept: Sequence[Cell]) -> Sequence[Cell]:
        first = ROWS_A_PAGE * (self._page(len(kept)) - 1)
        return kept[first : first + ROWS_A_PAGE]

    def filters(self, counts: Mapping[Group, int]) -> Iterator[Choice]:
        """All, and each group that has countries."""
        everything = _("All, {count}").format(count=sum(counts.values()))
        yield Choice(text=everything, url=self._url(access=""), is_chosen=not self.access)
        texts = {
            Group.FREE: _("Free, {count}"),
            Group.PART: _("Part free, {count}"),
            Group.PAID: _("Paid, {count}"),
            Group.UNSTATED: _("Access not stated, {count}"),
            Group.UNANNOUNCED: _("Not announced, {count}"),
            Group.NONE: _("Nobody, {count}"),
            Group.UNKNOWN: _("Not known, {count}"),
        }
        for group, text in texts.items():
            if counts[group] or group == self.access:
                yield Choice(
                    text=text.format(count=counts[group]), url=self._url(access=group), is_chosen=group == self.access
                )

    def columns(self) -> Iterator[Choice]:
        yield self._column(_("Country"), Sort.COUNTRY)
        yield self._column(_("Access"), Sort.ACCESS)
        yield Choice(text=_("Who shows it"))
        yield Choice(text=_("How much of it"))
        yield self._column(_("Until"), Sort.UNTIL)
        yield Choice(text=_("Checked"))

    def pages(self, count: int) -> Iterator[Choice]:
        """None where all rows stand on one page."""
        if (last := _pages(count)) > 1:
            for number in range(1, last + 1):
                address = self._url(page="" if number == 1 else str(number))
                yield Choice(text=str(number), url=address, is_chosen=number == self._page(count))

    def _page(self, count: int) -> int:
        return int(chosen(self.query, "page", [str(number) for number in range(1, _pages(count) + 1)], default="1"))

    def _column(self, text: str, sort: Sort) -> Choice:
        return Choice(text=text, url=self._url(sort=sort), is_chosen=sort == self.sort)

    def _url(self, **changed: str) -> str:
        """The page as it is but for what has changed. A change of rows begins at the first page again."""
        parameters = {"access": self.access, "sort": self.sort, "on": self.on} | changed
        if parameters["sort"] == Sort.ACCESS:
            parameters["sort"] = ""
        return countries_url(self.slug, **parameters)


def _pages(count: int) -> int:
    return max(1, -(-count // ROWS_A_PAGE))


def _sentence(name: str, cells: Sequence[Cell], counts: Mapping[Group, int], on: dt.date | None) -> Sentence:
    parts = {
        Group.FREE: Run(text=_("free in {count}"), tone="free"),
        Group.PART: Run(text=_("part free in {count}"), tone="part"),
        Group.PAID: Run(text=_("paid in {count}"), tone="sub"),
        Group.UNSTATED: Run(text=_("access not stated in {count}"), tone="unknown"),
    }
    names = [
        Run(text=run.text.format(count=counts[group]), tone=run.tone) for group, run in parts.items() if counts[group]
    ]
    known = sum(counts[group] for group in parts)
    if known:
        template = ngettext(
            "{competition}: we know who shows it live in {count} country or territory, {names}.",
            "{competition}: we know who shows it live in {count} countries and territories, {names}.",
            known,
        )
    elif on:
        template = _("{competition}: nobody is on record as showing it live on {day}.")
    else:
        template = _("{competition}: nobody is on record as showing it live now.")
    first = fill(template, names=names, competition=name, count=str(known), day=formats.long_day(on) if on else "")
    rest = _rest(cells, counts, is_more=known > 0)
    return joined([first, *((Run(text=text),) for text in rest)])


def _rest(cells: Sequence[Cell], counts: Mapping[Group, int], *, is_more: bool) -> Iterator[str]:
    """Whole sentences about the countries in which nobody is known to show it."""
    if count := counts[Group.UNANNOUNCED]:
        yield ngettext(
            "In {count} country or territory it is not announced yet.",
            "In {count} countries and territories it is not announced yet.",
            count,
        ).format(count=count)
    if count := counts[Group.NONE]:
        yield ngettext(
            "In {count} country or territory nobody holds the rights.",
            "In {count} countries and territories nobody holds the rights.",
            count,
        ).format(count=count)
    if count := sum(cell.group == Group.UNKNOWN and bool(cell.answer.last_known) for cell in cells):
        template = (
            ngettext(
                "In {count} more we know only who had it last.", "In {count} more we know only who had it last.", count
            )
            if is_more
            else ngettext(
                "In {count} country or territory we know only who had it last.",
                "In {count} countries and territories we know only who had it last.",
                count,
            )
        )
        yield template.format(count=count)


def _row(cell: Cell, on: dt.date | None, now: dt.datetime) -> Row:
    question, lead = cell.answer.question, cell.best[0] if cell.best else None
    best = dict.fromkeys(option.broadcaster.name for option in cell.best)
    others = dict.fromkeys(
        option.broadcaster.name for option in live(cell.answer) if option.broadcaster.name not in best
    )
    return Row(
        code=question.country.code,
        name=cell.name,
        url=with_query(competition_url(question.country.code, question.competition.slug), on=str(on) if on else ""),
        badges=tuple(_badges(cell, lead)),
        tone=_tone(lead) if lead else "",
        first=formats.listed(list(best)),
        others=formats.listed(list(others)),
        sentence=None if lead else before_or_after(cell.answer),
        coverage=options.coverage_in_thirds(lead.coverage) if lead else None,
        until=(formats.short_day(lead.last_day) if lead.last_day else _("Not stated")) if lead else "",
        checked=_checked(lead, question.country.today(now)) if lead else None,
    )


def _tone(lead: Option) -> str:
    """The colour of the blocks. Where a part is free nobody states which, so that none is drawn as free."""
    return TONES[Access.SUBSCRIPTION if lead.access == Access.MIXED else Access(lead.access)]


def _badges(cell: Cell, lead: Option | None) -> Iterator[Badge]:
    if lead is None or cell.answer.state == State.BLOCKED:
        yield words.state_badge(cell.answer.state, cell.answer.reason)
    if lead:
        yield words.access_badge(Access.MIXED if cell.group == Group.PART else lead.access)


def _checked(lead: Option, today: dt.date) -> Fact:
    if lead.verified_on is None:
        return Fact(text=_("Not yet"))
    if lead.next_check_due and lead.next_check_due < today:
        return Fact(text=_("Overdue"), icon="clock")
    return Fact(text=formats.short_day(lead.verified_on))
