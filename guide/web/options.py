"""The table of options: who shows it, how much of it, for what, until when, and how we know."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadcasters.models import Period
from guide.rights import answer as given
from guide.rights.models import Access, RightKind, Scope, Unit
from guide.web import formats, words
from guide.web.words import FREE, TONES, Badge, Dots

PAID_LAST = (Access.MIXED, Access.SUBSCRIPTION, Access.PAY_PER_VIEW, Access.UNKNOWN)
"""The order of the groups after the free one. Inside a group the answer's own order stands."""

BLOCKS_AT_MOST = 10
THIRDS = {Scope.SOME: 1, Scope.MOST: 2, Scope.ALL: 3}

FRESH = dt.timedelta(days=30)
OLD = dt.timedelta(days=90)
VERY_OLD = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    text: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A page of evidence. ``date`` is the page's own, as exact as it is; ``seen`` says when somebody looked."""

    publisher: str
    title: str
    url: str
    date: str
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """How we know it: a line that is always seen, and what opens under it."""

    summary: str
    look: str
    icon: str
    dots: Dots | None
    sources: tuple[Source, ...]
    next_check: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Coverage in words, and as a drawing that says the same: ``blocks``, ``thirds``, ``bar``, ``hatch`` or none."""

    words: str
    note: str
    drawing: str = ""
    cells: tuple[bool, ...] = ()
    width: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """``amount`` is empty where no price is recorded; ``look`` is the age of the price: fresh, plain or old."""

    amount: str
    terms: str = ""
    plans: str = ""
    seen: str = ""
    look: str = "plain"
    is_very_old: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One option."""

    name: str
    tone: str
    package: str
    services: str
    languages: str
    operators: str
    links: tuple[Link, ...]
    coverage: Coverage
    price: Price
    until: str
    until_note: str
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The options of one kind of access, under its badge."""

    badge: Badge
    text: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    caption: str
    note: str
    groups: tuple[Group, ...]
    price_note: str
    is_live: bool


def table(options: Sequence[given.Option], kind: str, *, today: dt.date) -> Table | None:
    """The options of one kind, free ones first; None where there are none. ``today`` is what ages are counted from."""
    chosen = [option for option in options if option.kind == kind]
    if not chosen:
        return None
    is_live = kind == RightKind.LIVE
    groups = tuple(_groups(chosen, today, is_live=is_live))
    rows = [row for group in groups for row in group.rows]
    return Table(
        caption=words.kind_caption(kind),
        note=_note({row.coverage.drawing for row in rows}),
        groups=groups,
        price_note=old_prices(row.price for row in rows),
        is_live=is_live,
    )


def old_prices(prices: Iterable[Price]) -> str:
    """What to say under prices that are all very old; empty where one is younger, or where there is none."""
    seen = [price for price in prices if price.seen]
    if seen and all(price.is_very_old for price in seen):
        return _("All these prices are over a year old. Look at the page of the broadcaster before you pay.")
    return ""


def evidence(
    sources: Sequence[given.Source],
    *,
    today: dt.date,
    verified_on: dt.date | None,
    next_check_due: dt.date | None,
    confidence: str,
) -> Evidence:
    """The pages behind an option, and when somebody last looked at them."""
    if verified_on is None:
        summary, look, icon = _("Not checked yet"), "unchecked", "clock"
    elif next_check_due and next_check_due < today:
        summary = _("Check overdue since {day}").format(day=formats.short_day(next_check_due))
        look, icon = "overdue", "clock"
    else:
        summary, look, icon = _("Checked {day}").format(day=formats.short_day(verified_on)), "checked", "check"
    return Evidence(
        summary=summary,
        look=look,
        icon=icon,
        dots=words.confidence_dots(confidence),
        sources=tuple(_source(source) for source in sources),
        next_check=_("Next check: {day}").format(day=formats.short_day(next_check_due)) if next_check_due else "",
    )


def sources_only(sources: Sequence[given.Source], *, confidence: str | None = None) -> Evidence:
    """The pages behind what carries no check of its own: a former holder, a finding, what is to come."""
    return Evidence(
        summary=ngettext("{count} source", "{count} sources", len(sources)).format(count=len(sources)),
        look="plain",
        icon="",
        dots=words.confidence_dots(confidence) if confidence else None,
        sources=tuple(_source(source) for source in sources),
        next_check="",
    )


def _groups(options: Sequence[given.Option], today: dt.date, *, is_live: bool) -> Iterable[Group]:
    free = [option for option in options if option.access in FREE]
    if free:
        is_open = any(option.access == Access.FREE for option in free)
        yield _group(Access.FREE if is_open else Access.REGISTRATION, free, today)
    elif is_live:
        yield Group(badge=words.nobody_free(), text=_free_elsewhere(options), rows=())
    for access in PAID_LAST:
        if chosen := [option for option in options if option.access == access]:
            yield _group(access, chosen, today)


def _group(access: str, options: Sequence[given.Option], today: dt.date) -> Group:
    rows = tuple(_row(option, today) for option in options)
    return Group(badge=words.access_badge(access), text=words.broadcasters(len(rows)), rows=rows)


def _free_elsewhere(options: Sequence[given.Option]) -> str:
    """What stands beside “Free: nobody”: the words may not say more than is known."""
    if any(option.access == Access.MIXED for option in options):
        return _("A part is free, see “Part free” below.")
    if silent := sum(option.access == Access.UNKNOWN for option in options):
        return ngettext(
            "For {count} broadcaster it is not stated whether it is free.",
            "For {count} broadcasters it is not stated whether they are free.",
            silent,
        ).format(count=silent)
    return ""


def _row(option: given.Option, today: dt.date) -> Row:
    until, until_note = _window(option)
    operators = sorted({operator for service in option.services for operator in service.operators}, key=str.casefold)
    return Row(
        name=option.broadcaster.name,
        tone=TONES[Access(option.access)],
        package=_("Package: {name}").format(name=option.package) if option.package else "",
        services=formats.listed([service.name for service in option.services]),
        languages=_("Commentary: {languages}").format(
            languages=formats.listed([formats.tongue(tag) for tag in option.languages])
        )
        if option.languages
        else "",
        operators=_("Also in the box of {operators}").format(operators=formats.listed(operators)) if operators else "",
        links=tuple(_links(option)),
        coverage=_coverage(option),
        price=_price(option, today),
        until=until,
        until_note=until_note,
        evidence=evidence(
            option.evidence,
            today=today,
            verified_on=option.verified_on,
            next_check_due=option.next_check_due,
            confidence=option.confidence,
        ),
    )


def _links(option: given.Option) -> Iterable[Link]:
    """The sites of the services, else of the broadcaster; one link a site."""
    addresses = [service.url for service in option.services] or [option.broadcaster.url]
    sites: dict[str, Link] = {}
    for url in addresses:
        host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
        if url and host:
            sites.setdefault(host, Link(text=host, url=url))
    return sites.values()


def _coverage(option: given.Option) -> Coverage:
    stated = option.coverage
    says, note = words.coverage_words(stated), stated.note or ""
    if option.kind != RightKind.LIVE:
        return Coverage(words=says, note=note)
    if stated.matches is not None and stated.of:
        if stated.unit == Unit.ROUND and stated.of <= BLOCKS_AT_MOST:
            cells = tuple(number < stated.matches for number in range(stated.of))
            return Coverage(words=says, note=note, drawing="blocks", cells=cells)
        return Coverage(words=says, note=note, drawing="bar", width=f"{100 * stated.matches / stated.of:.1f}%")
    if full := THIRDS.get(Scope(stated.scope)):
        return Coverage(words=says, note=note, drawing="thirds", cells=tuple(number < full for number in range(3)))
    return Coverage(words=says, note=note, drawing="hatch")


def _note(drawings: set[str]) -> str:
    """What the drawings mean, as far as the table uses them."""
    meanings = {
        "blocks": _("One block is one match of a round."),
        "bar": _("A bar is the share of a season."),
        "thirds": _("Three blocks mean some, most, all, where no number is stated."),
    }
    return " ".join(
        [
            _("Free first, then by how much they show."),
            *(text for drawing, text in meanings.items() if drawing in drawings),
        ]
    )


def _price(option: given.Option, today: dt.date) -> Price:
    if option.access == Access.FREE:
        return Price(amount=_("Free"))
    if option.access == Access.REGISTRATION:
        return Price(amount=_("Free"), terms=_("with an account"))
    return price_of(option.price_from, today=today)


def price_of(price: given.Price | None, *, today: dt.date) -> Price:
    """A price with its terms and its age. ``today`` is what its age is counted from."""
    if price is None:
        return Price(amount="")
    span = formats.span_of(price.as_of) if price.as_of else None
    look = "plain"
    if span and today - span.last > OLD:
        look = "old"
    elif span and today - span.first <= FRESH:
        look = "fresh"
    return Price(
        amount=_("Free") if price.period == Period.FREE else formats.money(price.amount, price.currency),
        terms=_terms(price),
        plans=formats.listed(price.plans),
        seen=_seen(price.as_of),
        look=look,
        is_very_old=span is not None and today - span.last > VERY_OLD,
    )


def _terms(price: given.Price) -> str:
    months = price.commitment_months
    if price.period == Period.MONTH and months is not None:
        if months == 0:
            return _("a month, no commitment")
        return ngettext("a month, for {count} month", "a month, for {count} months", months).format(count=months)
    return {
        Period.MONTH: _("a month"),
        Period.YEAR: _("a year"),
        Period.SEASON: _("a season"),
        Period.EVENT: _("an event"),
        Period.FREE: "",
    }[Period(price.period)]


def _seen(as_of: str | None) -> str:
    if as_of is None:
        return _("day not recorded")
    template = _("seen {date}") if len(as_of) == len("2024-08-13") else _("seen in {date}")
    return template.format(date=formats.partial_date(as_of))


def _window(option: given.Option) -> tuple[str, str]:
    """The end, and under it the beginning or, where the end is not stated, how far the sources reach."""
    if option.last_day:
        since = _("since {day}").format(day=formats.short_day(option.first_day)) if option.first_day else ""
        return formats.short_day(option.last_day), since
    reach = option.evidence_reaches
    return _("Not stated"), _("our sources reach {day}").format(day=formats.short_day(reach)) if reach else ""


def _source(source: given.Source) -> Source:
    return Source(
        publisher=source.publisher,
        title=source.title,
        url=source.url,
        date=formats.partial_date(source.published_on) if source.published_on else "",
        seen=_("we looked on {day}").format(day=formats.short_day(source.seen_on)) if source.seen_on else "",
    )
