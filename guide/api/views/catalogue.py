"""The two catalogues: what can be watched, and who can show it where."""

from django.db.models import Prefetch, QuerySet

from broadcasters.catalogue import BROADCASTERS, COUNTRIES, COUNTRY_GROUPS, OFFERS, SERVICES
from broadcasters.models import Broadcaster, Carriage, Country, CountryGroup, Offer, Service
from competitions.catalogue import COMPETITIONS, SEASONS, SPORTS
from competitions.models import Competition, Season, Sport
from guide.api import filters
from guide.api.resources import Resource
from guide.api.serializers import catalogue as shapes
from guide.publication.records import READ_AS


class SportResource(Resource[Sport]):
    """Sports."""

    table = SPORTS
    serializer_class = shapes.SportSerializer
    filterset_class = filters.SportFilters

    def get_queryset(self) -> QuerySet[Sport]:
        return Sport.objects.standing().named(self.language)


class CompetitionResource(Resource[Competition]):
    """Leagues, cups, championships and tournaments."""

    table = COMPETITIONS
    serializer_class = shapes.CompetitionSerializer
    filterset_class = filters.CompetitionFilters

    def get_queryset(self) -> QuerySet[Competition]:
        return Competition.objects.standing().named(self.language).prefetch_related("aliases")


class SeasonResource(Resource[Season]):
    """The runnings of competitions: 2026-27, or the edition of 2026."""

    table = SEASONS
    key = "key"
    serializer_class = shapes.SeasonSerializer
    filterset_class = filters.SeasonFilters

    def get_queryset(self) -> QuerySet[Season]:
        return Season.objects.standing().prefetch_related(
            Prefetch("competition", Competition.objects.named(self.language))
        )


class CountryResource(Resource[Country]):
    """Countries and territories of ISO 3166-1."""

    table = COUNTRIES
    key = "code"
    serializer_class = shapes.CountrySerializer
    filterset_class = filters.CountryFilters

    def get_queryset(self) -> QuerySet[Country]:
        return Country.objects.standing().prefetch_related(Prefetch("groups", CountryGroup.objects.standing()))

    def find(self, key: str) -> Country:
        return super().find(READ_AS.get(key.upper(), key.upper()))


class CountryGroupResource(Resource[CountryGroup]):
    """Ways to type many countries at once."""

    table = COUNTRY_GROUPS
    serializer_class = shapes.CountryGroupSerializer
    filterset_class = filters.CountryGroupFilters

    def get_queryset(self) -> QuerySet[CountryGroup]:
        return CountryGroup.objects.standing().prefetch_related("countries")


class BroadcasterResource(Resource[Broadcaster]):
    """Companies and brands that hold licences."""

    table = BROADCASTERS
    serializer_class = shapes.BroadcasterSerializer
    filterset_class = filters.BroadcasterFilters

    def get_queryset(self) -> QuerySet[Broadcaster]:
        rows = Broadcaster.objects.standing().select_related("parent", "successor")
        return rows.prefetch_related("countries", "aliases")


class ServiceResource(Resource[Service]):
    """What a fan opens: channels, apps, sites."""

    table = SERVICES
    serializer_class = shapes.ServiceSerializer
    filterset_class = filters.ServiceFilters

    def get_queryset(self) -> QuerySet[Service]:
        carriage = Carriage.objects.standing().select_related("operator").order_by("country", "operator__slug")
        rows = Service.objects.standing().select_related("broadcaster", "successor")
        return rows.prefetch_related("countries", Prefetch("carriage", carriage))


class OfferResource(Resource[Offer]):
    """Ways to pay for services in a country; free is one of them."""

    table = OFFERS
    key = "key"
    serializer_class = shapes.OfferSerializer
    filterset_class = filters.OfferFilters

    def get_queryset(self) -> QuerySet[Offer]:
        return Offer.objects.standing().with_contents()
