"""One broadcaster in one country: what it may show, what it held, what it sells, and to whom it belongs."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadcasters.models import Broadcaster, BroadcasterStatus, Country
from guide.rights.answer import Answer, LastKnown, Option, ServiceLink, State, Upcoming
from guide.rights.facts import link
from guide.rights.models import Access, RightKind
from guide.web import formats, history, options, words
from guide.web.addresses import broadcaster_url, competition_url, with_query
from guide.web.facts import Fact, asked_about, checked, weakest
from guide.web.formats import Run, fill
from guide.web.frame import Place, place_of, turn_of_day
from guide.web.history import Change, Former, Happening
from guide.web.offers import OfferRow, offer_row
from guide.web.options import Line, Link, Table, site
from guide.web.prices import old_prices
from guide.web.sentences import Sentence, joined
from guide.web.words import FREE, TONES, Dots, competition_name

COUNTRIES_AT_MOST = 30

R = TypeVar("R", Option, LastKnown, Upcoming)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """Another broadcaster of the same family. ``role`` ends with its colon as the language writes it; ``place`` is
    the country to which its link leads, empty for this one.
    """

    role: str
    name: str
    place: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A service, and where a fan opens it."""

    name: str
    kind: str
    operators: str
    link: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcasterPage:
    template: ClassVar[str] = "web/broadcaster.html"
    status: ClassVar[int] = 200
    place: Place
    title: str
    description: str
    is_indexed: bool
    changes_at: dt.datetime
    heading: str
    name: str
    sentence: Sentence
    facts: tuple[Fact, ...]
    dots: Dots | None
    asked: str
    present_url: str
    relatives: tuple[Relative, ...]
    tables: tuple[Table, ...]
    former: tuple[Former, ...]
    former_note: str
    changes: tuple[Change, ...]
    services: tuple[Opened, ...]
    offers: tuple[OfferRow, ...]
    price_note: str
    countries: tuple[Link, ...]
    more_countries: str


class _Held:
    """What the answers of a country say of one broadcaster, by competition name."""

    def __init__(self, broadcaster: Broadcaster, answers: Iterable[Answer]) -> None:
        self.slug = broadcaster.slug
        self.answers = sorted(
            answers, key=lambda answer: formats.sort_key(competition_name(answer.question.competition))
        )
        self.options = list(self._rows(lambda answer: answer.options))
        self.last_known = list(self._rows(lambda answer: answer.last_known))
        self.upcoming = list(self._rows(lambda answer: answer.upcoming))
        self.ending = list(self._rows(history.ending))
        self.live = [(answer, option) for answer, option in self.options if option.kind == RightKind.LIVE]

    def _rows(self, of: Callable[[Answer], Iterable[R]]) -> Iterator[tuple[Answer, R]]:
        for answer in self.answers:
            yield from ((answer, row) for row in of(answer) if row.broadcaster.slug == self.slug)

    @property
    def is_empty(self) -> bool:
        return not (self.options or self.last_known or self.upcoming)


