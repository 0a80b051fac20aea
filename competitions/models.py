"""What can be watched. Slugs are the public identifiers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from competitions.events import (
    Event,
    EventAlias,
    EventName,
    EventSource,
    EventStatus,
    Precision,
    Stage,
    StageAlias,
    StageName,
    Team,
    TeamAlias,
    TeamKind,
    TeamName,
)
from competitions.querysets import CompetitionQuerySet, SeasonQuerySet, SportQuerySet
from competitions.texts import LocalText
from guide.publication.models import PublicModel, one_of, validate_slug, window_in_order

__all__ = [
    "Calendar",
    "Competition",
    "CompetitionAlias",
    "CompetitionName",
    "Event",
    "EventAlias",
    "EventName",
    "EventSource",
    "EventStatus",
    "Precision",
    "Season",
    "SeasonDates",
    "Sport",
    "SportName",
    "Stage",
    "StageAlias",
    "StageName",
    "Team",
    "TeamAlias",
    "TeamKind",
    "TeamName",
]


class Sport(PublicModel):
    """Football, tennis, motor sport."""

    slug = models.CharField(
        _("slug"),
        max_length=40,
        unique=True,
        validators=[validate_slug],
        help_text=_("Never changes once it is saved."),
    )
    name = models.CharField(_("name"), max_length=80, help_text=_("In English."))

    objects = SportQuerySet.as_manager()

    class Meta:
        verbose_name = _("sport")
        verbose_name_plural = _("sports")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SportName(LocalText):
    sport = models.ForeignKey(Sport, models.CASCADE, related_name="names", verbose_name=_("sport"))

    class Meta:
        verbose_name = _("name of a sport")
        verbose_name_plural = _("names of sports")
        constraints = [models.UniqueConstraint(fields=["sport", "language"], name="sport_one_name_a_language")]


class Calendar(models.TextChoices):
    AUTUMN_SPRING = "autumn-spring", _("autumn to spring")
    CALENDAR_YEAR = "calendar-year", _("calendar year")
    TOURNAMENT = "tournament", _("tournament")


class Competition(PublicModel):
    """A league, cup, championship or tournament that returns season after season."""

    slug = models.CharField(
        _("slug"),
        max_length=60,
        unique=True,
        validators=[validate_slug],
        help_text=_("Three characters or more. Part of public addresses: it never changes once it is saved."),
    )
    name = models.CharField(_("name"), max_length=120, help_text=_("In English."))
    sport = models.ForeignKey(Sport, models.PROTECT, related_name="competitions", verbose_name=_("sport"))
    organiser = models.CharField(
        _("organiser"), max_length=120, blank=True, help_text=_("Who sells the rights: a league, a federation.")
    )
    region = models.CharField(_("region"), max_length=20, blank=True, help_text=_("A country code, europe or world."))
    calendar = models.CharField(
        _("calendar"),
        max_length=20,
        choices=Calendar,
        help_text=_("A tournament is an edition of some weeks; between two editions nothing is shown."),
    )
    website = models.URLField(_("website"), blank=True, help_text=_("Of the organiser."))

    objects = CompetitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("competition")
        verbose_name_plural = _("competitions")
        ordering = ["name"]
        constraints = [
            one_of("calendar", Calendar, "competition_calendar_known"),
            models.CheckConstraint(
                condition=models.Q(slug__regex=r"^.{3,}\Z"),
                name="competition_slug_long_enough",
                violation_error_message=_(
                    "A competition's slug has three characters or more: two are a country or a language."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CompetitionName(LocalText):
    competition = models.ForeignKey(Competition, models.CASCADE, related_name="names", verbose_name=_("competition"))

    class Meta:
        verbose_name = _("name of a competition")
        verbose_name_plural = _("names of competitions")
        constraints = [
            models.UniqueConstraint(fields=["competition", "language"], name="competition_one_name_a_language")
        ]


class CompetitionAlias(LocalText):
    """Another spelling under which a competition is looked for."""

    competition = models.ForeignKey(Competition, models.CASCADE, related_name="aliases", verbose_name=_("competition"))

    class Meta:
        verbose_name = _("alias of a competition")
        verbose_name_plural = _("aliases of competitions")
        constraints = [
            models.UniqueConstraint(fields=["competition", "language", "text"], name="competition_alias_once")
        ]


class SeasonDates(models.TextChoices):
    ANNOUNCED = "announced", _("announced")
    NOMINAL = "nominal", _("nominal: the span in which it lies")


class Season(PublicModel):
    """One running of a competition: 2026-27, or the edition of 2026."""

    key = models.CharField(
        _("key"),
        max_length=90,
        unique=True,
        validators=[validate_slug],
        help_text=_("Never changes. Left empty, it is made from the competition and the label."),
    )
    competition = models.ForeignKey(Competition, models.PROTECT, related_name="seasons", verbose_name=_("competition"))
    label = models.CharField(_("label"), max_length=20, help_text=_("2026-27 or 2026, as the competition says it."))
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    dates = models.CharField(
        _("dates"),
        max_length=10,
        choices=SeasonDates,
        help_text=_(
            "Announced: the organiser’s own days. Nominal: the span in which the season lies, until they are known."
        ),
    )
    source_url = models.URLField(
        _("source"), max_length=2000, blank=True, help_text=_("The page that announces the days.")
    )
    note = models.TextField(_("note"), blank=True, help_text=_("Public: for editors and careful readers."))

    objects = SeasonQuerySet.as_manager()

    class Meta:
        verbose_name = _("season")
        verbose_name_plural = _("seasons")
        ordering = ["competition", "first_day"]
        constraints = [
            window_in_order("season_window_in_order"),
            one_of("dates", SeasonDates, "season_dates_known"),
            models.UniqueConstraint(
                fields=["competition", "label"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="season_label_once",
                violation_error_message=_("The competition has a season of this name already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.competition} {self.label}"
