"""What is played: teams, the parts of a season, and its events: matches, races, sessions, fights."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from competitions.querysets import EventQuerySet, EventSourceQuerySet, StageQuerySet, TeamQuerySet
from competitions.texts import LocalText
from guide.publication.models import PublicModel, one_of, validate_slug


class TeamKind(models.TextChoices):
    CLUB = "club", _("club")
    NATIONAL = "national", _("national team")
    ATHLETE = "athlete", _("athlete")


class Team(PublicModel):
    """One side of an event: a club, a national team, an athlete."""

    slug = models.CharField(
        _("slug"),
        max_length=60,
        unique=True,
        validators=[validate_slug],
        help_text=_("Part of public addresses: it never changes once it is saved."),
    )
    name = models.CharField(_("name"), max_length=120, help_text=_("As most people write it, in English."))
    sport = models.ForeignKey("Sport", models.PROTECT, related_name="teams", verbose_name=_("sport"))
    kind = models.CharField(_("kind"), max_length=10, choices=TeamKind, default=TeamKind.CLUB)
    country = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("ISO 3166-1. Empty: of none, or it does not matter.")
    )

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name"]
        constraints = [one_of("kind", TeamKind, "team_kind_known")]

    def __str__(self) -> str:
        return self.name


class TeamName(LocalText):
    team = models.ForeignKey(Team, models.CASCADE, related_name="names", verbose_name=_("team"))

    class Meta:
        verbose_name = _("name of a team")
        verbose_name_plural = _("names of teams")
        constraints = [models.UniqueConstraint(fields=["team", "language"], name="team_one_name_a_language")]


class TeamAlias(LocalText):
    """Another way in which sources and people write a team."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="aliases", verbose_name=_("team"))

    class Meta:
        verbose_name = _("alias of a team")
        verbose_name_plural = _("aliases of teams")
        constraints = [models.UniqueConstraint(fields=["team", "language", "text"], name="team_alias_once")]


class Stage(PublicModel):
    """A part of a season for which there may be rights of its own: the league phase, the final."""

    key = models.CharField(
        _("key"),
        max_length=120,
        unique=True,
        validators=[validate_slug],
        help_text=_("Never changes. Left empty, it is made from the season and the name."),
    )
    season = models.ForeignKey("Season", models.PROTECT, related_name="stages", verbose_name=_("season"))
    name = models.CharField(_("name"), max_length=80, help_text=_("In English."))
    position = models.PositiveSmallIntegerField(_("position"), default=0, help_text=_("In the course of the season."))

    objects = StageQuerySet.as_manager()

    class Meta:
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        ordering = ["season", "position"]

    def __str__(self) -> str:
        return f"{self.season}, {self.name}"


class StageName(LocalText):
    stage = models.ForeignKey(Stage, models.CASCADE, related_name="names", verbose_name=_("stage"))

    class Meta:
        verbose_name = _("name of a stage")
        verbose_name_plural = _("names of stages")
        constraints = [models.UniqueConstraint(fields=["stage", "language"], name="stage_one_name_a_language")]


