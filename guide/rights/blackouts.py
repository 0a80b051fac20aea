"""What may not be shown although a right exists."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from broadcasters.models import Country
from competitions.models import Competition, Sport
from guide.publication.models import PublicModel, validate_slug, window_in_order
from guide.rights.days import clock_change, midnight
from guide.rights.querysets import BlackoutQuerySet


class Blackout(PublicModel):
    """Something may not be shown live in a country although a right exists: a rule, not a missing licence."""

    key = models.CharField(
        _("key"),
        max_length=160,
        unique=True,
        validators=[validate_slug],
        help_text=_("Never changes. Small letters, digits and hyphens: england-saturday-afternoon."),
    )
    competition = models.ForeignKey(
        Competition,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="blackouts",
        verbose_name=_("competition"),
        help_text=_("Empty: every competition."),
    )
    sport = models.ForeignKey(
        Sport,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="blackouts",
        verbose_name=_("sport"),
        help_text=_("Empty: every sport."),
    )
    countries = models.ManyToManyField(Country, related_name="blackouts", verbose_name=_("countries"))
    first_day = models.DateField(_("first day"), null=True, blank=True, help_text=_("Empty: it has always held."))
    last_day = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Included. Empty: until further notice.")
    )
    weekday = models.PositiveSmallIntegerField(
        _("weekday"), null=True, blank=True, help_text=_("1 is Monday, 7 is Sunday. Empty: every day.")
    )
    from_time = models.TimeField(
        _("from"), null=True, blank=True, help_text=_("In the country's own time. Empty: the whole day.")
    )
    to_time = models.TimeField(_("to"), null=True, blank=True)
    basis = models.TextField(_("basis"), help_text=_("The rule that forbids it."))

    objects = BlackoutQuerySet.as_manager()

    class Meta:
        verbose_name = _("blackout")
        verbose_name_plural = _("blackouts")
        ordering = ["key"]
        constraints = [
            window_in_order("blackout_window_in_order"),
            models.CheckConstraint(
                condition=Q(weekday__isnull=True) | Q(weekday__range=(1, 7)),
                name="blackout_weekday_exists",
                violation_error_message=_("The weekday is 1 (Monday) to 7 (Sunday)."),
            ),
            models.CheckConstraint(
                condition=Q(from_time__isnull=True, to_time__isnull=True)
                | Q(from_time__isnull=False, to_time__isnull=False, to_time__gt=F("from_time")),
                name="blackout_times_in_order",
                violation_error_message=_("Give both times, the later one second, or neither."),
            ),
        ]

    def __str__(self) -> str:
        return self.key

    def covers(self, local: dt.datetime) -> bool:
        """Whether it holds at an instant, in the country's own time: by the clock on the wall."""
        if not self._holds_on(local.date()):
            return False
        return self.from_time is None or self.to_time is None or self.from_time <= local.time() < self.to_time

    def edges(self, day: dt.date, zone: ZoneInfo) -> list[dt.datetime]:
        """The instants (UTC) of a day of the zone at which it may begin or end to hold, the next midnight included."""
        times = [time for time in (self.from_time, self.to_time) if time is not None and self._holds_on(day)]
        # On the day on which clocks change, a time may stand for two instants, or for none between two.
        clock = [dt.datetime.combine(day, time.replace(fold=fold), tzinfo=zone) for time in times for fold in (0, 1)]
        instants = {*(at.astimezone(dt.UTC) for at in clock), midnight(day + dt.timedelta(days=1), zone)}
        change = clock_change(day, zone) if times else None
        return sorted(instants | {change} if change else instants)

    def _holds_on(self, day: dt.date) -> bool:
        begins_later = self.first_day is not None and day < self.first_day
        is_over = self.last_day is not None and day > self.last_day
        return not begins_later and not is_over and self.weekday in (None, day.isoweekday())