def broadcaster_page(
    broadcaster: Broadcaster, country: Country, answers: Sequence[Answer], *, on: dt.date | None, today: dt.date
) -> BroadcasterPage:
    """The page of the answers for every competition in the country. ``today`` is the country's present day."""
    day, held = on or today, _Held(broadcaster, answers)
    heading = words.in_country(broadcaster.name, country.code)
    says = joined(_sentences(broadcaster, country, held))
    shown = [option for _answer, option in held.live]
    offers = [] if broadcaster.has_ended(day) else list(_offers(broadcaster, country, held, day=day, today=today))
    elsewhere = _elsewhere(broadcaster, country)
    return BroadcasterPage(
        place=place_of(country.code, elsewhere="#elsewhere" if elsewhere else ""),
        title=_("{heading}: what it may show").format(heading=heading),
        description=formats.plain(says),
        is_indexed=on is None and not held.is_empty,
        changes_at=turn_of_day(country, today, answers),
        heading=heading,
        name=broadcaster.name,
        sentence=says,
        facts=(checked([option.verified_on for option in shown]),) if shown else (),
        dots=weakest(shown),
        asked=asked_about(on),
        present_url=broadcaster_url(country.code, broadcaster.slug),
        relatives=tuple(_relatives(broadcaster, country)),
        tables=tuple(
            table for kind in RightKind.values if (table := options.holdings(list(_lines(held, on)), kind, today=today))
        ),
        former=tuple(
            history.former(row, name=competition_name(answer.question.competition), url=_url(answer, on))
            for answer, row in held.last_known
        ),
        former_note=_("Where no end is stated, it may go on: nobody has said so, and nobody has said that it does not.")
        if history.is_open([row for _answer, row in held.last_known])
        else "",
        changes=history.by_day([*_beginnings(held), *_ends(held)]),
        services=() if broadcaster.has_ended(day) else tuple(_services(broadcaster, country, held, day=day)),
        offers=tuple(offers),
        price_note=old_prices(offer.price for offer in offers),
        countries=elsewhere[:COUNTRIES_AT_MOST],
        more_countries=_more(len(elsewhere) - COUNTRIES_AT_MOST),
    )


def _sentences(broadcaster: Broadcaster, country: Country, held: _Held) -> Iterator[Sentence]:
    names = {
        answer.question.competition.pk: Run(text=competition_name(answer.question.competition), tone="free")
        for answer, option in held.live
        if option.access in FREE
    }
    count = len({answer.question.competition.pk for answer, _option in held.live})
    if count:
        template = ngettext(
            "{broadcaster}, {country}: licensed to show {count} competition live.",
            "{broadcaster}, {country}: licensed to show {count} competitions live.",
            count,
        )
    elif held.options:
        template = _("{broadcaster}, {country}: licensed for highlights or later showing, nothing live on record.")
    elif held.is_empty:
        template = _("{broadcaster}, {country}: no licence on record here.")
    else:
        template = _("{broadcaster}, {country}: no licence in force on record here.")
    yield fill(template, broadcaster=broadcaster.name, country=formats.country(country.code), count=str(count))
    if names:
        yield fill(_("Free, at least in part: {names}."), names=tuple(names.values()))
    if broadcaster.status != BroadcasterStatus.ACTIVE:
        yield _status(broadcaster)


def _status(broadcaster: Broadcaster) -> Sentence:
    """What has become of it, or is to become of it. The successor stands in its family."""
    if broadcaster.ended_on:
        template = {
            BroadcasterStatus.CLOSED: _("End of the service: {date}."),
            BroadcasterStatus.MERGED: _("Merged into another service: {date}."),
            BroadcasterStatus.RENAMED: _("Change of name: {date}."),
        }[BroadcasterStatus(broadcaster.status)]
        return fill(template, date=formats.partial_date(broadcaster.ended_on))
    return fill(
        {
            BroadcasterStatus.CLOSED: _("It has closed; the day is not recorded."),
            BroadcasterStatus.MERGED: _("It has merged into another service; the day is not recorded."),
            BroadcasterStatus.RENAMED: _("It has another name now; since when is not recorded."),
        }[BroadcasterStatus(broadcaster.status)]
    )


def _url(answer: Answer, on: dt.date | None) -> str:
    question = answer.question
    return with_query(competition_url(question.country.code, question.competition.slug), on=str(on) if on else "")


def _lines(held: _Held, on: dt.date | None) -> Iterator[Line]:
    for answer, option in held.options:
        yield Line(
            option=option,
            name=competition_name(answer.question.competition),
            url=_url(answer, on),
            badge=words.state_badge(answer.state, answer.reason) if answer.state == State.BLOCKED else None,
        )


# What changes


