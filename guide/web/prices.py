"""Prices in words: what is paid, how often, and how old the price is."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadcasters.models import Period
from guide.rights import answer as given
from guide.web import formats

FRESH = dt.timedelta(days=30)
OLD = dt.timedelta(days=90)
VERY_OLD = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """``amount`` is empty where no price is recorded; ``look`` is the age of the price: fresh, plain or old."""

    amount: str
    terms: str = ""
    plans: str = ""
    seen: str = ""
    look: str = "plain"
    is_very_old: bool = False


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


def old_prices(prices: Iterable[Price]) -> str:
    """What to say under prices that are all very old; empty where one is younger, or where there is none."""
    seen = [price for price in prices if price.seen]
    if seen and all(price.is_very_old for price in seen):
        return _("All these prices are over a year old. Look at the page of the broadcaster before you pay.")
    return ""


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
