"""That an event is listed on a service: what a programme guide, or a broadcaster, announced for one country."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from broadcasters.models import Country, Service
from competitions.event_table import event_id
from competitions.models import Event
from guide.publication.models import PublicModel, one_of, validate_slug
from guide.rights.kinds import RightKind
from guide.rights.querysets import ListingQuerySet

LONGEST_EVENT_KEY = 120


def listing_key(event: str, service: str, country: str) -> str:
    """The key of a listing from those of its parts; an event with a very long key goes by its public id."""
    stem = event if len(event) <= LONGEST_EVENT_KEY else event_id(event).replace("_", "-")
    return f"{stem}--{service}--{country.lower()}"


class Listing(PublicModel):
    """One event on one service in one country. Evidence for that event; never a right."""

    key = models.CharField(
        _("key"),
        max_length=255,
        unique=True,
        validators=[validate_slug],
        help_text=_("Never changes. Left empty, it is made from event, service and country."),
    )
    event = models.ForeignKey(Event, models.PROTECT, related_name="listings", verbose_name=_("event"))
    service = models.ForeignKey(Service, models.PROTECT, related_name="listings", verbose_name=_("service"))
    country = models.ForeignKey(Country, models.PROTECT, related_name="listings", verbose_name=_("country"))
    kind = models.CharField(_("kind"), max_length=10, choices=RightKind, default=RightKind.LIVE)
    starts_at = models.DateTimeField(
        _("starts at"), null=True, blank=True, help_text=_("Of the programme, UTC: often before the event.")
    )
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, help_text=_("Of the guide that lists it."))
    source_url = models.URLField(_("source"), max_length=2000, blank=True)
    seen_on = models.DateField(_("seen on"), help_text=_("The day on which we saw it listed."))

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        ordering = ["event", "country", "service"]
        constraints = [
            one_of("kind", RightKind, "listing_kind_known"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="listing_ends_after_its_start",
                violation_error_message=_("It ends before it begins."),
            ),
        ]
        indexes = [models.Index(fields=["event", "country"], name="listing_event_country")]

    def __str__(self) -> str:
        return self.key
