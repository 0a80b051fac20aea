"""The admin as a whole, and what the project itself shows in it, to be read only: log-ins and the sign of life."""

from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib import admin

from guide.models import Heartbeat
from guide.publication.admin import ReadOnlyAdmin

admin.site.site_header = settings.SITE_NAME
admin.site.site_title = settings.SITE_NAME
admin.site.index_title = "What would you like to correct?"


@admin.register(AccessAttempt)
class AccessAttemptAdmin(ReadOnlyAdmin):
    """Wrong passwords. "manage.py axes_reset_username NAME" lets somebody in before the quarter of an hour is over."""

    list_display = ("attempt_time", "username", "ip_address", "failures_since_start", "user_agent")
    search_fields = ("username", "ip_address")
    date_hierarchy = "attempt_time"
    fields = ("attempt_time", "username", "ip_address", "failures_since_start", "user_agent", "path_info")


@admin.register(AccessLog)
class AccessLogAdmin(ReadOnlyAdmin):
    """Log-ins and log-outs."""

    list_display = ("attempt_time", "logout_time", "username", "ip_address", "user_agent")
    search_fields = ("username", "ip_address")
    date_hierarchy = "attempt_time"
    fields = ("attempt_time", "logout_time", "username", "ip_address", "user_agent")


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnlyAdmin):
    list_display = ("name", "beaten_at")
