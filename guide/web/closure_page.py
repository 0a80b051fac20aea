"""The page of a closure in one country: who may show, today, what was offered there."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadcasters.models import Country
from guide.closures.kinds import CLOSED
from guide.closures.models import Closure
from guide.rights.answer import Answer, Option, State
from guide.rights.facts import source_of
from guide.rights.models import Access
from guide.rights.prices import cheapest
from guide.web import formats, options, words
from guide.web.addresses import closure_url, closures_url, competition_url
from guide.web.formats import Run, fill
from guide.web.frame import Place, place_of, turn_of_day
from guide.web.options import Evidence
from guide.web.prices import Price, old_prices, price_of
from guide.web.sentences import Sentence, before_or_after, joined, live, sentence
from guide.web.words import FREE, TONES, Badge, competition_name, sport_name

OPEN = (*FREE, Access.MIXED)
"""Something can be seen without paying: all that the broadcaster shows, or a part of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A broadcaster in one cell. ``icon`` stands beside what is free; ``detail`` is the source's, in English."""

    name: str
    icon: str
    notes: tuple[str, ...]
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """A day on which deals end; ``names`` says whose, where there are several such days."""

    text: str
    names: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One competition: who shows it live or, where nobody is on record, ``sentence`` with what is known instead.
    ``badge`` is the state, wherever that is more than “licensed”.
    """

    competition: str
    url: str
    badge: Badge | None
    is_shown: bool
    free: tuple[Holder, ...]
    paid: tuple[Holder, ...]
    price: Price
    ends: tuple[End, ...]
    sentence: Sentence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sport:
    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A country in which the service was used."""

    code: str
    name: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """One thing that is on record about the closure; ``prose`` is English, ``text`` is in the page's language."""

    label: str
    text: str = ""
    prose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosurePage:
    template: ClassVar[str] = "web/closure.html"
    status: ClassVar[int] = 200
    is_indexed: ClassVar[bool] = True
    place: Place
    title: str
    description: str
    changes_at: dt.datetime
    name: str
    heading: Sentence
    list_url: str
    sentence: Sentence
    chips: tuple[Chip, ...]
    elsewhere: str
    caption: str
    sports: tuple[Sport, ...]
    price_note: str
    country_link: str
    besides: tuple[str, ...]
    details: tuple[Detail, ...]
    evidence: Evidence | None


def closure_page(closure: Closure, country: Country, answers: Sequence[Answer], *, today: dt.date) -> ClosurePage:
    """The page of a closure that was read in full, and of the answers about its competitions in the country."""
    elsewhere = closure_url(closure.slug)
    place = place_of(country.code, elsewhere=elsewhere)
    says = _sentence(answers, place)
    sports = tuple(_sports(answers, today))
    evidence = [source_of(page) for page in closure.evidence.all()]
    return ClosurePage(
        place=place,
        title=_("{name}, {country}: who may show what was offered").format(name=closure.name, country=place.name),
        description=formats.plain(says),
        changes_at=turn_of_day(country, today, answers),
        name=closure.name,
        heading=heading(closure),
        list_url=closures_url(country.code),
        sentence=says,
        chips=chips(closure, current=country.code),
        elsewhere=elsewhere,
        caption=_("{country}: what was offered, and who may show it today").format(country=place.name),
        sports=sports,
        price_note=old_prices(row.price for sport in sports for row in sport.rows),
        country_link=_("{country}: who shows what live").format(country=place.name),
        besides=tuple(closure.offered_besides()),
        details=tuple(_details(closure)),
        evidence=options.sources_only(evidence) if evidence else None,
    )


def heading(closure: Closure) -> Sentence:
    """That it has closed, where the closure is named after the one service that has; else its name. The run with a tone
    is the name.
    """
    name = Run(text=closure.name, tone="name")
    # “138 sites” are many, and the sentence speaks of one.
    if closure.kind in CLOSED and not closure.name[0].isdigit():
        return fill(_("{names} has closed"), names=[name])
    return (name,)


def chips(closure: Closure, *, current: str = "") -> tuple[Chip, ...]:
    """The countries in which it was used, in the language's alphabetical order."""
    found = [
        Chip(
            code=country.code,
            name=formats.country(country.code),
            url=closure_url(closure.slug, country.code),
            is_current=country.code == current,
        )
        for country in closure.countries.all()
    ]
    return tuple(sorted(found, key=lambda chip: formats.sort_key(chip.name)))


# What it says first


def _sentence(answers: Sequence[Answer], place: Place) -> Sentence:
    if not answers:
        return fill(_("Our sources name no competition of this guide that was offered."))
    if len(answers) == 1:
        return sentence(answers[0])
    return joined(_sentences(answers, place))


