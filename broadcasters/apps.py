from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BroadcastersConfig(AppConfig):
    name = "broadcasters"
    verbose_name = _("Broadcasters")
    default_auto_field = "django.db.models.BigAutoField"
