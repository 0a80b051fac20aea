"""Editing closures. The address of an illegal service is written nowhere."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from broadcasters.forms import CountriesForm
from guide.closures.catalogue import CLOSURES
from guide.closures.models import Closure, ClosureEvidence, ClosureOffering, ClosurePartner
from guide.publication.admin import EvidencePageInline, PublishedAdmin, WorkFilter


class ClosureEvidenceInline(EvidencePageInline):
    model = ClosureEvidence


class ClosureTextInline(admin.TabularInline[Any, Closure]):
    extra = 0
    fields = ("text", "position")


class ClosureOfferingInline(ClosureTextInline):
    model = ClosureOffering


class ClosurePartnerInline(ClosureTextInline):
    model = ClosurePartner


class ClosureWork(WorkFilter):
    work = {
        "evidence": (_("without evidence"), lambda rows, day: rows.filter(evidence__isnull=True)),
        "competitions": (_("no competition of the guide"), lambda rows, day: rows.filter(competitions__isnull=True)),
        "date": (_("no date"), lambda rows, day: rows.filter(announced_on="")),
    }


@admin.register(Closure)
class ClosureAdmin(PublishedAdmin[Closure]):
    table = CLOSURES
    form = CountriesForm
    list_display = ("name", "kind", "announced_on", "authority", "operator_country", "standing")
    list_filter = (ClosureWork, "kind", ("competitions", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("operator_country",)
    search_fields = ("name", "slug", "authority", "offered__text", "=countries__code")
    search_help_text = _("Name, slug, authority, what it offered, or a country code.")
    autocomplete_fields = ("countries", "operator_country", "competitions")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (ClosureOfferingInline, ClosurePartnerInline, ClosureEvidenceInline)
    fieldsets = (
        (_("Action"), {"fields": (("name", "slug"), "kind", "announced_on", "authority", "outcome")}),
        (_("Where"), {"fields": ("countries", "group", "operator_country")}),
        (_("How large"), {"fields": ("domains_count", ("visits_count", "visits_period"), "share_note")}),
        (_("What it offered"), {"fields": ("competitions", "note")}),
    )
