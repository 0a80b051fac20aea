"""Who can show, and where. Slugs and ISO codes are the public identifiers."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from broadcasters.querysets import (
    BroadcasterQuerySet,
    CarriageQuerySet,
    CountryGroupQuerySet,
    CountryQuerySet,
    OfferQuerySet,
    ServiceQuerySet,
)
from guide.publication.models import PartialDateField, PublicModel, one_of, validate_slug, window_in_order


class Country(PublicModel):
    """A country or territory of ISO 3166-1, with the zone in which its day is counted."""

    code = models.CharField(
        _("code"),
        max_length=2,
        primary_key=True,
        validators=[RegexValidator(r"^[A-Z]{2}\Z", _("Write ISO 3166-1 alpha-2."))],
    )
    name = models.CharField(_("name"), max_length=80, help_text=_("In English; pages take the name from CLDR."))
    time_zone = models.CharField(
        _("time zone"),
        max_length=60,
        help_text=_("An IANA name, such as Europe/Rome: in it the country’s day is counted."),
    )
    in_eu = models.BooleanField(
        _("in the European Union"),
        help_text=_("Decides whether answers speak of the right to take a subscription along on a journey."),
    )

    objects = CountryQuerySet.as_manager()

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Z]{2}\Z") & ~Q(code__in=["UK", "EL"]),
                name="country_code_is_iso",
                violation_error_message=_("Write ISO 3166-1 alpha-2: GB, never UK; GR, never EL."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def today(self, now: dt.datetime) -> dt.date:
        """The day that this country's calendars show at an instant."""
        return now.astimezone(self.zone).date()


class CountryGroup(PublicModel):
    """Only a way to type many countries: rights and offers are stored with the countries themselves."""

    slug = models.CharField(
        _("slug"),
        max_length=60,
        unique=True,
        validators=[validate_slug],
        help_text=_("Never changes once it is saved."),
    )
    name = models.CharField(_("name"), max_length=160)
    countries = models.ManyToManyField(Country, related_name="groups", verbose_name=_("countries"))

    objects = CountryGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("country group")
        verbose_name_plural = _("country groups")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class BroadcasterKind(models.TextChoices):
    BROADCASTER = "broadcaster", _("broadcaster")
    STREAMING = "streaming", _("streaming service")
    TELECOM = "telecom", _("telecom operator")
    LEAGUE_SERVICE = "league-service", _("service of a league")


class BroadcasterStatus(models.TextChoices):
    ACTIVE = "active", _("active")
    RENAMED = "renamed", _("renamed")
    MERGED = "merged", _("merged")
    CLOSED = "closed", _("closed")


