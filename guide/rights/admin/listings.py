"""Listings in the admin."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from guide.publication.admin import PublishedAdmin, ReasonForm
from guide.rights.listings import Listing, listing_key
from guide.rights.reconcile import LISTINGS


class ListingForm(ReasonForm):
    def made_key(self, data: dict[str, Any]) -> str:
        return listing_key(data["event"].key, data["service"].slug, data["country"].code)


@admin.register(Listing)
class ListingAdmin(PublishedAdmin[Listing]):
    table = LISTINGS
    form = ListingForm
    list_display = ("key", "event", "service", "country", "kind", "starts_at", "publisher", "seen_on", "standing")
    list_filter = ("kind", "publisher", ("country", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("event", "service", "country")
    search_fields = ("key", "event__key", "=event__public_id", "service__name", "publisher", "=country__code")
    search_help_text = _("Key, event, service, guide, or a country code.")
    date_hierarchy = "starts_at"
    autocomplete_fields = ("event", "service", "country")
    fieldsets = (
        (_("What"), {"fields": ("key", "event", "kind")}),
        (_("Where and when"), {"fields": ("service", "country", ("starts_at", "ends_at"))}),
        (_("How we know"), {"fields": ("publisher", "source_url", "seen_on")}),
    )
