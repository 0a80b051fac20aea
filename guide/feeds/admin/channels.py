"""Channels of guides: which service of ours each is."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from broadcasters.models import Service
from guide.feeds.models import Feed, GuideChannel

WAITS = Q(service__isnull=True) | Q(service__withdrawn_at__isnull=False)
"""Nobody has said which service it is, or that service is gone."""


class PlacedFilter(admin.SimpleListFilter):
    """The list begins with what waits for a word."""

    title = _("placed")
    parameter_name = "placed"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, Any]]:
        return [("yes", _("a service of ours")), ("ignored", _("ignored")), ("all", _("all"))]

    def choices(self, changelist: Any) -> Any:
        waiting, *others = super().choices(changelist)
        yield {**waiting, "display": _("not yet")}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[GuideChannel]) -> QuerySet[GuideChannel]:
        match self.value():
            case "yes":
                return queryset.filter(is_ignored=False).exclude(WAITS)
            case "ignored":
                return queryset.filter(is_ignored=True)
            case "all":
                return queryset
        return queryset.filter(WAITS, is_ignored=False)


class GuideChannelForm(forms.ModelForm[GuideChannel]):
    class Meta:
        model = GuideChannel
        fields = ("service", "is_ignored")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        service: Service | None = data.get("service")
        if service is None:
            return data
        if data.get("is_ignored"):
            self.add_error(
                "is_ignored", gettext("A channel that is a service of ours is not ignored. Take one of both.")
            )
        try:
            _check_service(service, self.instance.feed)
        except ValidationError as error:
            self.add_error("service", error)
        return data


def _check_service(service: Service, feed: Feed) -> None:
    country = feed.option("country")
    if service.withdrawn_at:
        raise ValidationError(gettext("“{service}” has been withdrawn.").format(service=service.slug))
    countries = sorted(service.countries.values_list("code", flat=True))
    if country not in countries:
        text = gettext("The guide is of {country}; “{service}” can be opened in: {countries}.")
        raise ValidationError(
            text.format(country=country or "–", service=service.slug, countries=", ".join(countries) or "–")
        )


@admin.register(GuideChannel)
class GuideChannelAdmin(admin.ModelAdmin[GuideChannel]):
    """The next refresh of the guide lists what a placed channel shows; the same document is read again for it."""

    form = GuideChannelForm
    list_display = ("channel", "feed", "service", "is_ignored", "programmes", "example")
    list_filter = (PlacedFilter, ("feed", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("feed", "service")
    list_per_page = 50
    search_fields = ("channel", "service__name", "example")
    search_help_text = _("Channel, service, or what it showed.")
    autocomplete_fields = ("service",)
    fields = ("channel", "feed", "service", "is_ignored", "programmes", "example", "updated_at")
    readonly_fields = ("channel", "feed", "programmes", "example", "updated_at")
    ordering = (F("programmes").desc(), "channel")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A guide brings its channels by itself, under the names that it has for them."""
        return False