class StageAlias(LocalText):
    """What sources call a round that belongs to the stage: “Semi-finals, Leg 1”."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="aliases", verbose_name=_("stage"))

    class Meta:
        verbose_name = _("alias of a stage")
        verbose_name_plural = _("aliases of stages")
        constraints = [models.UniqueConstraint(fields=["stage", "language", "text"], name="stage_alias_once")]


class Precision(models.TextChoices):
    EXACT = "exact", _("exact")
    PROVISIONAL = "provisional", _("provisional: to be confirmed")
    DAY = "day", _("only the day is known")
    UNKNOWN = "unknown", _("not known")


class EventStatus(models.TextChoices):
    SCHEDULED = "scheduled", _("scheduled")
    POSTPONED = "postponed", _("postponed")
    CANCELLED = "cancelled", _("cancelled")
    SUSPENDED = "suspended", _("suspended")
    FINISHED = "finished", _("finished")


class Event(PublicModel):
    """A match, a race, a session, a fight; or what holds such: a race weekend, a tournament.

    It stays the same event whatever becomes of its day, its round, its teams and the keys that sources give it.
    """

    key = models.CharField(
        _("key"),
        max_length=200,
        unique=True,
        validators=[validate_slug],
        help_text=_("Never changes. Left empty, it is made from the season and the teams or the name."),
    )
    public_id = models.CharField(_("public id"), max_length=16, unique=True, editable=False)
    season = models.ForeignKey("Season", models.PROTECT, related_name="events", verbose_name=_("season"))
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
        help_text=_("The race weekend of a session, the tournament of a day."),
    )
    stage = models.ForeignKey(
        Stage, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("stage")
    )
    round = models.CharField(_("round"), max_length=80, blank=True, help_text=_("“Matchday 3”, as the source says it."))
    number = models.PositiveIntegerField(_("number"), null=True, blank=True, help_text=_("Of the match in its season."))
    name = models.CharField(
        _("name"), max_length=160, blank=True, help_text=_("In English. Empty for a match of two teams.")
    )
    session = models.CharField(
        _("session"),
        max_length=40,
        blank=True,
        validators=[validate_slug],
        help_text=_("The part of a race weekend: fp1, qualifying, sprint, race."),
    )
    home = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="home_events", verbose_name=_("home")
    )
    away = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="away_events", verbose_name=_("away")
    )
    home_slot = models.CharField(
        _("place of the home team"), max_length=80, blank=True, help_text=_("Until the team is known: “Winner of 74”.")
    )
    away_slot = models.CharField(_("place of the away team"), max_length=80, blank=True)
    day = models.DateField(
        _("day"), null=True, blank=True, help_text=_("Where it takes place. The first, where there are several.")
    )
    last_day = models.DateField(_("last day"), null=True, blank=True, help_text=_("Of what lasts several days."))
    starts_at = models.DateTimeField(_("starts at"), null=True, blank=True, help_text=_("UTC."))
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True, help_text=_("UTC. Where somebody says so."))
    precision = models.CharField(
        _("precision"),
        max_length=12,
        choices=Precision,
        default=Precision.UNKNOWN,
        help_text=_("Provisional: an instant that stands for “some time that weekend”."),
    )
    status = models.CharField(_("status"), max_length=10, choices=EventStatus, default=EventStatus.SCHEDULED)
    venue = models.CharField(_("venue"), max_length=160, blank=True)
    zone = models.CharField(_("time zone of the venue"), max_length=40, blank=True, help_text=_("Europe/Rome."))
    source_url = models.URLField(_("source"), max_length=2000, blank=True, help_text=_("The page that announces it."))
    note = models.TextField(_("note"), blank=True, help_text=_("Public: for editors and careful readers."))
    scheduled_by = models.CharField(
        _("scheduled by"),
        max_length=60,
        blank=True,
        editable=False,
        help_text=_("Whose word on day and time stands, where it is another's than that of who keeps the event."),
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["day", "starts_at", "key"]
        constraints = [
            one_of("precision", Precision, "event_precision_known"),
            one_of("status", EventStatus, "event_status_known"),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=False, precision__in=["exact", "provisional"])
                | Q(starts_at__isnull=True, precision__in=["day", "unknown"]),
                name="event_instant_as_precise_as_it_says",
                violation_error_message=_("An instant is exact or provisional, and what is neither has none."),
            ),
            models.CheckConstraint(
                condition=Q(day__isnull=True, precision="unknown") | (Q(day__isnull=False) & ~Q(precision="unknown")),
                name="event_without_day_is_unknown",
                violation_error_message=_("Only an event of unknown time has no day."),
            ),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("day")),
                name="event_days_in_order",
                violation_error_message=_("The last day lies before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="event_ends_after_its_start",
                violation_error_message=_("It ends before it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(name="", home__isnull=True, home_slot=""),
                name="event_has_sides_or_name",
                violation_error_message=_("An event has two sides or a name."),
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at"], name="event_starts_at"),
            models.Index(fields=["day"], name="event_day"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def until(self) -> dt.date | None:
        """The last of its days."""
        return self.last_day or self.day

    @property
    def is_match(self) -> bool:
        return bool(self.home_id or self.home_slot)

    @property
    def title(self) -> str:
        """“Toulouse – Lyon” or “Dutch Grand Prix”, in the language of :meth:`~EventQuerySet.named`, else in English. A
        session goes by the name of its weekend.
        """
        if self.session and self.parent:
            return getattr(self, "parent_name", "") or self.parent.name
        if not self.is_match:
            return getattr(self, "local_name", "") or self.name
        home = getattr(self, "home_name", "") or (self.home.name if self.home else "") or self.home_slot
        away = getattr(self, "away_name", "") or (self.away.name if self.away else "") or self.away_slot
        return f"{home} – {away}"


class EventName(LocalText):
    event = models.ForeignKey(Event, models.CASCADE, related_name="names", verbose_name=_("event"))

    class Meta:
        verbose_name = _("name of an event")
        verbose_name_plural = _("names of events")
        constraints = [models.UniqueConstraint(fields=["event", "language"], name="event_one_name_a_language")]


class EventAlias(LocalText):
    """Another way in which sources and people write the name."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="aliases", verbose_name=_("event"))

    class Meta:
        verbose_name = _("alias of an event")
        verbose_name_plural = _("aliases of events")
        constraints = [models.UniqueConstraint(fields=["event", "language", "text"], name="event_alias_once")]


class EventSource(models.Model):
    """What one source calls an event. Kept to find the way back; no source's key is anybody's identity."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="sources", verbose_name=_("event"))
    origin = models.CharField(_("origin"), max_length=60)
    key = models.CharField(_("key of the source"), max_length=200, blank=True)
    missing_since = models.DateTimeField(
        _("missing since"), null=True, blank=True, help_text=_("The source no longer names it.")
    )

    objects = EventSourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source of an event")
        verbose_name_plural = _("sources of events")
        constraints = [models.UniqueConstraint(fields=["event", "origin"], name="event_source_once")]
        indexes = [models.Index(fields=["origin", "key"], name="event_source_key")]

    def __str__(self) -> str:
        return f"{self.origin}: {self.key}"
