"""Offers in the admin. They live in the catalogue of broadcasters, which knows no competitions; here both are known."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from broadcasters.admin import seen_before
from broadcasters.catalogue import OFFERS
from broadcasters.models import Offer, OfferBundle, OfferCompetition
from competitions.models import Competition
from guide.publication.admin import PublishedAdmin, ReasonForm, WorkFilter
from guide.publication.models import PublicModel


class OfferCompetitionForm(forms.ModelForm[OfferCompetition]):
    competition = forms.ModelChoiceField(
        Competition.objects.standing(), to_field_name="slug", label=_("Competition"), empty_label=None
    )

    def clean_competition(self) -> str:
        competition: Competition = self.cleaned_data["competition"]
        return competition.slug


class OfferCompetitionInline(admin.TabularInline[OfferCompetition, Offer]):
    model = OfferCompetition
    form = OfferCompetitionForm
    extra = 0


class OfferBundleInline(admin.TabularInline[OfferBundle, Offer]):
    model = OfferBundle
    extra = 0


class OfferForm(ReasonForm):
    def made_key(self, data: dict[str, Any]) -> str:
        return f"{data['broadcaster'].slug}--{data['country'].code.lower()}--{slugify(data['plan'])}"


class OfferWork(WorkFilter):
    work = {
        "price": (_("no price recorded"), lambda rows, day: rows.filter(price__isnull=True)),
        "old": (_("not seen for half a year"), lambda rows, day: rows.filter(seen_on__lt=seen_before(day))),
        "competitions": (
            _("not known to open a competition"),
            lambda rows, day: rows.filter(competitions__isnull=True),
        ),
    }


@admin.register(Offer)
class OfferAdmin(PublishedAdmin[Offer]):
    table = OFFERS
    form = OfferForm
    list_display = ("key", "broadcaster", "country", "plan", "price", "currency", "period", "seen_on", "standing")
    list_filter = (
        OfferWork,
        "period",
        "currency",
        ("country", admin.RelatedOnlyFieldListFilter),
        ("broadcaster", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("broadcaster", "country")
    search_fields = ("key", "plan", "broadcaster__name", "competitions__competition", "=country__code")
    search_help_text = _("Key, plan, broadcaster, slug of a competition, or country code.")
    autocomplete_fields = ("broadcaster", "country", "requires", "services")
    inlines = (OfferCompetitionInline, OfferBundleInline)
    fieldsets = (
        (_("Offer"), {"fields": ("key", "broadcaster", "country", "plan", "url")}),
        (_("Price"), {"fields": (("price", "currency", "period"), "commitment_months", "eligibility", "seen_on")}),
        (_("What it opens"), {"fields": ("services", "includes", "has_ads")}),
        (_("What it needs"), {"fields": ("requires", "requires_note")}),
        (_("When"), {"fields": (("first_day", "last_day"),)}),
        (_("How we know"), {"fields": ("source_url", "note")}),
    )

    def naming(self, model: type[PublicModel], rows: list[Any]) -> list[str]:
        """As elsewhere, and the offers that name a competition by its slug."""
        if model is not Competition:
            return super().naming(model, rows)
        slugs = [row.slug for row in rows]
        offers = Offer.objects.standing().filter(competitions__competition__in=slugs).distinct()
        return list(offers.order_by("key").values_list("key", flat=True))
