"""Channels of guides: which service of ours each is."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from guide.feeds.models import GuideChannel


class PlacedFilter(admin.SimpleListFilter):
    title = _("placed")
    parameter_name = "placed"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [("no", str(_("not yet"))), ("yes", str(_("a service of ours"))), ("ignored", str(_("ignored")))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[GuideChannel]) -> QuerySet[GuideChannel]:
        match self.value():
            case "no":
                return queryset.filter(service__isnull=True, is_ignored=False)
            case "yes":
                return queryset.filter(service__isnull=False)
            case "ignored":
                return queryset.filter(is_ignored=True)
        return queryset


@admin.register(GuideChannel)
class GuideChannelAdmin(admin.ModelAdmin[GuideChannel]):
    """The next refresh of the guide lists what a placed channel shows; the same document is read again for it."""

    list_display = ("channel", "feed", "service", "is_ignored", "programmes", "example")
    list_filter = (PlacedFilter, "feed")
    list_select_related = ("feed", "service")
    search_fields = ("channel", "service__name", "example")
    search_help_text = _("Channel, service, or what it showed.")
    autocomplete_fields = ("feed", "service")
    readonly_fields = ("programmes", "example", "updated_at")
    ordering = ("-programmes", "channel")
