"""Rejections in the admin: records that could not be used, and the way to the name that would heal them."""

import json
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from guide.feeds.adapters.base import Code
from guide.feeds.admin.marks import STYLES, moment
from guide.feeds.models import Rejection, Run
from guide.publication.admin import ReadOnlyAdmin

HEALED_IN = {
    Code.UNKNOWN_BROADCASTER: (
        ("broadcaster",),
        "admin:broadcasters_broadcaster_changelist",
        _("Find the broadcaster"),
    ),
    Code.UNKNOWN_COMPETITION: (
        ("competition",),
        "admin:competitions_competition_changelist",
        _("Find the competition"),
    ),
    Code.UNKNOWN_TEAM: (("home", "away"), "admin:competitions_team_changelist", _("Find the team")),
    # Nothing goes by another name here: the season itself is missing.
    Code.UNKNOWN_SEASON: (("competition",), "admin:competitions_season_changelist", _("Find the season")),
}
"""By code: the members of the record that may have the name, and where the alias, or the row, belongs."""


LONGEST_ABBREVIATION = 2


class LatestFilter(admin.SimpleListFilter):
    """What has been read again since is done with, so the list begins with the latest runs."""

    title = _("run")
    parameter_name = "of"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("all", _("all runs"))]

    def choices(self, changelist: Any) -> Any:
        latest, *others = super().choices(changelist)
        yield {**latest, "display": _("latest of each feed")}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Rejection]) -> QuerySet[Rejection]:
        return queryset if self.value() == "all" else queryset.filter(run__in=Run.objects.latest_read())


@admin.register(Rejection)
class RejectionAdmin(ReadOnlyAdmin):
    list_display = ("code", "message", "position", "feed", "of_run", "remedy")
    list_filter = (
        LatestFilter,
        ("code", admin.AllValuesFieldListFilter),
        ("run__feed", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("run__feed",)
    search_fields = ("message", "position")
    search_help_text = _("Words of the message, or the position.")
    fields = ("feed", "of_run", "code", "position", "message", "given", "remedy")

    class Media:
        css = STYLES

    @admin.display(description=_("feed"), ordering="run__feed__name")
    def feed(self, rejection: Rejection) -> str:
        return str(rejection.run.feed)

    @admin.display(description=_("run"), ordering="run")
    def of_run(self, rejection: Rejection) -> SafeString:
        address = reverse("admin:feeds_run_change", args=[rejection.run_id])
        return format_html('<a href="{}">{}</a>', address, moment(rejection.run.started_at))

    @admin.display(description=_("as given"))
    def given(self, rejection: Rejection) -> SafeString:
        said = json.dumps(rejection.raw, ensure_ascii=False, indent=2)
        return format_html('<pre class="feeds-given">{}</pre>', said)

    @admin.display(description=_("remedy"))
    def remedy(self, rejection: Rejection) -> str | SafeString:
        """To the row that wants the alias. Its search is given one word, since the whole name is unknown."""
        if rejection.code not in HEALED_IN:
            return ""
        members, page, label = HEALED_IN[Code(rejection.code)]
        raw = rejection.raw if isinstance(rejection.raw, dict) else {}
        names = [raw[member] for member in members if isinstance(raw.get(member), str)]
        # Of two sides the message says which is meant.
        name = next((one for one in names if len(members) == 1 or f"“{one}”" in rejection.message), "")
        word = _telling_word(name)
        query = f"?{urlencode({'q': word})}" if word else ""
        return format_html('<a href="{}{}">{}</a>', reverse(page), query, label)


def _telling_word(name: str) -> str:
    """The first word that is no abbreviation: “FC”, “1.” and “AS” are parts of many names."""
    words = name.split()
    return next((word for word in words if len(word) > LONGEST_ABBREVIATION), words[0] if words else "")
