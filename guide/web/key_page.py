"""The key page: one competition in one country. Turns an answer into what the page says."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guide.rights.answer import Answer, LapseReason, LastKnown, Option, Reason, Upcoming
from guide.rights.models import Access, Confidence, RightKind
from guide.web import formats, options, words
from guide.web.addresses import competition_url
from guide.web.formats import Run, fill
from guide.web.frame import Place, place_of, turn_of_day
from guide.web.options import Evidence, Table
from guide.web.sentences import Sentence, live, names_of, sentence
from guide.web.words import TONES, Badge, Dots, competition_name, sport_name

SOON = dt.timedelta(days=90)
WEAKEST_FIRST = (Confidence.INFERRED, Confidence.REPORTED, Confidence.CONFIRMED)
PORTABLE = (Access.SUBSCRIPTION, Access.PAY_PER_VIEW)
"""What the regulation on portability is about: services that are paid for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    text: str
    icon: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What stands behind an answer that is not a licence: a finding in words, or the rule that forbids it."""

    text: str
    closing: str
    evidence: Evidence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """A holder of whom nothing newer is on record."""

    name: str
    when: str
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happens on a day."""

    sentence: Sentence
    badge: Badge | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    day: str
    events: tuple[Event, ...]


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
    portability: str


def key_page(answer: Answer, *, today: dt.date) -> KeyPage:
    """The page of an answer. ``today`` is the country's present day, from which ages count whatever day was asked."""
    competition, country = answer.question.competition, answer.question.country
    place = place_of(country.code, competition=competition.slug)
    name = competition_name(competition)
    says = sentence(answer)
    heading = _("{competition}, {country}").format(competition=name, country=place.name)
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
        dots=_weakest(live(answer)),
        asked=_("This answer is for {day}, by what is on record today.").format(day=formats.long_day(answer.day))
        if asked
        else "",
        present_url=competition_url(country.code, competition.slug),
        ground=_ground(answer),
        tables=tuple(found for kind in RightKind.values if (found := options.table(answer.options, kind, today=today))),
        former=tuple(_former(row) for row in answer.last_known),
        former_note=_former_note(answer.last_known),
        changes=tuple(_changes(answer)),
        portability=_portability(answer),
    )


def _badges(answer: Answer) -> Iterator[Badge]:
    yield words.state_badge(answer.state, answer.reason)
    ending = _ending(answer)
    days = [option.last_day - answer.day for option in ending if option.last_day]
    if ending and len(ending) == len(live(answer)) and max(days) <= SOON:
        left = min(days).days
        text = ngettext("Ends in {count} day", "Ends in {count} days", left).format(count=left)
        yield Badge(look="soon", icon="clock", text=text if left else _("Ends today"))


def _facts(answer: Answer) -> Iterator[Fact]:
    shown = live(answer)
    if shown:
        yield Fact(text=_until({option.last_day for option in shown}))
        yield _checked([option.verified_on for option in shown])
    elif answer.finding:
        yield _checked([source.seen_on for source in answer.finding.evidence])
    elif answer.reason == Reason.LAPSED and answer.season:
        yield Fact(text=_("No source on record speaks about {season}.").format(season=formats.season(answer.season)))


def _until(days: set[dt.date | None]) -> str:
    known = sorted(day for day in days if day)
    if not known:
        return _("End not stated")
    if len(days) == 1:
        return _("Until {day}").format(day=formats.long_day(known[0]))
    return _("First known end: {day}").format(day=formats.long_day(known[0]))


def _checked(days: Sequence[dt.date | None]) -> Fact:
    known = [day for day in days if day]
    if not known:
        return Fact(text=_("Not checked yet"), icon="clock")
    if len(known) < len(days):
        return Fact(text=_("Not all checked yet"), icon="clock")
    return Fact(text=_("Checked {day}").format(day=formats.long_day(min(known))), icon="check")


def _weakest(shown: Sequence[Option]) -> Dots | None:
    """A page is as sure as the weakest of what it says."""
    found = {option.confidence for option in shown}
    return next((words.confidence_dots(level) for level in WEAKEST_FIRST if level in found), None)


def _ground(answer: Answer) -> Ground | None:
    if answer.block:
        closing = _("This is a rule, not a missing licence.")
        found = options.sources_only(answer.block.evidence) if answer.block.evidence else None
        return Ground(text=answer.block.basis, closing=closing, evidence=found)
    if answer.finding:
        found = options.sources_only(answer.finding.evidence)
        return Ground(text=answer.finding.note or "", closing="", evidence=found)
    return None


def _former(row: LastKnown) -> Former:
    if row.reason == LapseReason.ENDED and row.last_day:
        when = _("until {day}").format(day=formats.long_day(row.last_day))
    elif row.season:
        when = _("in {season}").format(season=formats.season(row.season))
    elif row.evidence_reaches:
        when = _("our sources reach {day}").format(day=formats.long_day(row.evidence_reaches))
    else:
        when = ""
    return Former(name=row.broadcaster.name, when=when, evidence=options.sources_only(row.evidence))


def _former_note(rows: Sequence[LastKnown]) -> str:
    if any(row.reason == LapseReason.EVIDENCE_ENDED for row in rows):
        return _("They may still hold it: nobody has said so, and nobody has said that they do not.")
    return ""


def _ending(answer: Answer) -> list[Option]:
    """Live options with a known end after which the same broadcaster does not go on the next day."""
    renewed = {(row.broadcaster.slug, row.day) for row in answer.upcoming}
    return [
        option
        for option in live(answer)
        if option.last_day and (option.broadcaster.slug, option.last_day + dt.timedelta(days=1)) not in renewed
    ]


def _changes(answer: Answer) -> Iterator[Change]:
    """What is on record about later days, by day."""
    dated: list[tuple[dt.date, Event]] = [(row.day, _beginning(row)) for row in answer.upcoming]
    dated += _ends(answer)
    dated.sort(key=lambda pair: pair[0])
    for day, pairs in groupby(dated, key=lambda pair: pair[0]):
        yield Change(day=formats.short_day(day), events=tuple(event for _day, event in pairs))


def _beginning(row: Upcoming) -> Event:
    if row.last_day:
        template = _("{names} goes on, to {day}.") if row.is_renewal else _("{names} begins, to {day}.")
    else:
        template = (
            _("{names} goes on; the end is not stated.")
            if row.is_renewal
            else _("{names} begins; the end is not stated.")
        )
    name = Run(text=row.broadcaster.name, tone=TONES[Access(row.access)])
    return Event(
        sentence=fill(template, names=[name], day=formats.long_day(row.last_day) if row.last_day else ""),
        badge=words.access_badge(row.access),
        evidence=options.sources_only(row.evidence, confidence=row.confidence),
    )


def _ends(answer: Answer) -> Iterable[tuple[dt.date, Event]]:
    by_day: dict[dt.date, list[Option]] = {}
    for option in _ending(answer):
        if option.last_day:
            by_day.setdefault(option.last_day, []).append(option)
    for day, ended in by_day.items():
        names = names_of(ended)
        template = ngettext("The deal of {names} ends.", "The deals of {names} end.", len(names))
        yield day, Event(sentence=fill(template, names=names))
    if by_day and not answer.upcoming:
        yield max(by_day), Event(sentence=fill(_("Who follows is not on record.")))


def _portability(answer: Answer) -> str:
    if answer.is_portable and any(option.access in PORTABLE for option in live(answer)):
        return _(
            "A paid service keeps working on a short stay in another country of the European Union, at no extra cost "
            "(Regulation 2017/1128)."
        )
    return ""
