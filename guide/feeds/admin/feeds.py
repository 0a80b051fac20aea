"""Feeds in the admin: what is read, how often, and how it goes."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guide.feeds.adapters.base import FeedError
from guide.feeds.adapters.registry import ADAPTERS
from guide.feeds.admin.marks import STYLES, ago, moment, queue_told, verdict_mark
from guide.feeds.decisions import enqueue
from guide.feeds.fetching.addresses import check
from guide.feeds.fetching.errors import FetchError
from guide.feeds.models import Feed, FeedKind, Verdict
from guide.feeds.sinks.programmes import country_of
from guide.feeds.sources import allowed
from guide.publication.records import time_zones
from guide.publication.tables import near

BUNDLED_ADDRESS = "bundled:"


class FeedForm(forms.ModelForm[Feed]):
    adapter = forms.ChoiceField(
        label=_("Adapter"), required=False, help_text=_("The format that the address answers with. Of the same kind.")
    )

    class Meta:
        model = Feed
        fields = (
            "slug",
            "name",
            "kind",
            "adapter",
            "address",
            "options",
            "zone",
            "is_on",
            "interval",
            "is_trusted",
            "publisher",
            "licence",
            "attribution",
            "most_bytes",
            "most_records",
            "gone_percent",
            "gone_least",
            "rejected_percent",
            "newest_days",
        )
        widgets: ClassVar = {
            "address": forms.TextInput(attrs={"size": 90}),
            "attribution": forms.TextInput(attrs={"size": 90}),
            "options": forms.Textarea(attrs={"rows": 3, "cols": 90}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(chosen := self.fields.get("adapter"), forms.ChoiceField):
            chosen.choices = [("", "---------"), *_adapters_by_kind()]

    def clean_zone(self) -> str:
        zone: str = self.cleaned_data["zone"]
        if zone and zone not in (zones := time_zones()):
            raise ValidationError(f"“{zone}” is no time zone.{near(zone, zones)}")
        return zone

    def clean_options(self) -> dict[str, Any]:
        options = self.cleaned_data["options"] or {}
        if not isinstance(options, dict):
            raise ValidationError(gettext("The options are an object: {“season”: “2026-27”}."))
        for name, value in options.items():
            if name == "aliases":
                if not _is_texts(value):
                    raise ValidationError(gettext("“aliases” is an object of texts: {“Inter”: “Internazionale”}."))
            elif not isinstance(value, str):
                raise ValidationError(gettext("“{name}” is no text. Write it in quotation marks.").format(name=name))
        return options

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if kind := data.get("kind"):
            self._check_adapter(kind, data.get("adapter", ""))
            self._check_address(kind, data.get("address", ""))
        if kind == FeedKind.PROGRAMMES and "options" in data:
            try:
                country_of(Feed(options=data["options"]))
            except FeedError as error:
                self.add_error("options", error.message)
        return data

    def _check_adapter(self, kind: str, adapter: str) -> None:
        if kind == FeedKind.BUNDLED:
            if adapter:
                self.add_error("adapter", gettext("The bundled data need no adapter."))
        elif adapter not in ADAPTERS or ADAPTERS[adapter].kind != kind:
            known = ", ".join(key for key, one in ADAPTERS.items() if one.kind == kind)
            self.add_error("adapter", gettext("For this kind there are: {known}.").format(known=known))

    def _check_address(self, kind: str, address: str) -> None:
        if (kind == FeedKind.BUNDLED) != (address == BUNDLED_ADDRESS):
            self.add_error("address", gettext("The bundled data have the address “bundled:”, and nothing else has."))
        elif address and kind != FeedKind.BUNDLED:
            try:
                check(address, allowed())
            except FetchError as error:
                self.add_error("address", error.message)


def _adapters_by_kind() -> list[tuple[str, list[tuple[str, str]]]]:
    kinds = [
        (kind.label, [(key, key) for key, one in ADAPTERS.items() if one.kind.value == kind.value]) for kind in FeedKind
    ]
    return [(str(label), adapters) for label, adapters in kinds if adapters]


def _is_texts(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())


class LastVerdictFilter(admin.SimpleListFilter):
    title = _("last verdict")
    parameter_name = "verdict"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*Verdict.choices, ("none", _("never ran"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case None:
                return queryset
            case "none":
                return queryset.filter(last_verdict__isnull=True)
            case verdict:
                return queryset.filter(last_verdict=verdict)


class OverdueFilter(admin.SimpleListFilter):
    title = _("overdue")
    parameter_name = "overdue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("overdue")), ("no", _("not overdue"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() in ("yes", "no"):
            return queryset.filter(is_overdue=self.value() == "yes")
        return queryset


@admin.register(Feed)
class FeedAdmin(admin.ModelAdmin[Feed]):
    form = FeedForm
    actions = ("refresh_now",)
    list_display = ("name", "kind", "is_on", "last_run", "checked", "overdue", "next_due", "licence")
    list_filter = ("kind", "is_on", LastVerdictFilter, OverdueFilter)
    list_per_page = 50
    search_fields = ("name", "slug", "address", "publisher")
    search_help_text = _("Name, slug, address or publisher.")
    save_on_top = True
    fieldsets = (
        (_("What"), {"fields": (("name", "slug"), ("kind", "adapter"), "address", "options", "zone")}),
        (_("When"), {"fields": (("is_on", "interval"),)}),
        (_("What becomes of it"), {"fields": ("is_trusted", ("publisher", "licence"), "attribution")}),
        (
            _("When a document is held"),
            {"fields": (("gone_percent", "gone_least"), ("rejected_percent", "newest_days"))},
        ),
        (_("Limits"), {"fields": (("most_bytes", "most_records"),)}),
    )

    class Media:
        css = STYLES

    def get_queryset(self, request: HttpRequest) -> QuerySet[Feed]:
        return Feed.objects.with_last_runs(timezone.now()).order_by("slug")

    def get_readonly_fields(self, request: HttpRequest, obj: Feed | None = None) -> Any:
        # Rows of the guide name their feed by it.
        return () if obj is None else ("slug",)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Feed | None = None) -> Any:
        return {"slug": ("name",)} if obj is None else {}

    def has_delete_permission(self, request: HttpRequest, obj: Feed | None = None) -> bool:
        if obj is not None and not request.user.is_superuser and obj.runs.exists():
            return False
        return super().has_delete_permission(request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        # Nobody deletes a run by itself; with their feed they go.
        return deleted, counts, set() if request.user.is_superuser else lacking, protected

    def get_actions(self, request: HttpRequest) -> Any:
        actions = super().get_actions(request)
        # A feed that is no longer wanted is switched off; its runs tell where rows came from.
        actions.pop("delete_selected", None)
        return actions

    @admin.display(description=_("last verdict"), ordering="last_verdict")
    def last_run(self, feed: Any) -> SafeString:
        address = reverse("admin:feeds_run_changelist")
        query = urlencode({"feed__id__exact": feed.pk})
        return format_html('<a href="{}?{}">{}</a>', address, query, verdict_mark(feed.last_verdict, feed.last_reason))

    @admin.display(description=_("checked"), ordering="last_good_at")
    def checked(self, feed: Any) -> str:
        return ago(feed.last_good_at)

    @admin.display(description=_("overdue"), ordering="is_overdue")
    def overdue(self, feed: Any) -> str | SafeString:
        return format_html('<span class="verdict verdict-failed">{}</span>', _("overdue")) if feed.is_overdue else ""

    @admin.display(description=_("next due"), ordering="last_next_at")
    def next_due(self, feed: Any) -> Any:
        """Empty for a feed that is off: it is never due."""
        return moment(feed.last_next_at) if feed.is_on and feed.last_next_at else ""

    @admin.action(description=_("Refresh now"), permissions=["change"])
    def refresh_now(self, request: HttpRequest, queryset: QuerySet[Feed]) -> None:
        feeds = list(queryset)
        with queue_told(request):
            for feed in feeds:
                enqueue(feed)
            text = gettext("A worker will refresh: {count}. What comes of it stands among the runs.")
            self.message_user(request, text.format(count=len(feeds)), messages.SUCCESS)
