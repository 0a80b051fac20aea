"""Editing what can be watched."""

from django.contrib import admin

from competitions.catalogue import COMPETITIONS, SEASONS, SPORTS
from competitions.models import Competition, CompetitionAlias, CompetitionName, Season, Sport, SportName
from guide.publication.admin import PublishedAdmin


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
    list_display = ("name", "slug")
    search_fields = ("name", "slug")
    inlines = (SportNameInline,)


@admin.register(Competition)
class CompetitionAdmin(PublishedAdmin[Competition]):
    table = COMPETITIONS
    list_display = ("name", "slug", "sport", "calendar", "region", "is_locked")
    list_filter = ("sport", "calendar")
    list_select_related = ("sport",)
    search_fields = ("name", "slug", "aliases__text", "names__text")
    autocomplete_fields = ("sport",)
    inlines = (CompetitionNameInline, CompetitionAliasInline)


@admin.register(Season)
class SeasonAdmin(PublishedAdmin[Season]):
    table = SEASONS
    list_display = ("competition", "label", "first_day", "last_day", "dates")
    list_filter = ("competition", "dates")
    list_select_related = ("competition",)
    search_fields = ("key", "label")
    autocomplete_fields = ("competition",)
