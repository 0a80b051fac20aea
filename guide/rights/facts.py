"""Everything on record that bears on a set of questions, in seven queries whatever their number."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict, cast

from django.db.models import F, FilteredRelation, Q, QuerySet
from django_stubs_ext import WithAnnotations

from broadcasters.models import Broadcaster, Offer, Service
from competitions.models import Season
from guide.publication.models import EvidencePage
from guide.rights.answer import Party, Question, ServiceLink, Source
from guide.rights.blackouts import Blackout
from guide.rights.days import midnight
from guide.rights.models import Evidence, Finding, FindingCountry, Listing, Right, RightCountry
from guide.rights.on_air import with_listing_before
from guide.rights.seasons import SeasonCalendar, Span

if TYPE_CHECKING:
    from guide.rights.querysets import InCountry, RightCountryQuerySet

Cell = tuple[int, str]
"""A competition's primary key and a country's code."""


Services = defaultdict[tuple[int, str], list[tuple[ServiceLink, Service]]]
"""By right and country: each service with its broadcaster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A published right as it stands in one country."""

    right: Right
    from_day: dt.date
    to_day: dt.date
    listed: dict[str, str] | None
    """The listing that confirms it: see :func:`~guide.rights.on_air.with_listing_before`."""

    def is_in_force(self, day: dt.date) -> bool:
        return self.from_day <= day <= self.to_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is on record, by cell."""

    holdings: defaultdict[Cell, list[Holding]]
    findings: defaultdict[Cell, list[Finding]]
    blackouts: defaultdict[str, list[Blackout]]
    calendars: dict[int, SeasonCalendar]
    services: Services
    evidence: defaultdict[tuple[str, int], list[Source]]
    """By what it is about (right, finding, blackout) and its primary key."""
    offers: defaultdict[tuple[str, str], list[tuple[Offer, str | None]]]
    """By competition slug and country: each offer known to open it, once for each service that it opens."""
    listings: defaultdict[tuple[int, str], list[Listing]]
    """By event and country."""


def gather(questions: Sequence[Question], *, now: dt.datetime, is_brief: bool = False) -> Facts:
    """Read the facts. Seasons, rights, evidence, services, findings, blackouts, offers: one query each, and one for the
    listings where events are asked about. ``is_brief``: without evidence, seasons and what guides have shown.

    Of what guides have shown, the days count that are over at ``now`` in the country.
    """
    competitions = {question.competition.pk: question.competition.slug for question in questions}
    countries = sorted({question.country.code for question in questions})
    asked = RightCountry.objects.published().asked(competitions, countries)
    found = FindingCountry.objects.asked(competitions, countries)
    holdings: defaultdict[Cell, list[Holding]] = defaultdict(list)
    rows = asked.with_parties()
    if not is_brief:
        today = {one.country.code: midnight(one.country.today(now), one.country.zone) for one in questions}
        rows = with_listing_before(rows, today)
    for row in rows:
        holdings[row.competition_id, row.country_id].append(
            Holding(right=row.right, from_day=row.from_day, to_day=row.to_day, listed=getattr(row, "listed", None))
        )
    findings: defaultdict[Cell, list[Finding]] = defaultdict(list)
    for place in found:
        findings[place.finding.competition_id, place.country_id].append(place.finding)
    blackouts = Blackout.objects.concerning(competitions, countries)
    return Facts(
        holdings=holdings,
        findings=findings,
        blackouts=_blackouts(blackouts),
        calendars={} if is_brief else _calendars(competitions),
        services=_services(asked, countries),
        evidence=_evidence(
            () if is_brief else Evidence.objects.behind(rights=asked, findings=found, blackouts=blackouts)
        ),
        offers=_offers(competitions.values(), countries),
        listings=_listings(questions, countries),
    )


def _listings(questions: Sequence[Question], countries: Sequence[str]) -> defaultdict[tuple[int, str], list[Listing]]:
    """Of the events, and of what they are part of."""
    events = {question.event for question in questions if question.event}
    listings: defaultdict[tuple[int, str], list[Listing]] = defaultdict(list)
    if events:
        ids = {event.pk for event in events} | {event.parent_id for event in events if event.parent_id}
        for row in Listing.objects.asked(ids, countries):
            listings[row.event_id, row.country_id].append(row)
    return listings


