"""Editing rights, findings and blackouts, with their countries and evidence beside them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from guide.publication.admin import PublishedAdmin, ReasonForm
from guide.publication.reconcile import column_of
from guide.rights.confidence import supported_confidence
from guide.rights.models import COPIED_COLUMNS, Blackout, Evidence, Finding, FindingCountry, Right, RightCountry
from guide.rights.overlap import overlaps_of
from guide.rights.reconcile import BLACKOUTS, FINDINGS, RIGHTS, public_id


class EvidenceInline(admin.StackedInline[Evidence, Any]):
    model = Evidence
    extra = 0
    fields = ("position", "kind", "publisher", "title", "url", "published_on", "seen_on")


class FindingCountryInline(admin.TabularInline[FindingCountry, Finding]):
    model = FindingCountry
    extra = 0
    autocomplete_fields = ("country",)


class RightCountryFormSet(forms.BaseInlineFormSet[RightCountry, Right, Any]):
    """Refuses days that another right of the same holder covers already, naming it, before anything is saved."""

    def clean(self) -> None:
        super().clean()
        forms_kept = [
            form for form in self.forms if form.cleaned_data.get("country") and not form.cleaned_data.get("DELETE")
        ]
        countries = [form.cleaned_data["country"].code for form in forms_kept]
        if overlaps := overlaps_of(self.instance, countries):
            raise forms.ValidationError([str(overlap) for overlap in overlaps])


class RightCountryInline(admin.TabularInline[RightCountry, Right]):
    model = RightCountry
    formset = RightCountryFormSet
    extra = 0
    fields = ("country",)
    autocomplete_fields = ("country",)


class RightForm(ReasonForm):
    class Meta:
        model = Right
        exclude = ()

    def clean(self) -> dict[str, Any]:
        # Not in the form, and needed by the model's own checks.
        self.instance.public_id = self.instance.public_id or public_id(self.cleaned_data.get("key", ""))
        self.instance.confidence = self.instance.confidence or self.cleaned_data.get("claimed_confidence", "")
        return self.cleaned_data


@admin.register(Right)
class RightAdmin(PublishedAdmin[Right]):
    table = RIGHTS
    form = RightForm
    list_display = (
        "key",
        "competition",
        "broadcaster",
        "kind",
        "access",
        "first_day",
        "last_day",
        "evidence_reaches",
        "confidence",
        "is_published",
    )
    list_filter = ("competition", "kind", "access", "confidence", "is_published", "is_locked")
    list_select_related = ("competition", "broadcaster")
    search_fields = ("key", "broadcaster__name", "competition__name")
    autocomplete_fields = ("competition", "broadcaster", "services")
    readonly_fields = (*PublishedAdmin.readonly_fields, "public_id", "confidence", "is_published", "withdrawn_at")
    inlines = (RightCountryInline, EvidenceInline)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model is RightCountry:
            columns = [column_of(Right, name) for name in COPIED_COLUMNS]
            copies = Right.objects.values(*columns).get(pk=form.instance.pk)
            for place in formset.forms:
                for column, value in copies.items():
                    setattr(place.instance, column, value)
        super().save_formset(request, form, formset, change)

    def settle(self, row: Right) -> None:
        evidence = list(row.evidence.all())
        row.confidence = supported_confidence(row.claimed_confidence, evidence)
        row.is_published = bool(evidence) and row.withdrawn_at is None
        row.save(update_fields=["confidence", "is_published"])


@admin.register(Finding)
class FindingAdmin(PublishedAdmin[Finding]):
    table = FINDINGS
    list_display = ("key", "competition", "kind", "first_day", "last_day", "evidence_reaches")
    list_filter = ("kind", "competition")
    list_select_related = ("competition",)
    search_fields = ("key", "note")
    autocomplete_fields = ("competition",)
    inlines = (FindingCountryInline, EvidenceInline)


@admin.register(Blackout)
class BlackoutAdmin(PublishedAdmin[Blackout]):
    table = BLACKOUTS
    list_display = ("key", "competition", "weekday", "from_time", "to_time", "first_day", "last_day")
    list_select_related = ("competition",)
    search_fields = ("key", "basis")
    autocomplete_fields = ("competition", "countries")
    inlines = (EvidenceInline,)
