"""What it costs: the cheapest complete way for anyone to see a competition in a country."""

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal

from broadcasters.models import Offer, Period
from guide.rights.answer import Price

LONGEST_CHAIN = 3
"""An add-on on an add-on on a base; a longer chain is an error of the data and has no price."""

MONTHS = {Period.FREE: 1, Period.MONTH: 1, Period.YEAR: 12, Period.SEASON: 12}


def price_from(offers: Iterable[Offer], day: dt.date) -> Price | None:
    """The cheapest of the offers, each with everything that it requires; None where no complete price is known.

    The offers are those that are known to open the competition.
    """
    return cheapest(price for offer in offers if (price := _complete(offer, day)))


def cheapest(prices: Iterable[Price]) -> Price | None:
    """The cheapest by what it costs a month. A price per event is compared last: nobody can say what a season of events
    costs.
    """
    return min(
        prices,
        key=lambda price: (
            price.period == Period.EVENT,
            _per_month(price),
            price.commitment_months or 0,
            price.plans,
        ),
        default=None,
    )


def _complete(offer: Offer, day: dt.date) -> Price | None:
    chain = list(_chain(offer))
    amounts = [part.price for part in chain if part.price is not None]
    is_complete = (
        len(amounts) == len(chain) <= LONGEST_CHAIN
        and all(_is_for_anyone(part, day) for part in chain)
        and len({part.currency for part in chain}) == 1
    )
    if not is_complete:
        return None
    periods = {part.period for part in chain if part.period != Period.FREE} or {Period.FREE}
    if len(periods) == 1:
        amount, period = sum(amounts, Decimal(0)), periods.pop()
    elif Period.EVENT in periods:
        return None
    else:
        amount, period = (
            sum((part.price / MONTHS[Period(part.period)] for part in chain if part.price is not None), Decimal(0)),
            Period.MONTH,
        )
    return Price(
        amount=amount.quantize(Decimal("0.01")),
        currency=offer.currency,
        period=str(period),
        commitment_months=max(
            (part.commitment_months for part in chain if part.commitment_months is not None), default=None
        ),
        plans=tuple(part.plan for part in chain),
        as_of=min((part.seen_on for part in chain if part.seen_on), default=None),
    )


def _chain(offer: Offer) -> Iterator[Offer]:
    """The offer and what it is sold on top of, as far as a sane chain goes and one step more."""
    part: Offer | None = offer
    for _ in range(LONGEST_CHAIN + 1):
        if part is None:
            return
        yield part
        part = part.requires


def _is_for_anyone(offer: Offer, day: dt.date) -> bool:
    return (
        offer.withdrawn_at is None
        and not offer.eligibility
        and not offer.requires_note
        and (offer.first_day is None or offer.first_day <= day)
        and (offer.last_day is None or day <= offer.last_day)
    )


def _per_month(price: Price) -> Decimal:
    return price.amount / MONTHS.get(Period(price.period), 1)
