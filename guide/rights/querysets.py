"""The vocabulary in which rights are asked. No method reads the clock: days come in as arguments."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self, TypedDict, cast

from django.db import models
from django.db.models import F, Q
from django_stubs_ext import WithAnnotations

from guide.publication.models import PublicQuerySet

if TYPE_CHECKING:
    from guide.rights.blackouts import Blackout
    from guide.rights.listings import Listing  # noqa: F401 (the models import this module)
    from guide.rights.models import Evidence, Finding, FindingCountry, Right, RightCountry  # noqa: F401 (the same)


class RightQuerySet(PublicQuerySet["Right"]):
    def published(self) -> Self:
        return self.filter(is_published=True)

    def valid_on(self, day: dt.date) -> Self:
        """Begun, and not over by its last day or by the reach of its evidence."""
        return self.filter(from_day__lte=day, to_day__gte=day)

    def over_claimed(self) -> Self:
        """Rights whose sources claim more than is on record: an editor finds a second page or lowers the claim."""
        return self.standing().exclude(claimed_confidence=F("confidence"))

    def never_verified(self) -> Self:
        """Rights in whose sources nobody has looked yet."""
        return self.filter(verified_on__isnull=True)

    def without_evidence(self) -> Self:
        """Rights that are kept and not published, because no page on record states them."""
        return self.filter(evidence__isnull=True)


class RightCountryQuerySet(models.QuerySet["RightCountry"]):
    def published(self) -> Self:
        return self.filter(is_published=True)

    def asked(self, competition_ids: Iterable[int], country_codes: Iterable[str]) -> Self:
        return self.filter(competition_id__in=competition_ids, country_id__in=country_codes)

    def valid_on(self, day: dt.date) -> Self:
        """Begun, and not over by its last day or by the reach of its evidence."""
        return self.filter(from_day__lte=day, to_day__gte=day)

    def with_parties(self) -> Self:
        return self.select_related("right__broadcaster__parent")


class FindingQuerySet(PublicQuerySet["Finding"]):
    """Findings."""


class FindingCountryQuerySet(models.QuerySet["FindingCountry"]):
    def asked(self, competition_ids: Iterable[int], country_codes: Iterable[str]) -> Self:
        return self.filter(
            finding__withdrawn_at__isnull=True,
            finding__competition_id__in=competition_ids,
            country_id__in=country_codes,
        ).select_related("finding")


class InCountry(TypedDict):
    country_code: str


class BlackoutQuerySet(PublicQuerySet["Blackout"]):
    def concerning(
        self, competition_ids: Iterable[int], country_codes: Iterable[str]
    ) -> "models.QuerySet[WithAnnotations[Blackout, InCountry]]":
        """Those of the competitions, or of all competitions, in the countries; ``country_code`` names the country of
        each row.
        """
        rows = (
            self.standing()
            .filter(
                Q(competition__isnull=True) | Q(competition_id__in=competition_ids),
                Q(sport__isnull=True) | Q(sport__competitions__in=competition_ids),
                countries__in=country_codes,
            )
            .distinct()
            .annotate(country_code=F("countries__code"))
        )
        return cast("models.QuerySet[WithAnnotations[Blackout, InCountry]]", rows)


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def behind(
        self,
        *,
        rights: "models.QuerySet[RightCountry, Any]",
        findings: "models.QuerySet[FindingCountry, Any]",
        blackouts: "models.QuerySet[Blackout, Any]",
    ) -> Self:
        """The pages behind these rights, findings and blackouts, each one's in their order."""
        about = Q(right__in=rights.values("right")) | Q(finding__in=findings.values("finding"))
        return self.filter(about | Q(blackout__in=blackouts.values("pk"))).order_by("position", "id")


class ListingQuerySet(PublicQuerySet["Listing"]):
    def asked(self, event_ids: Iterable[int], country_codes: Iterable[str]) -> Self:
        """Of these events in these countries, with service and broadcaster; only what stands."""
        return (
            self.standing()
            .filter(
                event_id__in=event_ids,
                country_id__in=country_codes,
                service__withdrawn_at__isnull=True,
                service__broadcaster__withdrawn_at__isnull=True,
            )
            .select_related("service__broadcaster__parent")
            .order_by("starts_at", "key")
        )
