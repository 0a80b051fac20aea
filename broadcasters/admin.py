"""Editing who can show, and where."""

from django.contrib import admin

from broadcasters.catalogue import BROADCASTERS, CARRIAGE, COUNTRIES, COUNTRY_GROUPS, OFFERS, SERVICES
from broadcasters.models import (
    Broadcaster,
    BroadcasterAlias,
    Carriage,
    Country,
    CountryGroup,
    Offer,
    OfferBundle,
    OfferCompetition,
    Service,
)
from guide.publication.admin import PublishedAdmin


class BroadcasterAliasInline(admin.TabularInline[BroadcasterAlias, Broadcaster]):
    model = BroadcasterAlias
    extra = 0


class OfferCompetitionInline(admin.TabularInline[OfferCompetition, Offer]):
    model = OfferCompetition
    extra = 0


class OfferBundleInline(admin.TabularInline[OfferBundle, Offer]):
    model = OfferBundle
    extra = 0


@admin.register(Country)
class CountryAdmin(PublishedAdmin[Country]):
    table = COUNTRIES
    list_display = ("code", "name", "time_zone", "in_eu")
    list_filter = ("in_eu",)
    search_fields = ("code", "name")


@admin.register(CountryGroup)
class CountryGroupAdmin(PublishedAdmin[CountryGroup]):
    table = COUNTRY_GROUPS
    list_display = ("name", "slug")
    search_fields = ("name", "slug")
    autocomplete_fields = ("countries",)


@admin.register(Broadcaster)
class BroadcasterAdmin(PublishedAdmin[Broadcaster]):
    table = BROADCASTERS
    list_display = ("name", "slug", "parent", "kind", "status", "is_locked")
    list_filter = ("kind", "status")
    list_select_related = ("parent",)
    search_fields = ("name", "slug", "aliases__text")
    autocomplete_fields = ("parent", "successor", "countries")
    inlines = (BroadcasterAliasInline,)


@admin.register(Service)
class ServiceAdmin(PublishedAdmin[Service]):
    table = SERVICES
    list_display = ("name", "slug", "broadcaster", "kind")
    list_filter = ("kind",)
    list_select_related = ("broadcaster",)
    search_fields = ("name", "slug")
    autocomplete_fields = ("broadcaster", "countries")


@admin.register(Offer)
class OfferAdmin(PublishedAdmin[Offer]):
    table = OFFERS
    list_display = ("plan", "broadcaster", "country", "price", "currency", "period", "seen_on")
    list_filter = ("country", "period", "currency")
    list_select_related = ("broadcaster", "country")
    search_fields = ("key", "plan", "broadcaster__name")
    autocomplete_fields = ("broadcaster", "country", "requires", "services")
    inlines = (OfferCompetitionInline, OfferBundleInline)


@admin.register(Carriage)
class CarriageAdmin(PublishedAdmin[Carriage]):
    table = CARRIAGE
    list_display = ("operator", "service", "country", "seen_on")
    list_filter = ("country",)
    list_select_related = ("operator", "service", "country")
    search_fields = ("key", "operator__name", "service__name")
    autocomplete_fields = ("operator", "service", "country")
