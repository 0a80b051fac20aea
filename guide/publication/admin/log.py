"""Looking at the change log and at the counter of the public state. Nobody writes them by hand."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from guide.publication.admin.published import PublishedAdmin
from guide.publication.differences import differences
from guide.publication.models import Change, Revision


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    """A log is looked at, not written by hand."""

    list_per_page = 50
    # Logs grow for ever, and counting them all tells nobody anything.
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ("revision", "changed_at", "action", "table", "row", "actor", "reason")
    list_filter = ("action", "table", "actor")
    search_fields = ("key", "reason", "actor")
    search_help_text = _("Key of a row, reason or editor.")
    date_hierarchy = "changed_at"
    fields = ("revision", "changed_at", "actor", "action", "table", "row", "reason", "difference")

    @admin.display(description=_("row"), ordering="key")
    def row(self, change: Change) -> str | SafeString:
        for model, options in self.admin_site._registry.items():
            if isinstance(options, PublishedAdmin) and options.table.name == change.table:
                address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
                query = urlencode({f"{options.table.key}__exact": change.key})
                return format_html('<a href="{}?{}">{}</a>', address, query, change.key)
        return change.key

    @admin.display(description=_("difference"))
    def difference(self, change: Change) -> SafeString:
        found = differences(change.before, change.after)
        return render_to_string("publication/differences.html", {"differences": found})


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    list_display = ("number", "changed_at")
