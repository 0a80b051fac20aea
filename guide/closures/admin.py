"""Editing closures. The address of an illegal service is written nowhere."""

from typing import Any

from django.contrib import admin

from guide.closures.catalogue import CLOSURES
from guide.closures.models import Closure, ClosureEvidence, ClosureOffering, ClosurePartner
from guide.publication.admin import PublishedAdmin


class ClosureEvidenceInline(admin.StackedInline[ClosureEvidence, Any]):
    model = ClosureEvidence
    extra = 0
    fields = ("position", "kind", "publisher", "title", "url", "published_on", "seen_on")


class ClosureOfferingInline(admin.TabularInline[ClosureOffering, Closure]):
    model = ClosureOffering
    extra = 0


class ClosurePartnerInline(admin.TabularInline[ClosurePartner, Closure]):
    model = ClosurePartner
    extra = 0


@admin.register(Closure)
class ClosureAdmin(PublishedAdmin[Closure]):
    table = CLOSURES
    list_display = ("name", "kind", "announced_on", "authority")
    list_filter = ("kind",)
    search_fields = ("name", "slug", "authority")
    autocomplete_fields = ("countries", "operator_country", "competitions")
    inlines = (ClosureOfferingInline, ClosurePartnerInline, ClosureEvidenceInline)
