"""What is played, in the admin: stages of a season and its events."""

import datetime as dt
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import formats
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from competitions.catalogue import EVENTS, STAGES
from competitions.event_keys import event_key
from competitions.event_table import event_id
from competitions.models import (
    Event,
    EventAlias,
    EventName,
    EventSource,
    EventStatus,
    Precision,
    Stage,
    StageAlias,
    StageName,
)
from guide.publication.admin import PublishedAdmin, ReasonForm, WorkFilter

SOON = dt.timedelta(days=14)


class StageNameInline(admin.TabularInline[StageName, Stage]):
    model = StageName
    extra = 0


class StageAliasInline(admin.TabularInline[StageAlias, Stage]):
    model = StageAlias
    extra = 0


class StageForm(ReasonForm):
    def made_key(self, data: dict[str, Any]) -> str:
        return f"{data['season'].key}--{slugify(data['name'])}"


@admin.register(Stage)
class StageAdmin(PublishedAdmin[Stage]):
    table = STAGES
    form = StageForm
    list_display = ("key", "season", "name", "position", "standing")
    list_filter = (("season__competition", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("season__competition",)
    search_fields = ("key", "name", "aliases__text", "names__text", "season__competition__name")
    search_help_text = _("Key, name in any language, what a source calls it, or competition.")
    autocomplete_fields = ("season",)
    inlines = (StageAliasInline, StageNameInline)
    fieldsets = ((_("Stage"), {"fields": ("key", "season", ("name", "position"))}),)


class EventNameInline(admin.TabularInline[EventName, Event]):
    model = EventName
    extra = 0


class EventAliasInline(admin.TabularInline[EventAlias, Event]):
    model = EventAlias
    extra = 0


class EventSourceInline(admin.TabularInline[EventSource, Event]):
    """What sources call it is theirs to say."""

    model = EventSource
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class EventForm(ReasonForm):
    class Meta:
        model = Event
        exclude = ()

    def made_key(self, data: dict[str, Any]) -> str:
        sides = [data[side].slug if data[side] else data[f"{side}_slot"] for side in ("home", "away")]
        is_of_teams = data["home"] and data["away"]
        return event_key(
            data["season"].key,
            parent=data["parent"].key if data["parent"] else "",
            name=data["name"],
            session=data["session"],
            sides=(sides[0], sides[1]) if any(sides) else None,
            number=data["number"] if any(sides) and not is_of_teams else None,
            taken=frozenset(Event.objects.filter(season=data["season"]).values_list("key", flat=True)),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        # Not in the form, and needed by the model's own checks.
        self.instance.public_id = self.instance.public_id or event_id(data.get("key") or "")
        return data


class EventWork(WorkFilter):
    work = {
        "time": (
            _("time to be confirmed, within 14 days"),
            lambda rows, day: rows.filter(
                status=EventStatus.SCHEDULED, day__range=(day, day + SOON), children__isnull=True
            ).exclude(precision=Precision.EXACT),
        ),
        "missing": (
            _("missing at its source"),
            lambda rows, day: rows.filter(
                Exists(EventSource.objects.filter(event=OuterRef("pk"), missing_since__isnull=False))
            ),
        ),
    }


@admin.register(Event)
class EventAdmin(PublishedAdmin[Event]):
    table = EVENTS
    form = EventForm
    list_display = (
        "day",
        "time",
        "what",
        "season",
        "round",
        "status",
        "origin",
        "scheduled_by",
        "standing",
    )
    list_display_links = ("what",)
    list_filter = (
        EventWork,
        "status",
        "precision",
        ("season__competition", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("season__competition", "parent", "home", "away")
    search_fields = (
        "key",
        "=public_id",
        "name",
        "names__text",
        "aliases__text",
        "home__name",
        "home__aliases__text",
        "away__name",
        "away__aliases__text",
    )
    search_help_text = _("Team, alias, name, key or public id: “milan inter”.")
    date_hierarchy = "day"
    autocomplete_fields = ("season", "parent", "stage", "home", "away")
    readonly_fields = (*PublishedAdmin.readonly_fields, "public_id", "scheduled_by")
    inlines = (EventNameInline, EventAliasInline, EventSourceInline)
    fieldsets = (
        (_("What"), {"fields": ("key", "season", ("stage", "round", "number"), ("parent", "session"), "name")}),
        (_("Who plays"), {"fields": (("home", "home_slot"), ("away", "away_slot"))}),
        (
            _("When and where"),
            {
                "fields": (
                    ("day", "last_day"),
                    ("starts_at", "ends_at"),
                    ("precision", "status"),
                    ("venue", "zone"),
                    "scheduled_by",
                )
            },
        ),
        (_("How we know"), {"fields": ("source_url", "note", "public_id")}),
    )

    @admin.display(description=_("time (UTC)"), ordering="starts_at")
    def time(self, event: Event) -> str:
        if event.starts_at is None:
            return str(event.get_precision_display()) if event.day is None else gettext("time not known")
        clock = formats.time_format(event.starts_at.astimezone(dt.UTC).time(), "H:i")
        return clock if event.precision == Precision.EXACT else gettext("{time}, provisional").format(time=clock)

    @admin.display(description=_("event"), ordering="key")
    def what(self, event: Event) -> str:
        if event.name:
            return f"{event.parent.name or event.parent}: {event.session or event.name}" if event.parent else event.name
        home, away = event.home or event.home_slot, event.away or event.away_slot
        return f"{home} – {away}"