def _sentences(answers: Sequence[Answer], place: Place) -> Iterator[Sentence]:
    shown = [found for answer in answers if (found := live(answer))]
    template = (
        ngettext(
            "{country}: a licensed broadcaster is on record today for {licensed} of the {offered} competition of this "
            "guide that was offered.",
            "{country}: a licensed broadcaster is on record today for {licensed} of the {offered} competitions of this "
            "guide that were offered.",
            len(answers),
        )
        if shown
        else ngettext(
            "{country}: no licensed broadcaster is on record today for the {offered} competition of this guide that "
            "was offered.",
            "{country}: no licensed broadcaster is on record today for any of the {offered} competitions of this guide "
            "that were offered.",
            len(answers),
        )
    )
    yield fill(template, country=place.name, licensed=str(len(shown)), offered=str(len(answers)))
    if not shown:
        return
    if free := sum(any(option.access in OPEN for option in found) for found in shown):
        template = ngettext("{names} of them shows something free.", "{names} of them show something free.", free)
        yield fill(template, names=[Run(text=str(free), tone=TONES[Access.FREE])])
    elif all(option.access != Access.UNKNOWN for found in shown for option in found):
        yield fill(_("Nothing live is free."))
    else:
        yield fill(_("No free way to see them live is on record."))


# The table


def _sports(answers: Sequence[Answer], today: dt.date) -> Iterator[Sport]:
    """The sport of which most was offered first; inside it what is shown before what is not, then by name."""
    by_sport: defaultdict[str, list[Row]] = defaultdict(list)
    for answer in answers:
        by_sport[sport_name(answer.question.competition)].append(_row(answer, today))
    for name in sorted(by_sport, key=lambda name: (-len(by_sport[name]), formats.sort_key(name))):
        rows = sorted(by_sport[name], key=lambda row: (not row.is_shown, formats.sort_key(row.competition)))
        yield Sport(name=name, rows=tuple(rows))


def _row(answer: Answer, today: dt.date) -> Row:
    competition = answer.question.competition
    shown = live(answer)
    paid = [option for option in shown if option.access not in FREE]
    return Row(
        competition=competition_name(competition),
        url=competition_url(answer.question.country.code, competition.slug),
        badge=None if answer.state == State.LICENSED else words.state_badge(answer.state, answer.reason),
        is_shown=bool(shown),
        free=tuple(_free(option) for option in _best(option for option in shown if option.access in OPEN)),
        paid=tuple(_paid(option) for option in _best(paid)),
        price=price_of(cheapest(option.price_from for option in paid if option.price_from), today=today)
        if paid
        else Price(amount=_("Free")),
        ends=tuple(_ends(shown)),
        sentence=None if shown else before_or_after(answer),
    )


def _best(shown: Iterable[Option]) -> Iterable[Option]:
    """Each broadcaster once, by the first of its options: they come ranked."""
    best: dict[str, Option] = {}
    for option in shown:
        best.setdefault(option.broadcaster.slug, option)
    return best.values()


def _free(option: Option) -> Holder:
    """What can be seen without paying. Where that is a part, the source's note speaks of the whole and stands with it,
    see ``_paid``.
    """
    badge, coverage = words.access_badge(option.access), words.coverage_words(option.coverage)
    notes = {
        Access.FREE: (coverage,),
        Access.REGISTRATION: (badge.text, coverage),
        Access.MIXED: (badge.text,),
    }[Access(option.access)]
    detail = "" if option.access == Access.MIXED else option.coverage.note or ""
    return Holder(name=option.broadcaster.name, icon=badge.icon, notes=notes, detail=detail)


def _paid(option: Option) -> Holder:
    """What is paid for, as the head of the column says, unless a note says more."""
    coverage = words.coverage_words(option.coverage)
    is_told = option.access in (Access.SUBSCRIPTION, Access.MIXED)
    return Holder(
        name=option.broadcaster.name,
        icon="",
        notes=(coverage,) if is_told else (words.access_badge(option.access).text, coverage),
        detail=option.coverage.note or "" if option.access == Access.MIXED else "",
    )


def _ends(shown: Sequence[Option]) -> Iterator[End]:
    """The days on which deals end, the next one first; an end that nobody stated last."""
    by_day: defaultdict[dt.date | None, dict[str, None]] = defaultdict(dict)
    for option in shown:
        by_day[option.last_day][option.broadcaster.name] = None
    for day in sorted(by_day, key=lambda day: day or dt.date.max):
        yield End(
            text=formats.short_day(day) if day else _("Not stated"),
            names=formats.listed(list(by_day[day])) if len(by_day) > 1 else "",
        )


# What happened


def _details(closure: Closure) -> Iterator[Detail]:
    """What is on record, in the order in which it is told. What is not known has no line, except the day."""
    yield Detail(
        label=_("When"),
        text=formats.partial_date(closure.announced_on) if closure.announced_on else _("day not recorded"),
    )
    yield Detail(label=_("What"), text=words.closure_kind(closure.kind), prose=closure.outcome)
    if closure.authority:
        yield Detail(label=_("Who acted"), prose=closure.authority)
    if partners := [partner.text for partner in closure.partners.all()]:
        yield Detail(label=_("Together with"), prose="; ".join(partners))
    if closure.operator_country_id:
        yield Detail(label=_("Run from"), text=formats.country(closure.operator_country_id))
    if closure.visits_count is not None:
        yield Detail(label=_("Visits"), text=formats.count(closure.visits_count))
    if closure.domains_count is not None:
        yield Detail(label=_("Domains"), text=formats.count(closure.domains_count))
    if closure.visits_period:
        yield Detail(label=_("Counted over"), prose=closure.visits_period)
    if closure.share_note:
        yield Detail(label=_("Audience"), prose=closure.share_note)
