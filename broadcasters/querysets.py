"""The vocabulary in which the catalogue of broadcasters is asked."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self, TypedDict, cast

from django.db.models import F, Prefetch, Q, QuerySet
from django_stubs_ext import WithAnnotations

from guide.publication.models import PublicQuerySet

if TYPE_CHECKING:
    from broadcasters.models import Broadcaster, Carriage, Country, CountryGroup, Offer, Service  # noqa: F401 (the models import this module)


class CountryQuerySet(PublicQuerySet["Country"]):
    """Countries and territories."""


class CountryGroupQuerySet(PublicQuerySet["CountryGroup"]):
    """Country groups."""


class BroadcasterQuerySet(PublicQuerySet["Broadcaster"]):
    def family_of(self, broadcaster: "Broadcaster") -> Self:
        """Its parent brand, its arms, what it became and what became it."""
        up = [broadcaster.parent_id, broadcaster.successor_id]
        return self.filter(Q(pk__in=[pk for pk in up if pk]) | Q(parent=broadcaster) | Q(successor=broadcaster))

    def with_countries(self) -> Self:
        return self.prefetch_related("countries")


class ServiceQuerySet(PublicQuerySet["Service"]):
    def in_countries(self, codes: Iterable[str]) -> Self:
        return self.filter(countries__in=codes)


class CarriageQuerySet(PublicQuerySet["Carriage"]):
    """Carriage on operators' boxes."""


class Opening(TypedDict):
    """What one row of :meth:`OfferQuerySet.opening` says beside the offer."""

    competition: str
    service: str | None


class OfferQuerySet(PublicQuerySet["Offer"]):
    def in_countries(self, codes: Iterable[str]) -> Self:
        return self.filter(country_id__in=codes)

    def on_sale(self, day: dt.date) -> Self:
        """Not over before the day; those that begin later count."""
        return self.filter(Q(last_day__isnull=True) | Q(last_day__gte=day))

    def with_contents(self) -> Self:
        """With whose they are, the services that they open and that still stand, the competitions, what they bundle and
        what they are sold on top of, in four queries.
        """
        services: Any = self.model._meta.get_field("services").related_model
        standing = Prefetch("services", services.objects.standing())
        return self.select_related("broadcaster", "requires").prefetch_related(standing, "competitions", "bundles")

    def opening(self, competitions: Iterable[str]) -> "QuerySet[WithAnnotations[Offer, Opening]]":
        """Offers known to open one of the competitions (slugs), with what they are sold on top of.

        One row for each ``competition`` and each ``service`` (a slug, None where none is recorded) that an offer opens.
        """
        rows = (
            self.annotate(competition=F("competitions__competition"), service=F("services__slug"))
            .filter(competition__in=competitions)
            .select_related("requires__requires__requires")
            .order_by("key")
        )
        return cast("QuerySet[WithAnnotations[Offer, Opening]]", rows)
