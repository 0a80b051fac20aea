"""Findings and blackouts in the admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from broadcasters.forms import CountriesForm, CountryRowsForm
from guide.publication.admin import EvidencePageInline, PublishedAdmin, WorkFilter
from guide.rights.admin.places import codes, ends_soon, first_year
from guide.rights.blackouts import Blackout
from guide.rights.models import Evidence, Finding
from guide.rights.reconcile import BLACKOUTS, FINDINGS

WEEKDAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))


class EvidenceInline(EvidencePageInline):
    model = Evidence


class FindingForm(CountryRowsForm):
    def made_key(self, data: dict[str, Any]) -> str:
        return f"{data['competition'].slug}--{data['kind']}--{first_year(data)}"


class FindingWork(WorkFilter):
    work = {"ends": ends_soon}


@admin.register(Finding)
class FindingAdmin(PublishedAdmin[Finding]):
    table = FINDINGS
    form = FindingForm
    list_display = (
        "key",
        "competition",
        "kind",
        "in_countries",
        "first_day",
        "last_day",
        "evidence_reaches",
        "standing",
    )
    list_filter = (
        FindingWork,
        "kind",
        ("competition", admin.RelatedOnlyFieldListFilter),
        ("countries", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("competition",)
    search_fields = ("key", "note", "competition__name", "=countries__code")
    search_help_text = _("Key, note, competition or country code.")
    autocomplete_fields = ("competition",)
    inlines = (EvidenceInline,)
    fieldsets = (
        (_("What"), {"fields": ("key", "competition", "kind", "note")}),
        (_("Where"), {"fields": ("in_countries", "group")}),
        (_("When"), {"fields": (("first_day", "last_day", "evidence_reaches"),)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Finding]:
        return super().get_queryset(request).prefetch_related("countries")

    @admin.display(description=_("countries"))
    def in_countries(self, finding: Finding) -> str:
        return codes(country.pk for country in finding.countries.all())

    def settle(self, form: Any) -> None:
        form.instance.countries.set(form.cleaned_data["in_countries"])


class BlackoutForm(CountriesForm):
    weekday = forms.TypedChoiceField(
        label=_("Weekday"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("every day")), *enumerate(WEEKDAYS, start=1)],
    )


@admin.register(Blackout)
class BlackoutAdmin(PublishedAdmin[Blackout]):
    table = BLACKOUTS
    form = BlackoutForm
    list_display = (
        "key",
        "competition",
        "sport",
        "weekday",
        "from_time",
        "to_time",
        "first_day",
        "last_day",
        "standing",
    )
    list_filter = ("weekday", ("countries", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("competition", "sport")
    search_fields = ("key", "basis", "competition__name", "=countries__code")
    search_help_text = _("Key, basis, competition or country code.")
    autocomplete_fields = ("competition", "sport", "countries")
    inlines = (EvidenceInline,)
    fieldsets = (
        (_("What"), {"fields": ("key", ("competition", "sport"), "basis")}),
        (_("Where"), {"fields": ("countries", "group")}),
        (_("When"), {"fields": (("first_day", "last_day"), "weekday", ("from_time", "to_time"))}),
    )
