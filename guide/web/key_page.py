"""The key page: one competition in one country. Turns an answer into what the page says."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadcasters.models import Country
from competitions.models import Competition, Event
from guide.rights.answer import Answer, Option, Question, Reason, Upcoming
from guide.rights.models import Access, RightKind
from guide.rights.portability import PAID
from guide.rights.schedule import questions, without_holders
from guide.web import formats, history, options, schedule_rows, words
from guide.web.addresses import broadcaster_url, calendar_url, competition_url, countries_url
from guide.web.facts import Fact, asked_about, checked, until, weakest
from guide.web.formats import Run, fill
from guide.web.frame import Place, place_of, turn_of_day
from guide.web.history import Change, Former, Happening
from guide.web.options import Evidence, Link, Table
from guide.web.schedule_rows import Day
from guide.web.sentences import Sentence, live, names_of, sentence
from guide.web.when import zone_name
from guide.web.words import TONES, Badge, Dots, competition_name, sport_name

SOON = dt.timedelta(days=90)
NEXT_EVENTS = 3
ROWS_LOOKED_AT = 12
"""Enough to find as many that are no holders of others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What stands behind an answer that is not a licence: a finding in words, or the rule that forbids it."""

    text: str
    closing: str
    evidence: Evidence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPage:
    """Everything that the page shows, in words. Rendering it asks nothing more."""

    template: ClassVar[str] = "web/key_page.html"
    status: ClassVar[int] = 200
    place: Place
    title: str
    description: str
    is_indexed: bool
    changes_at: dt.datetime
    heading: str
    season: str
    sport: str
    competition: str
    sentence: Sentence
    badges: tuple[Badge, ...]
    facts: tuple[Fact, ...]
    dots: Dots | None
    asked: str
    present_url: str
    ground: Ground | None
    tables: tuple[Table, ...]
    former: tuple[Former, ...]
    former_note: str
    changes: tuple[Change, ...]
    coming: tuple[Day, ...]
    zone: str
    calendar: Link | None
    portability: str
    elsewhere: Link


def next_events(competition: Competition, country: Country, now: dt.datetime) -> list[Question]:
    """What the page asks beside: who shows the next events of the competition. One query."""
    rows = Event.objects.standing().named(formats.language()).coming(now).filter(season__competition=competition)
    return questions(without_holders(list(rows[:ROWS_LOOKED_AT]))[:NEXT_EVENTS], country)


def key_page(answer: Answer, coming: Sequence[Answer] = (), *, today: dt.date) -> KeyPage:
    """The page of an answer, with those about the events to come.

    ``today`` is the country's present day, from which ages count whatever day was asked.
    """
    competition, country = answer.question.competition, answer.question.country
    place = place_of(country.code, competition=competition.slug)
    name = competition_name(competition)
    says = sentence(answer)
    heading = words.in_country(name, country.code)
    asked = answer.question.on is not None
    return KeyPage(
        place=place,
        title=_("{heading}: who shows it live").format(heading=heading),
        description=formats.plain(says),
        is_indexed=not asked,
        changes_at=turn_of_day(country, today, [answer]),
        heading=heading,
        season=formats.season(answer.season or ""),
        sport=sport_name(competition),
        competition=name,
        sentence=says,
        badges=tuple(_badges(answer)),
        facts=tuple(_facts(answer)),
        dots=weakest(live(answer)),
        asked=asked_about(answer.day if asked else None),
        present_url=competition_url(country.code, competition.slug),
        ground=ground(answer),
        tables=tuple(
            found
            for kind in RightKind.values
            if (found := options.table(answer.options, kind, country=country.code, today=today))
        ),
        former=tuple(former_holders(answer)),
        former_note=_("They may still hold it: nobody has said so, and nobody has said that they do not.")
        if history.is_open(answer.last_known)
        else "",
        changes=_changes(answer),
        coming=tuple(
            Day(heading=formats.full_day(day), rows=tuple(schedule_rows.row(one) for one in of_day))
            for day, of_day in schedule_rows.by_day(coming, first_day=today).items()
        ),
        zone=zone_name(country.time_zone),
        calendar=Link(
            text=_("Calendar of {name}").format(name=name),
            url=calendar_url("competition", competition.slug, country.code),
        )
        if coming
        else None,
        portability=_portability(answer),
        elsewhere=Link(
            text=words.all_countries(competition),
            url=countries_url(competition.slug, on=str(answer.day) if asked else ""),
        ),
    )


def _badges(answer: Answer) -> Iterator[Badge]:
    yield words.state_badge(answer.state, answer.reason)
    ends = history.ending(answer)
    days = [option.last_day - answer.day for option in ends if option.last_day]
    if ends and len(ends) == len(live(answer)) and max(days) <= SOON:
        left = min(days).days
        text = ngettext("Ends in {count} day", "Ends in {count} days", left).format(count=left)
        yield Badge(look="soon", icon="clock", text=text if left else _("Ends today"))


def _facts(answer: Answer) -> Iterator[Fact]:
    shown = live(answer)
    if shown:
        yield Fact(text=until({option.last_day for option in shown}))
        yield checked([option.verified_on for option in shown])
    elif answer.finding:
        yield checked([source.seen_on for source in answer.finding.evidence])
    elif answer.reason == Reason.LAPSED and answer.season:
        yield Fact(text=_("No source on record speaks about {season}.").format(season=formats.season(answer.season)))


def ground(answer: Answer) -> Ground | None:
    """What stands behind the answer where it is not a licence."""
    if answer.block:
        closing = _("This is a rule, not a missing licence.")
        found = options.sources_only(answer.block.evidence) if answer.block.evidence else None
        return Ground(text=answer.block.basis, closing=closing, evidence=found)
    if answer.finding:
        found = options.sources_only(answer.finding.evidence)
        return Ground(text=answer.finding.note or "", closing="", evidence=found)
    return None


def former_holders(answer: Answer) -> Iterator[Former]:
    """The last known holders, each leading to its page."""
    for row in answer.last_known:
        yield history.former(
            row, name=row.broadcaster.name, url=broadcaster_url(answer.question.country.code, row.broadcaster.slug)
        )


def _changes(answer: Answer) -> tuple[Change, ...]:
    """What is on record about later days, by day."""
    dated: list[tuple[dt.date, Happening]] = [(row.day, _beginning(row)) for row in answer.upcoming]
    dated += _ends(answer)
    return history.by_day(dated)


def _beginning(row: Upcoming) -> Happening:
    if row.last_day:
        template = _("{names} goes on, to {day}.") if row.is_renewal else _("{names} begins, to {day}.")
    else:
        template = (
            _("{names} goes on; the end is not stated.")
            if row.is_renewal
            else _("{names} begins; the end is not stated.")
        )
    name = Run(text=row.broadcaster.name, tone=TONES[Access(row.access)])
    return Happening(
        sentence=fill(template, names=[name], day=formats.long_day(row.last_day) if row.last_day else ""),
        badge=words.access_badge(row.access),
        evidence=options.sources_only(row.evidence, confidence=row.confidence),
    )


def _ends(answer: Answer) -> Iterable[tuple[dt.date, Happening]]:
    ended_on: dict[dt.date, list[Option]] = {}
    for option in history.ending(answer):
        if option.last_day:
            ended_on.setdefault(option.last_day, []).append(option)
    for day, ended in ended_on.items():
        names = names_of(ended)
        template = ngettext("The deal of {names} ends.", "The deals of {names} end.", len(names))
        yield day, Happening(sentence=fill(template, names=names))
    if ended_on and not answer.upcoming:
        yield max(ended_on), Happening(sentence=fill(_("Who follows is not on record.")))


def _portability(answer: Answer) -> str:
    if answer.is_portable and any(option.access in PAID for option in live(answer)):
        return _(
            "A paid service keeps working on a short stay in another country of the European Union, at no extra cost "
            "(Regulation 2017/1128)."
        )
    return ""
