"""Editing who can show, and where. Offers are edited in the admin of rights, which knows the competitions they open."""

import datetime as dt
from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from broadcasters.catalogue import BROADCASTERS, CARRIAGE, COUNTRIES, COUNTRY_GROUPS, SERVICES
from broadcasters.forms import CountriesForm
from broadcasters.models import (
    Broadcaster,
    BroadcasterAlias,
    BroadcasterStatus,
    Carriage,
    Country,
    CountryGroup,
    Service,
)
from guide.publication.admin import PublishedAdmin, ReasonForm, WorkFilter


@admin.register(Country)
class CountryAdmin(PublishedAdmin[Country]):
    table = COUNTRIES
    list_display = ("code", "name", "time_zone", "in_eu", "standing")
    list_filter = ("in_eu",)
    list_per_page = 300
    search_fields = ("=code", "name")
    search_help_text = _("Code or English name.")
    fieldsets = ((_("Country"), {"fields": ("code", "name", "time_zone", "in_eu")}),)


@admin.register(CountryGroup)
class CountryGroupAdmin(PublishedAdmin[CountryGroup]):
    table = COUNTRY_GROUPS
    form = CountriesForm
    # Counting drops the model's own order.
    ordering = ("name",)
    list_display = ("name", "slug", "size", "standing")
    list_per_page = 100
    search_fields = ("name", "slug", "=countries__code")
    search_help_text = _("Name, slug, or the code of a country in it.")
    autocomplete_fields = ("countries",)
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = ((_("Group"), {"fields": ("name", "slug", "countries", "group")}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[CountryGroup]:
        return super().get_queryset(request).annotate(size=Count("countries"))

    @admin.display(description=_("countries"), ordering="size")
    def size(self, group: Any) -> int:
        return int(group.size)


class BroadcasterAliasInline(admin.TabularInline[BroadcasterAlias, Broadcaster]):
    model = BroadcasterAlias
    extra = 0


class BroadcasterWork(WorkFilter):
    work = {
        "website": (_("no website"), lambda rows, day: rows.filter(website="")),
        "services": (_("no service"), lambda rows, day: rows.filter(services__isnull=True)),
        "successor": (
            _("ended, no successor named"),
            lambda rows, day: rows.exclude(status=BroadcasterStatus.ACTIVE).filter(successor__isnull=True),
        ),
    }


@admin.register(Broadcaster)
class BroadcasterAdmin(PublishedAdmin[Broadcaster]):
    table = BROADCASTERS
    form = CountriesForm
    ordering = ("name",)
    list_display = ("name", "slug", "parent", "kind", "status", "service_count", "standing")
    list_filter = (BroadcasterWork, "kind", "status")
    list_select_related = ("parent",)
    search_fields = ("name", "slug", "aliases__text", "website")
    search_help_text = _("Name, slug, alias or website.")
    autocomplete_fields = ("parent", "successor", "countries")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (BroadcasterAliasInline,)
    fieldsets = (
        (_("Broadcaster"), {"fields": (("name", "slug"), "kind", "parent", "website", "countries", "group")}),
        (_("What became of it"), {"fields": ("status", "successor", "ended_on", "note")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Broadcaster]:
        return super().get_queryset(request).annotate(service_count=Count("services"))

    @admin.display(description=_("services"), ordering="service_count")
    def service_count(self, row: Any) -> int:
        return int(row.service_count)


class ServiceWork(WorkFilter):
    work = {
        "address": (
            _("no address of its own or of its broadcaster"),
            lambda rows, day: rows.filter(url="", broadcaster__website=""),
        ),
        "countries": (_("no country"), lambda rows, day: rows.filter(countries__isnull=True)),
    }


@admin.register(Service)
class ServiceAdmin(PublishedAdmin[Service]):
    table = SERVICES
    form = CountriesForm
    list_display = ("name", "slug", "broadcaster", "kind", "url", "standing")
    list_filter = (ServiceWork, "kind")
    list_select_related = ("broadcaster",)
    search_fields = ("name", "slug", "url", "broadcaster__name", "broadcaster__slug")
    search_help_text = _("Name, slug, address or broadcaster.")
    autocomplete_fields = ("broadcaster", "successor", "countries")
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        (_("Service"), {"fields": (("name", "slug"), "broadcaster", "kind", "url")}),
        (_("Where"), {"fields": ("countries", "group")}),
        (_("What became of it"), {"fields": ("successor", "ended_on")}),
    )


class CarriageForm(ReasonForm):
    def made_key(self, data: dict[str, Any]) -> str:
        return f"{data['operator'].slug}--{data['service'].slug}--{slugify(data['country'].code)}"


def seen_before(day: dt.date) -> str:
    """What a partial date that is older than half a year sorts below: ``2026-05`` is a text, and so is ``2026``."""
    return (day - dt.timedelta(days=183)).isoformat()


class CarriageWork(WorkFilter):
    work = {
        "source": (_("without a source"), lambda rows, day: rows.filter(source_url="")),
        "old": (_("not seen for half a year"), lambda rows, day: rows.filter(seen_on__lt=seen_before(day))),
    }


@admin.register(Carriage)
class CarriageAdmin(PublishedAdmin[Carriage]):
    table = CARRIAGE
    form = CarriageForm
    list_display = ("key", "operator", "service", "country", "seen_on", "standing")
    list_filter = (CarriageWork, ("country", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("operator", "service", "country")
    search_fields = ("key", "operator__name", "service__name", "=country__code")
    search_help_text = _("Key, operator, service or country code.")
    autocomplete_fields = ("operator", "service", "country")
    fieldsets = (
        (_("Carriage"), {"fields": ("key", "operator", "service", "country")}),
        (_("How we know"), {"fields": ("source_url", "source_title", "seen_on", "note")}),
    )
