"""The table of options: who shows it, how much of it, for what, until when, and how we know."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guide.rights import answer as given
from guide.rights.models import Access, RightKind, Scope, Unit
from guide.web import event_words, formats, words
from guide.web.addresses import broadcaster_url
from guide.web.prices import Price, old_prices, price_of
from guide.web.words import FREE, TONES, Badge, Dots

PAID_LAST = (Access.MIXED, Access.SUBSCRIPTION, Access.PAY_PER_VIEW, Access.UNKNOWN)
"""The order of the groups after the free one. Inside a group the answer's own order stands."""

BLOCKS_AT_MOST = 10
THIRDS = {Scope.SOME: 1, Scope.MOST: 2, Scope.ALL: 3}


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
    on_air: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Coverage in words, and as a drawing that says the same: ``blocks``, ``thirds``, ``bar``, ``hatch`` or none."""

    words: str
    note: str = ""
    drawing: str = ""
    cells: tuple[bool, ...] = ()
    width: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An option and what its row is named after: on the page of a competition the broadcaster, on the page of a
    broadcaster the competition. ``badge`` is a state that goes before the access; of an event, whether it is shown, and
    ``why`` says how we know.
    """

    option: given.Option
    name: str
    url: str
    links: tuple[Link, ...] = ()
    badge: Badge | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One option."""

    name: str
    url: str
    badge: Badge | None
    why: str
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
    """``column`` says what its rows are."""

    caption: str
    note: str
    column: str
    groups: tuple[Group, ...]
    price_note: str
    is_live: bool


def table(options: Sequence[given.Option], kind: str, *, country: str, today: dt.date) -> Table | None:
    """Who shows one competition: the options of one kind, free ones first; None where there are none. ``today`` is what
    ages are counted from.
    """
    is_live = kind == RightKind.LIVE
    chosen = [option for option in options if option.kind == kind]
    lines = [
        Line(
            option=option,
            name=option.broadcaster.name,
            url=broadcaster_url(country, option.broadcaster.slug),
            links=tuple(_links(option)),
            badge=event_words.showing_badge(option.showing) if option.showing else None,
            why=event_words.why(option) if option.showing else "",
        )
        for option in chosen
    ]
    groups = list(_groups(lines, words.broadcasters, today))
    if is_live and not any(option.access in FREE for option in chosen):
        groups.insert(0, Group(badge=words.nobody_free(), text=_free_elsewhere(chosen), rows=()))
    return _table(
        groups,
        caption=words.kind_caption(kind),
        order=_("Free first, then by how much they show."),
        column=_("Broadcaster"),
        is_live=is_live,
    )


def holdings(lines: Sequence[Line], kind: str, *, today: dt.date) -> Table | None:
    """What one broadcaster holds: its options of one kind, free ones first, else in their order; None where there are
    none.
    """
    chosen = [line for line in lines if line.option.kind == kind]
    return _table(
        list(_groups(chosen, words.competitions, today)),
        caption=words.kind_held_caption(kind),
        order=_("Free first, then by name."),
        column=_("Competition"),
        is_live=kind == RightKind.LIVE,
    )


def _table(groups: Sequence[Group], *, caption: str, order: str, column: str, is_live: bool) -> Table | None:
    rows = [row for group in groups for row in group.rows]
    if not rows:
        return None
    return Table(
        caption=caption,
        note=" ".join([order, *_meanings({row.coverage.drawing for row in rows})]),
        column=column,
        groups=tuple(groups),
        price_note=old_prices(row.price for row in rows),
        is_live=is_live,
    )


def coverage_in_thirds(stated: given.Coverage) -> Coverage:
    """Coverage without its note, drawn as some, most or all: for lists, where rows are compared at a glance."""
    says = words.coverage_words(stated)
    if full := THIRDS.get(Scope(stated.scope)):
        return Coverage(words=says, drawing="thirds", cells=tuple(number < full for number in range(3)))
    return Coverage(words=says, drawing="hatch")


def evidence(
    sources: Sequence[given.Source],
    *,
    today: dt.date,
    verified_on: dt.date | None,
    next_check_due: dt.date | None,
    confidence: str,
    on_air: given.OnAir | None = None,
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
        on_air=_("On air: {day}, {service}, by the guide of {publisher}").format(
            day=formats.short_day(on_air.day), service=on_air.service, publisher=on_air.publisher
        )
        if on_air
        else "",
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
        on_air="",
    )


def _groups(lines: Sequence[Line], counted: Callable[[int], str], today: dt.date) -> Iterable[Group]:
    free = [line for line in lines if line.option.access in FREE]
    if free:
        is_open = any(line.option.access == Access.FREE for line in free)
        yield _group(Access.FREE if is_open else Access.REGISTRATION, free, counted, today)
    for access in PAID_LAST:
        if chosen := [line for line in lines if line.option.access == access]:
            yield _group(access, chosen, counted, today)


def _group(access: str, lines: Sequence[Line], counted: Callable[[int], str], today: dt.date) -> Group:
    rows = tuple(_row(line, today) for line in lines)
    badge = words.access_badge(access)
    if all(line.option.showing == given.Showing.POSSIBLE for line in lines):
        badge = words.perhaps(badge)
    return Group(badge=badge, text=counted(len(rows)), rows=rows)


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


def _row(line: Line, today: dt.date) -> Row:
    option = line.option
    until, until_note = _window(option)
    operators = sorted({operator for service in option.services for operator in service.operators}, key=str.casefold)
    return Row(
        name=line.name,
        url=line.url,
        badge=line.badge,
        why=line.why,
        tone=TONES[Access(option.access)],
        package=_("Package: {name}").format(name=option.package) if option.package else "",
        services=formats.listed([service.name for service in option.services]),
        languages=_("Commentary: {languages}").format(
            languages=formats.listed([formats.tongue(tag) for tag in option.languages])
        )
        if option.languages
        else "",
        operators=words.also_in_the_box_of(operators),
        links=line.links,
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
            on_air=option.on_air,
        ),
    )


def _links(option: given.Option) -> Iterable[Link]:
    """The sites of the services, else of the broadcaster; one link a site."""
    addresses = [service.url for service in option.services] or [option.broadcaster.url]
    sites: dict[str, Link] = {}
    for url in addresses:
        if found := site(url):
            sites.setdefault(found.text, found)
    return sites.values()


def site(url: str | None) -> Link | None:
    """An address as a link that shows where it leads: its host."""
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    return Link(text=host, url=url) if url and host else None


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
    return replace(coverage_in_thirds(stated), note=note)


def _meanings(drawings: set[str]) -> Iterable[str]:
    """What the drawings mean, as far as the table uses them."""
    meanings = {
        "blocks": _("One block is one match of a round."),
        "bar": _("A bar is the share of a season."),
        "thirds": _("Three blocks mean some, most, all, where no number is stated."),
    }
    return [text for drawing, text in meanings.items() if drawing in drawings]


def _price(option: given.Option, today: dt.date) -> Price:
    if option.access == Access.FREE:
        return Price(amount=_("Free"))
    if option.access == Access.REGISTRATION:
        return Price(amount=_("Free"), terms=_("with an account"))
    return price_of(option.price_from, today=today)


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
