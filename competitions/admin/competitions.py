"""Sports, competitions and seasons in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from competitions.catalogue import COMPETITIONS, SEASONS, SPORTS
from competitions.models import (
    Competition,
    CompetitionAlias,
    CompetitionName,
    Season,
    SeasonDates,
    Sport,
    SportName,
)
from guide.publication.admin import PublishedAdmin, ReasonForm, WorkFilter


class SportNameInline(admin.TabularInline[SportName, Sport]):
    model = SportName
    extra = 0


class CompetitionNameInline(admin.TabularInline[CompetitionName, Competition]):
    model = CompetitionName
    extra = 0


class CompetitionAliasInline(admin.TabularInline[CompetitionAlias, Competition]):
    model = CompetitionAlias
    extra = 0


@admin.register(Sport)
class SportAdmin(PublishedAdmin[Sport]):
    table = SPORTS
    # Counting drops the model's own order.
    ordering = ("name",)
    list_display = ("name", "slug", "competition_count", "standing")
    search_fields = ("name", "slug", "names__text")
    search_help_text = _("Name in any language, or slug.")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (SportNameInline,)
    fieldsets = ((_("Sport"), {"fields": (("name", "slug"),)}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Sport]:
        return super().get_queryset(request).annotate(competition_count=Count("competitions"))

    @admin.display(description=_("competitions"), ordering="competition_count")
    def competition_count(self, sport: Any) -> int:
        return int(sport.competition_count)


class CompetitionWork(WorkFilter):
    work = {
        "season": (
            _("no season today"),
            lambda rows, day: rows.exclude(pk__in=Season.objects.standing().on(day).values("competition")),
        ),
        "website": (_("no website"), lambda rows, day: rows.filter(website="")),
    }


@admin.register(Competition)
class CompetitionAdmin(PublishedAdmin[Competition]):
    table = COMPETITIONS
    ordering = ("name",)
    list_display = ("name", "slug", "sport", "calendar", "region", "season_count", "standing")
    list_filter = (CompetitionWork, "sport", "calendar")
    list_select_related = ("sport",)
    search_fields = ("name", "slug", "aliases__text", "names__text", "organiser")
    search_help_text = _("Name in any language, slug, alias or organiser.")
    autocomplete_fields = ("sport",)
    prepopulated_fields = {"slug": ("name",)}
    inlines = (CompetitionNameInline, CompetitionAliasInline)
    fieldsets = (
        (_("Competition"), {"fields": (("name", "slug"), "sport", "calendar")}),
        (_("Who runs it, and where"), {"fields": ("organiser", "region", "website")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Competition]:
        return super().get_queryset(request).annotate(season_count=Count("seasons"))

    @admin.display(description=_("seasons"), ordering="season_count")
    def season_count(self, competition: Any) -> int:
        return int(competition.season_count)


class SeasonForm(ReasonForm):
    def made_key(self, data: dict[str, Any]) -> str:
        return f"{data['competition'].slug}--{slugify(data['label'])}"


class SeasonWork(WorkFilter):
    work = {
        "nominal": (
            _("dates to be announced, not over"),
            lambda rows, day: rows.filter(dates=SeasonDates.NOMINAL, last_day__gte=day),
        ),
        "source": (_("announced, without a source"), lambda rows, day: rows.filter(dates="announced", source_url="")),
    }


@admin.register(Season)
class SeasonAdmin(PublishedAdmin[Season]):
    table = SEASONS
    form = SeasonForm
    list_display = ("key", "competition", "label", "first_day", "last_day", "dates", "standing")
    list_filter = (SeasonWork, "dates", ("competition", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("competition",)
    search_fields = ("key", "label", "competition__name")
    search_help_text = _("Key, label such as 2026-27, or competition.")
    date_hierarchy = "first_day"
    autocomplete_fields = ("competition",)
    fieldsets = (
        (_("Season"), {"fields": ("key", "competition", "label", ("first_day", "last_day"), "dates")}),
        (_("How we know"), {"fields": ("source_url", "note")}),
    )
