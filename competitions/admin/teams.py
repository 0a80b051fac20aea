"""Teams in the admin, with all the names by which sources call them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from competitions.catalogue import TEAMS
from competitions.models import Team, TeamAlias, TeamName
from guide.publication.admin import PublishedAdmin, WorkFilter


class TeamNameInline(admin.TabularInline[TeamName, Team]):
    model = TeamName
    extra = 0


class TeamAliasInline(admin.TabularInline[TeamAlias, Team]):
    model = TeamAlias
    extra = 0


class TeamWork(WorkFilter):
    work = {
        "alias": (_("no alias"), lambda rows, day: rows.filter(aliases__isnull=True)),
        "country": (_("national team without a country"), lambda rows, day: rows.filter(kind="national", country="")),
    }


@admin.register(Team)
class TeamAdmin(PublishedAdmin[Team]):
    table = TEAMS
    list_display = ("name", "slug", "sport", "kind", "country", "standing")
    list_filter = (TeamWork, "sport", "kind", "country")
    list_select_related = ("sport",)
    search_fields = ("name", "slug", "aliases__text", "names__text", "=country")
    search_help_text = _("Name in any language, slug, alias, or a country code.")
    autocomplete_fields = ("sport",)
    prepopulated_fields = {"slug": ("name",)}
    inlines = (TeamAliasInline, TeamNameInline)
    fieldsets = ((_("Team"), {"fields": (("name", "slug"), "sport", ("kind", "country"))}),)
