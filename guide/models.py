"""What the project itself keeps: a sign of life of what runs beside the web server."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

# Beat sends a heartbeat each minute; one that is three minutes old means that beat, the queue or the worker stands
# still.
LATE_AFTER = dt.timedelta(minutes=3)


class Heartbeat(models.Model):
    """When a worker last carried out a task. One row: it has gone all the way from beat through the queue into the
    database.

    A row and not a file or a cache key, since web server and worker may run on different machines.
    """

    name = models.CharField(_("name"), max_length=20, primary_key=True)
    beaten_at = models.DateTimeField(_("beaten at"))

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self) -> str:
        return f"{self.name}: {self.beaten_at:%Y-%m-%d %H:%M:%S}"

    @classmethod
    def beat(cls, *, now: dt.datetime) -> None:
        cls.objects.update_or_create(name="worker", defaults={"beaten_at": now})

    @classmethod
    def last(cls) -> dt.datetime | None:
        """When a worker last lived, or None: none ever has."""
        return cls.objects.filter(name="worker").values_list("beaten_at", flat=True).first()
