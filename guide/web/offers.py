"""What a broadcaster sells in a country: each offer on record, with its price and the day on which it was seen."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from broadcasters.models import Offer
from guide.rights import answer as given
from guide.web import formats
from guide.web.options import Link, site
from guide.web.prices import Price, price_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of the record, in English or in the language of the source, after a label of ours that ends with its colon
    as the page's language writes it.
    """

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRow:
    """One way to pay. What it needs and who may buy it stand with it: without them its price would mislead."""

    plan: str
    price: Price
    texts: tuple[str, ...]
    quotes: tuple[Quote, ...]
    links: tuple[Link, ...]


def offer_row(offer: Offer, *, day: dt.date, today: dt.date, competitions: Mapping[str, str]) -> OfferRow:
    """The words of an offer as of a day, its price with its age today. ``competitions`` are the names of those that the
    guide knows, by slug.
    """
    return OfferRow(
        plan=offer.plan,
        price=_price(offer, today),
        texts=tuple(_texts(offer, day, competitions)),
        quotes=tuple(_quotes(offer)),
        links=tuple(_links(offer)),
    )


def _price(offer: Offer, today: dt.date) -> Price:
    if offer.price is None:
        return Price(amount="")
    price = price_of(
        given.Price(
            amount=offer.price,
            currency=offer.currency,
            period=offer.period,
            commitment_months=offer.commitment_months,
            plans=(),
            as_of=offer.seen_on or None,
        ),
        today=today,
    )
    is_added = offer.requires is not None or bool(offer.requires_note)
    return replace(price, amount=_("+ {amount}").format(amount=price.amount)) if is_added else price


def _texts(offer: Offer, day: dt.date, competitions: Mapping[str, str]) -> Iterator[str]:
    if offer.requires:
        yield _("On top of {plan}").format(plan=offer.requires.plan)
    if opened := sorted(
        (competitions[row.competition] for row in offer.competitions.all() if row.competition in competitions),
        key=formats.sort_key,
    ):
        yield _("Opens {competitions}").format(competitions=formats.listed(opened))
    if services := [service.name for service in offer.services.all()]:
        yield _("With {services}").format(services=formats.listed(services))
    if bundled := [bundle.text for bundle in offer.bundles.all()]:
        yield _("Together with {others}").format(others=formats.listed(bundled))
    if offer.has_ads is not None:
        yield _("With advertising") if offer.has_ads else _("Without advertising")
    if offer.first_day and offer.first_day > day:
        yield _("From {day}").format(day=formats.long_day(offer.first_day))
    if offer.last_day:
        yield _("Until {day}").format(day=formats.long_day(offer.last_day))


def _quotes(offer: Offer) -> Iterator[Quote]:
    for label, text in (
        (_("Also needed:"), offer.requires_note),
        (_("Only for:"), offer.eligibility),
        (_("Includes:"), offer.includes),
    ):
        if text:
            yield Quote(label=label, text=text)


def _links(offer: Offer) -> Iterator[Link]:
    if page := site(offer.url):
        yield page
    if offer.source_url:
        yield Link(text=_("Source"), url=offer.source_url)