def _beginnings(held: _Held) -> Iterator[tuple[dt.date, Happening]]:
    for answer, row in held.upcoming:
        if row.last_day:
            template = _("{names}: it goes on, to {day}.") if row.is_renewal else _("{names}: it begins, to {day}.")
        else:
            template = (
                _("{names}: it goes on; the end is not stated.")
                if row.is_renewal
                else _("{names}: it begins; the end is not stated.")
            )
        yield (
            row.day,
            Happening(
                sentence=fill(
                    template,
                    names=[Run(text=competition_name(answer.question.competition), tone=TONES[Access(row.access)])],
                    day=formats.long_day(row.last_day) if row.last_day else "",
                ),
                badge=words.access_badge(row.access),
                evidence=options.sources_only(row.evidence, confidence=row.confidence),
            ),
        )


def _ends(held: _Held) -> Iterator[tuple[dt.date, Happening]]:
    ended_on: dict[dt.date, list[Run]] = {}
    for answer, option in held.ending:
        if option.last_day:
            run = Run(text=competition_name(answer.question.competition), tone=TONES[Access(option.access)])
            ended_on.setdefault(option.last_day, []).append(run)
    for day, names in ended_on.items():
        template = ngettext("The deal ends for {names}.", "The deals end for {names}.", len(names))
        yield day, Happening(sentence=fill(template, names=names))


# What it opens and sells


def _services(broadcaster: Broadcaster, country: Country, held: _Held, *, day: dt.date) -> Iterator[Opened]:
    """Its own services in the country, and those of others on which it shows what it holds."""
    rows = broadcaster.services.standing().in_countries([country.code]).select_related("broadcaster__parent")
    shown: dict[str, ServiceLink] = {service.slug: link(service) for service in rows if not service.has_ended(day)}
    shown |= {service.slug: service for _answer, option in held.options for service in option.services}
    for service in sorted(shown.values(), key=lambda service: formats.sort_key(service.name)):
        yield Opened(
            name=service.name,
            kind=words.service_kind(service.kind),
            operators=words.also_in_the_box_of(service.operators),
            link=site(service.url),
        )


def _offers(
    broadcaster: Broadcaster, country: Country, held: _Held, *, day: dt.date, today: dt.date
) -> Iterator[OfferRow]:
    """What stands alone before what is sold on top of it, each by name."""
    names = {answer.question.competition.slug: competition_name(answer.question.competition) for answer in held.answers}
    rows = broadcaster.offers.standing().in_countries([country.code]).on_sale(day).with_contents()
    for offer in sorted(rows, key=lambda offer: (offer.requires is not None, formats.sort_key(offer.plan))):
        yield offer_row(offer, day=day, today=today, competitions=names)


# Its family, and its other countries


def _relatives(broadcaster: Broadcaster, country: Country) -> list[Relative]:
    """Those of the same country first: a brand whose licences its arms hold leads to the arm here."""
    relatives = _family(broadcaster, country)
    return sorted(relatives, key=lambda relative: (relative.place != "", formats.sort_key(relative.name)))


def _family(broadcaster: Broadcaster, country: Country) -> Iterator[Relative]:
    family = Broadcaster.objects.standing().family_of(broadcaster).with_countries()
    for relative in family:
        if relative.pk == broadcaster.successor_id:
            role = _("Successor:")
        elif relative.pk == broadcaster.parent_id:
            role = _("Parent brand:")
        elif relative.successor_id == broadcaster.pk:
            role = _("Predecessor:")
        else:
            role = _("Arm:")
        codes = sorted(place.code for place in relative.countries.all())
        code = country.code if country.code in codes or not codes else codes[0]
        yield Relative(
            role=role,
            name=relative.name,
            place="" if code == country.code else formats.country(code),
            url=broadcaster_url(code, relative.slug),
        )


def _elsewhere(broadcaster: Broadcaster, country: Country) -> tuple[Link, ...]:
    codes = [place.code for place in broadcaster.countries.all() if place.code != country.code]
    links = [Link(text=formats.country(code), url=broadcaster_url(code, broadcaster.slug)) for code in codes]
    return tuple(sorted(links, key=lambda link: formats.sort_key(link.text)))


def _more(count: int) -> str:
    if count <= 0:
        return ""
    return ngettext(
        "And {count} more country or territory.", "And {count} more countries and territories.", count
    ).format(count=count)
