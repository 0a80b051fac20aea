"""Which rights a guide has confirmed: the last day on which it had the competition on the air of the holder."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db.models import Case, DateTimeField, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import JSONObject
from django.db.models.lookups import Exact, In

from broadcasters.models import Country
from competitions.models import EventStatus
from guide.rights.answer import OnAir
from guide.rights.models import Listing, Right

if TYPE_CHECKING:
    from guide.rights.querysets import RightCountryQuerySet


def with_listing_before(rows: "RightCountryQuerySet", moments: Mapping[str, dt.datetime]) -> "RightCountryQuerySet":
    """``listed`` is the last listing that confirms the right in the country, before the moment that is given for the
    country; None where there is none.

    It is of an event of the competition within the right's window, of the right's kind, on a service of the holder or
    one on which the right is shown; what was called off has not been shown. Of a right to a stage or an event other
    matches say nothing: none is looked for.
    """
    shown_on = Right.services.through.objects.filter(
        right_id=OuterRef(OuterRef("right_id")), service_id=OuterRef("service_id")
    )
    listings = (
        Listing.objects.standing()
        .filter(
            Q(service__broadcaster_id=OuterRef("broadcaster_id")) | Exists(shown_on),
            ~Q(event__status__in=(EventStatus.CANCELLED, EventStatus.POSTPONED)),
            Q(event__season__key=OuterRef("part")) | Q(Exact(OuterRef("part"), Value(""))),
            event__season__competition_id=OuterRef("competition_id"),
            event__withdrawn_at__isnull=True,
            country_id=OuterRef("country_id"),
            kind=OuterRef("kind"),
            starts_at__lt=_by_country(moments),
            starts_at__date__gte=OuterRef("from_day"),
            starts_at__date__lte=OuterRef("to_day"),
        )
        .order_by("-starts_at", "key")
        .values(told=JSONObject(starts_at="starts_at", service="service__name", publisher="publisher"))[:1]
    )
    return rows.annotate(listed=Subquery(listings))


def _by_country(moments: Mapping[str, dt.datetime]) -> Case:
    codes: defaultdict[dt.datetime, list[str]] = defaultdict(list)
    for code, moment in moments.items():
        codes[moment].append(code)
    return Case(
        *(When(Q(In(OuterRef("country_id"), some)), then=Value(moment)) for moment, some in codes.items()),
        output_field=DateTimeField(),
    )


def on_air(listed: dict[str, str] | None, country: Country) -> OnAir | None:
    """The listing as an answer tells it; the day is the country's own."""
    if listed is None:
        return None
    starts_at = dt.datetime.fromisoformat(listed["starts_at"])
    if starts_at.tzinfo is None:  # SQLite
        starts_at = starts_at.replace(tzinfo=dt.UTC)
    return OnAir(day=country.today(starts_at), service=listed["service"], publisher=listed["publisher"])