class Broadcaster(PublicModel):
    """The company or brand that holds a licence."""

    slug = models.CharField(
        _("slug"),
        max_length=60,
        unique=True,
        validators=[validate_slug],
        help_text=_("Never changes once it is saved."),
    )
    name = models.CharField(_("name"), max_length=120)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="arms",
        verbose_name=_("parent brand"),
        help_text=_("DAZN for DAZN Italia."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=BroadcasterKind)
    countries = models.ManyToManyField(Country, related_name="broadcasters", verbose_name=_("countries"))
    website = models.URLField(
        _("website"),
        blank=True,
        max_length=500,
        help_text=_("Where its services lead that have no address of their own."),
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=BroadcasterStatus,
        default=BroadcasterStatus.ACTIVE,
        help_text=_("A brand that has ended stays on record: old rights name it."),
    )
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
        help_text=_("Who goes on under another name."),
    )
    ended_on = PartialDateField(_("ended on"))
    note = models.TextField(_("note"), blank=True, help_text=_("Public: for editors and careful readers."))

    objects = BroadcasterQuerySet.as_manager()

    class Meta:
        verbose_name = _("broadcaster")
        verbose_name_plural = _("broadcasters")
        ordering = ["name"]
        constraints = [
            one_of("kind", BroadcasterKind, "broadcaster_kind_known"),
            one_of("status", BroadcasterStatus, "broadcaster_status_known"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="broadcaster_not_its_own_parent",
                violation_error_message=_("A broadcaster cannot be its own parent."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def has_ended(self, day: dt.date) -> bool:
        """Whether it is over on a day. An end known by its month or year only counts to the last day of it."""
        return _is_over(self.ended_on, day)


def _is_over(ended_on: str, day: dt.date) -> bool:
    return bool(ended_on) and ended_on < day.isoformat()[: len(ended_on)]


class BroadcasterAlias(models.Model):
    """Another spelling met in sources."""

    broadcaster = models.ForeignKey(Broadcaster, models.CASCADE, related_name="aliases", verbose_name=_("broadcaster"))
    text = models.CharField(_("text"), max_length=120, help_text=_("As a source spells it."))

    class Meta:
        verbose_name = _("alias of a broadcaster")
        verbose_name_plural = _("aliases of broadcasters")
        constraints = [models.UniqueConstraint(fields=["broadcaster", "text"], name="broadcaster_alias_once")]

    def __str__(self) -> str:
        return self.text


class ServiceKind(models.TextChoices):
    TV = "tv", _("TV channel")
    STREAM = "stream", _("streaming")


class Service(PublicModel):
    """What a fan opens: a TV channel, an app, a site."""

    slug = models.CharField(
        _("slug"),
        max_length=60,
        unique=True,
        validators=[validate_slug],
        help_text=_("Never changes once it is saved."),
    )
    name = models.CharField(_("name"), max_length=120)
    broadcaster = models.ForeignKey(Broadcaster, models.PROTECT, related_name="services", verbose_name=_("broadcaster"))
    kind = models.CharField(_("kind"), max_length=10, choices=ServiceKind)
    countries = models.ManyToManyField(
        Country,
        related_name="services",
        verbose_name=_("countries"),
        help_text=_("Where it can be opened. Of a right, a service is shown in these countries only."),
    )
    url = models.URLField(
        _("address"),
        blank=True,
        max_length=500,
        help_text=_("What a fan opens. Empty: the broadcaster’s website serves."),
    )
    ended_on = PartialDateField(
        _("ended on"), help_text=_("YYYY-MM-DD, YYYY-MM or YYYY. It is shown to the last day of it.")
    )
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
        help_text=_("The service that took its place."),
    )

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["name"]
        constraints = [
            one_of("kind", ServiceKind, "service_kind_known"),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")),
                name="service_not_its_own_successor",
                violation_error_message=_("A service cannot be its own successor."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def has_ended(self, day: dt.date) -> bool:
        """Whether it, or all that its broadcaster does, is over on a day; counted as for a broadcaster."""
        return _is_over(self.ended_on, day) or self.broadcaster.has_ended(day)


class Period(models.TextChoices):
    MONTH = "month", _("a month")
    YEAR = "year", _("a year")
    SEASON = "season", _("a season")
    EVENT = "event", _("an event")
    FREE = "free", _("free")


class Offer(PublicModel):
    """One way to pay for services in a country. Free is an offer too."""

    key = models.CharField(
        _("key"),
        max_length=160,
        unique=True,
        validators=[validate_slug],
        help_text=_("Never changes. Left empty, it is made from broadcaster, country and plan."),
    )
    broadcaster = models.ForeignKey(Broadcaster, models.PROTECT, related_name="offers", verbose_name=_("broadcaster"))
    country = models.ForeignKey(Country, models.PROTECT, related_name="offers", verbose_name=_("country"))
    plan = models.CharField(_("plan"), max_length=160, help_text=_("As the seller calls it."))
    price = models.DecimalField(
        _("price"),
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("What is paid per period. Empty where it is not recorded; free is 0."),
    )
    currency = models.CharField(
        _("currency"), max_length=3, validators=[RegexValidator(r"^[A-Z]{3}\Z", _("Write ISO 4217."))]
    )
    period = models.CharField(_("period"), max_length=10, choices=Period)
    commitment_months = models.PositiveSmallIntegerField(
        _("commitment in months"), null=True, blank=True, help_text=_("Empty where there is none, or none is recorded.")
    )
    has_ads = models.BooleanField(
        _("has advertising"), null=True, blank=True, help_text=_("Unknown where the source does not say.")
    )
    services = models.ManyToManyField(Service, blank=True, related_name="offers", verbose_name=_("services it opens"))
    requires = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="add_ons",
        verbose_name=_("sold on top of"),
        help_text=_("The offer that must be had first; its price is added."),
    )
    requires_note = models.CharField(
        _("also requires"),
        max_length=200,
        blank=True,
        help_text=_("What else must be had and has no recorded price: then no complete price is known."),
    )
    eligibility = models.CharField(
        _("eligibility"), max_length=120, blank=True, help_text=_("Who may buy it. Empty means anyone.")
    )
    includes = models.TextField(_("includes"), blank=True, help_text=_("As the source says it."))
    first_day = models.DateField(
        _("first day"), null=True, blank=True, help_text=_("Only where the offer is known to begin or end.")
    )
    last_day = models.DateField(_("last day"), null=True, blank=True, help_text=_("Included."))
    url = models.URLField(_("address"), blank=True, max_length=500, help_text=_("Where it is sold."))
    source_url = models.URLField(
        _("source"), blank=True, max_length=2000, help_text=_("The page on which it was seen.")
    )
    seen_on = PartialDateField(
        _("seen on"), help_text=_("The date of the source: YYYY-MM-DD, YYYY-MM or YYYY. Public beside the price.")
    )
    note = models.TextField(_("note"), blank=True, help_text=_("Public: for editors and careful readers."))

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering = ["country", "broadcaster", "plan"]
        constraints = [
            window_in_order("offer_window_in_order"),
            one_of("period", Period, "offer_period_known"),
            models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(price__gte=0),
                name="offer_price_not_negative",
                violation_error_message=_("A price is not negative."),
            ),
            models.CheckConstraint(
                condition=~Q(period="free") | Q(price=0),
                name="offer_free_costs_nothing",
                violation_error_message=_("A free offer has the price 0."),
            ),
            models.CheckConstraint(
                condition=Q(requires__isnull=True) | ~Q(requires=F("id")),
                name="offer_not_on_top_of_itself",
                violation_error_message=_("An offer cannot require itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}, {self.country_id}"


class OfferCompetition(models.Model):
    """A competition that an offer is known to open.

    A slug without a foreign key: this catalogue knows no competitions.
    """

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="competitions", verbose_name=_("offer"))
    competition = models.CharField(_("competition"), max_length=60, validators=[validate_slug], db_index=True)

    class Meta:
        verbose_name = _("competition of an offer")
        verbose_name_plural = _("competitions of offers")
        constraints = [models.UniqueConstraint(fields=["offer", "competition"], name="offer_competition_once")]

    def __str__(self) -> str:
        return self.competition


class OfferBundle(models.Model):
    """What comes with an offer from others."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="bundles", verbose_name=_("offer"))
    text = models.CharField(_("text"), max_length=120)

    class Meta:
        verbose_name = _("part of a bundle")
        verbose_name_plural = _("parts of bundles")
        constraints = [models.UniqueConstraint(fields=["offer", "text"], name="offer_bundle_once")]

    def __str__(self) -> str:
        return self.text


class Carriage(PublicModel):
    """An operator's box carries a service in a country. What is not listed is not recorded."""

    key = models.CharField(
        _("key"),
        max_length=160,
        unique=True,
        validators=[validate_slug],
        help_text=_("Never changes. Left empty, it is made from operator, service and country."),
    )
    operator = models.ForeignKey(
        Broadcaster,
        models.PROTECT,
        related_name="carried",
        verbose_name=_("operator"),
        help_text=_("Whose box carries the service."),
    )
    service = models.ForeignKey(Service, models.PROTECT, related_name="carriage", verbose_name=_("service"))
    country = models.ForeignKey(Country, models.PROTECT, related_name="carriage", verbose_name=_("country"))
    source_url = models.URLField(
        _("source"), blank=True, max_length=2000, help_text=_("The page on which it was seen.")
    )
    source_title = models.CharField(_("title of the source"), max_length=500, blank=True)
    seen_on = PartialDateField(_("seen on"), help_text=_("The date of the source: YYYY-MM-DD, YYYY-MM or YYYY."))
    note = models.TextField(_("note"), blank=True, help_text=_("Public: for editors and careful readers."))

    objects = CarriageQuerySet.as_manager()

    class Meta:
        verbose_name = _("carriage")
        verbose_name_plural = _("carriage")
        ordering = ["country", "operator", "service"]
        constraints = [
            models.UniqueConstraint(
                fields=["operator", "service", "country"],
                condition=Q(withdrawn_at__isnull=True),
                name="carriage_once",
                violation_error_message=_("This carriage is on record already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.operator}: {self.service}, {self.country_id}"