def source_of(page: EvidencePage) -> Source:
    return Source(
        kind=page.kind,
        publisher=page.publisher,
        title=page.title,
        url=page.url,
        published_on=page.published_on or None,
        seen_on=page.seen_on,
    )


def _calendars(competition_ids: Iterable[int]) -> dict[int, SeasonCalendar]:
    spans: defaultdict[int, list[Span]] = defaultdict(list)
    rows = Season.objects.standing().of(competition_ids).values_list("competition_id", "first_day", "last_day", "label")
    for competition_id, first_day, last_day, label in rows:
        spans[competition_id].append(Span(first_day, last_day, label))
    return {competition_id: SeasonCalendar(spans[competition_id]) for competition_id in competition_ids}


class ShownBy(TypedDict):
    """What a row of the query for services says beside the service."""

    right_id: int
    country_code: str
    operator: str | None
    carried_in: str | None


def _services(asked: "RightCountryQuerySet", countries: Sequence[str]) -> Services:
    """By right and country, what a fan opens there: a service is shown only where the catalogue has it."""
    # One row for each service, right, country and operator that carries the service anywhere.
    rows = (
        Service.objects.standing()
        .filter(rights__in=asked.values("right_id"), countries__in=countries)
        .select_related("broadcaster__parent")
        .annotate(
            right_id=F("rights"),
            country_code=F("countries"),
            carried=FilteredRelation("carriage", condition=Q(carriage__withdrawn_at__isnull=True)),
            operator=F("carried__operator__name"),
            carried_in=F("carried__country"),
        )
        .order_by("kind", "name", "operator")
    )
    services: dict[tuple[int, str], dict[str, tuple[Service, list[str]]]] = defaultdict(dict)
    for service in cast("QuerySet[WithAnnotations[Service, ShownBy]]", rows):
        _, operators = services[service.right_id, service.country_code].setdefault(service.slug, (service, []))
        if service.operator and service.carried_in == service.country_code:
            operators.append(service.operator)
    links: Services = defaultdict(list)
    for cell, shown in services.items():
        links[cell] = [(link(service, operators), service) for service, operators in shown.values()]
    return links


def link(service: Service, operators: Sequence[str] = ()) -> ServiceLink:
    """A service with its address; where it has none of its own, that of its broadcaster."""
    return ServiceLink(
        slug=service.slug,
        name=service.name,
        kind=service.kind,
        url=service.url or website(service.broadcaster),
        operators=tuple(operators),
    )


def party(broadcaster: Broadcaster) -> Party:
    return Party(slug=broadcaster.slug, name=broadcaster.name, url=website(broadcaster))


def website(broadcaster: Broadcaster) -> str | None:
    """The broadcaster's own site, else that of its parent brand."""
    return broadcaster.website or (broadcaster.parent.website if broadcaster.parent else "") or None


def _blackouts(rows: "QuerySet[WithAnnotations[Blackout, InCountry]]") -> defaultdict[str, list[Blackout]]:
    blackouts: defaultdict[str, list[Blackout]] = defaultdict(list)
    for blackout in rows:
        blackouts[blackout.country_code].append(blackout)
    return blackouts


def _evidence(pages: Iterable[Evidence]) -> defaultdict[tuple[str, int], list[Source]]:
    evidence: defaultdict[tuple[str, int], list[Source]] = defaultdict(list)
    for page in pages:
        for subject, key in (("right", page.right_id), ("finding", page.finding_id), ("blackout", page.blackout_id)):
            if key is not None:
                evidence[subject, key].append(source_of(page))
    return evidence


def _offers(
    slugs: Iterable[str], countries: Sequence[str]
) -> defaultdict[tuple[str, str], list[tuple[Offer, str | None]]]:
    offers: defaultdict[tuple[str, str], list[tuple[Offer, str | None]]] = defaultdict(list)
    for offer in Offer.objects.standing().in_countries(countries).opening(slugs):
        offers[offer.competition, offer.country_id].append((offer, offer.service))
    return offers
