"""What a right, or a listing, lets people see."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RightKind(models.TextChoices):
    LIVE = "live", _("live")
    DELAYED = "delayed", _("delayed")
    HIGHLIGHTS = "highlights", _("highlights")
