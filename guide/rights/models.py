"""The tie between the catalogues: who may show what, where, from when to when, and how we know it."""

import datetime as dt

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from broadcasters.models import Broadcaster, Country, Service
from competitions.models import Competition
from guide.publication.models import (
    FAR_FUTURE,
    FAR_PAST,
    EvidenceKind,
    EvidencePage,
    PublicModel,
    TagListField,
    one_of,
    validate_slug,
    window_in_order,
)
from guide.rights.blackouts import Blackout
from guide.rights.constraints import CopiedFrom, NoOverlap
from guide.rights.kinds import RightKind
from guide.rights.listings import Listing
from guide.rights.querysets import (
    EvidenceQuerySet,
    FindingCountryQuerySet,
    FindingQuerySet,
    RightCountryQuerySet,
    RightQuerySet,
)

__all__ = [
    "Access",
    "Blackout",
    "Confidence",
    "Evidence",
    "Exclusivity",
    "Finding",
    "FindingCountry",
    "FindingKind",
    "Listing",
    "Right",
    "RightCountry",
    "RightKind",
    "Scope",
    "Unit",
]

COPIED_COLUMNS = ("competition", "broadcaster", "part", "kind", "package", "is_published", "from_day", "to_day")
"""What :class:`RightCountry` repeats of its right, so that one index and one exclusion constraint hold it all."""


CHECK_INTERVAL = dt.timedelta(days=30)
"""A right that was verified is due to be looked at again after this time."""


def end_or_reach(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(last_day__isnull=True, evidence_reaches__isnull=False)
        | Q(last_day__isnull=False, evidence_reaches__isnull=True),
        name=name,
        violation_error_message=_("Give either the last day or, where it is not known, how far the evidence reaches."),
    )


class Scope(models.TextChoices):
    ALL = "all", _("all matches")
    MOST = "most", _("most matches")
    SOME = "some", _("some matches")
    UNKNOWN = "unknown", _("not stated")


class Unit(models.TextChoices):
    SEASON = "season", _("a season")
    ROUND = "round", _("a round")


class Exclusivity(models.TextChoices):
    EXCLUSIVE = "exclusive", _("exclusive")
    SHARED = "shared", _("shared")
    UNKNOWN = "unknown", _("not stated")


class Access(models.TextChoices):
    FREE = "free", _("free")
    REGISTRATION = "registration", _("free with sign-up")
    SUBSCRIPTION = "subscription", _("subscription")
    PAY_PER_VIEW = "pay-per-view", _("pay per view")
    MIXED = "mixed", _("part free")
    UNKNOWN = "unknown", _("not stated")


class Confidence(models.TextChoices):
    CONFIRMED = "confirmed", _("confirmed")
    REPORTED = "reported", _("reported")
    INFERRED = "inferred", _("inferred")


class Right(PublicModel):
    """A broadcaster may show a competition in some countries, from a first day to a last day."""

    key = models.CharField(
        _("key"),
        max_length=160,
        unique=True,
        validators=[validate_slug],
        help_text=_("Never changes. Left empty, it is made from competition, broadcaster, first year and package."),
    )
    public_id = models.CharField(_("public id"), max_length=16, unique=True, editable=False)
    competition = models.ForeignKey(Competition, models.PROTECT, related_name="rights", verbose_name=_("competition"))
    broadcaster = models.ForeignKey(
        Broadcaster,
        models.PROTECT,
        related_name="rights",
        verbose_name=_("broadcaster"),
        help_text=_("Who holds the licence."),
    )
    part = models.CharField(
        _("part"),
        max_length=200,
        blank=True,
        validators=[validate_slug],
        help_text=_(
            "Key of the season, stage or event to which the right is bound. Empty: the whole competition. Within it, "
            "the right replaces wider ones of the same broadcaster."
        ),
    )
    excludes_others = models.BooleanField(
        _("excludes others"), default=False, help_text=_("Within its part, wider rights of nobody count.")
    )
    package = models.CharField(
        _("package"),
        max_length=40,
        blank=True,
        validators=[validate_slug],
        help_text=_(
            "Tells apart what one holder shows side by side: free and pay, English and Spanish. Empty as a rule."
        ),
    )
    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=RightKind,
        default=RightKind.LIVE,
        help_text=_("Only a live right makes the answer “licensed”."),
    )
    countries = models.ManyToManyField(
        Country, through="RightCountry", related_name="rights", verbose_name=_("countries")
    )
    services = models.ManyToManyField(
        Service,
        blank=True,
        related_name="rights",
        verbose_name=_("services"),
        help_text=_("On which it is shown. Each appears only in the countries of its own."),
    )
    first_day = models.DateField(
        _("first day"), null=True, blank=True, help_text=_("Empty where it is not known: then it counts as begun.")
    )
    last_day = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Included. Empty where it is not known.")
    )
    evidence_reaches = models.DateField(
        _("evidence reaches"),
        null=True,
        blank=True,
        help_text=_("Where the last day is not known: the end of the season of which the evidence speaks."),
    )
    scope = models.CharField(
        _("coverage"),
        max_length=10,
        choices=Scope,
        default=Scope.UNKNOWN,
        help_text=_("How much of the competition, as the source says. Not stated is honest."),
    )
    matches = models.PositiveIntegerField(
        _("matches"), null=True, blank=True, help_text=_("Only where the source counts.")
    )
    matches_of = models.PositiveIntegerField(_("of how many"), null=True, blank=True)
    matches_unit = models.CharField(_("counted per"), max_length=10, choices=Unit, blank=True)
    coverage_note = models.TextField(
        _("coverage in words"), blank=True, help_text=_("Public: “7 exclusively, 3 shared with Sky”.")
    )
    exclusivity = models.CharField(
        _("exclusivity"),
        max_length=10,
        choices=Exclusivity,
        default=Exclusivity.UNKNOWN,
        help_text=_("Whether others may show it in the same country."),
    )
    access = models.CharField(
        _("access"),
        max_length=15,
        choices=Access,
        default=Access.UNKNOWN,
        help_text=_("What a fan needs to watch. Part free: some matches are, and the note says which."),
    )
    languages = TagListField(
        _("languages"),
        help_text=_(
            "Of the commentary: BCP 47 tags with a semicolon between, such as it; en. Empty where it is not recorded."
        ),
    )
    claimed_confidence = models.CharField(
        _("confidence claimed"),
        max_length=10,
        choices=Confidence,
        default=Confidence.REPORTED,
        help_text=_("What the sources claim. “Confirmed” needs an official page or two pages of different hosts."),
    )
    confidence = models.CharField(
        _("confidence"),
        max_length=10,
        choices=Confidence,
        editable=False,
        help_text=_("What the evidence on record supports."),
    )
    verified_on = models.DateField(
        _("verified on"),
        null=True,
        blank=True,
        help_text=_("The day on which somebody last looked at the sources and found the right in them."),
    )
    note = models.TextField(_("note"), blank=True, help_text=_("Public: for editors and careful readers."))
    is_published = models.BooleanField(
        _("published"),
        default=False,
        editable=False,
        help_text=_("A right is published once it has evidence and until it is withdrawn."),
    )
    from_day = models.GeneratedField(
        expression=Coalesce(F("first_day"), Value(FAR_PAST, output_field=models.DateField())),
        output_field=models.DateField(),
        db_persist=True,
    )
    to_day = models.GeneratedField(
        expression=Coalesce(F("last_day"), F("evidence_reaches"), Value(FAR_FUTURE, output_field=models.DateField())),
        output_field=models.DateField(),
        db_persist=True,
    )

    objects = RightQuerySet.as_manager()

    class Meta:
        verbose_name = _("right")
        verbose_name_plural = _("rights")
        ordering = ["competition", "broadcaster", "first_day"]
        constraints = [
            window_in_order("right_window_in_order"),
            end_or_reach("right_end_or_reach"),
            one_of("kind", RightKind, "right_kind_known"),
            one_of("scope", Scope, "right_scope_known"),
            one_of("matches_unit", Unit, "right_unit_known", may_be_empty=True),
            one_of("exclusivity", Exclusivity, "right_exclusivity_known"),
            one_of("access", Access, "right_access_known"),
            one_of("claimed_confidence", Confidence, "right_claim_known"),
            one_of("confidence", Confidence, "right_confidence_known"),
            models.CheckConstraint(
                condition=Q(matches__isnull=True) | Q(matches_of__isnull=True) | Q(matches__lte=F("matches_of")),
                name="right_matches_not_more_than_all",
                violation_error_message=_("More matches than there are."),
            ),
            models.CheckConstraint(
                condition=~Q(is_published=True, withdrawn_at__isnull=False),
                name="right_withdrawn_is_not_published",
                violation_error_message=_("A withdrawn right is not published."),
            ),
            models.CheckConstraint(
                condition=~Q(part="", excludes_others=True),
                name="right_excludes_within_a_part",
                violation_error_message=_("Only a right to a part excludes others."),
            ),
            models.UniqueConstraint(fields=["id", *COPIED_COLUMNS], name="right_copied_columns"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def next_check_due(self) -> dt.date | None:
        return self.verified_on + CHECK_INTERVAL if self.verified_on else None


class RightCountry(models.Model):
    """One country of a right, with copies of what the overlap guard and the lookups compare."""

    right = models.ForeignKey(Right, models.CASCADE, related_name="right_countries", verbose_name=_("right"))
    country = models.ForeignKey(Country, models.PROTECT, related_name="right_countries", verbose_name=_("country"))
    competition = models.ForeignKey(
        Competition, models.PROTECT, related_name="+", verbose_name=_("competition"), editable=False
    )
    broadcaster = models.ForeignKey(
        Broadcaster, models.PROTECT, related_name="+", verbose_name=_("broadcaster"), editable=False, db_index=False
    )
    part = models.CharField(_("part"), max_length=200, blank=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, editable=False)
    package = models.CharField(_("package"), max_length=40, blank=True, editable=False)
    is_published = models.BooleanField(_("published"), editable=False)
    from_day = models.DateField(_("from"), editable=False)
    to_day = models.DateField(_("to"), editable=False)

    objects = RightCountryQuerySet.as_manager()

    class Meta:
        verbose_name = _("country of a right")
        verbose_name_plural = _("countries of rights")
        constraints = [
            models.UniqueConstraint(fields=["right", "country"], name="right_country_once"),
            CopiedFrom(name="right_country_follows_right", key="right", columns=COPIED_COLUMNS),
            NoOverlap(
                name="right_windows_apart",
                group=("competition", "broadcaster", "part", "kind", "package", "country"),
                first="from_day",
                last="to_day",
                condition=Q(is_published=True),
            ),
        ]
        indexes = [
            models.Index(fields=["country", "competition", "is_published", "to_day"], name="right_country_lookup"),
            # For the overlap guard, and in place of an index on the broadcaster alone.
            models.Index(fields=["broadcaster", "competition", "country"], name="right_country_neighbours"),
        ]

    def __str__(self) -> str:
        return f"{self.right_id}, {self.country_id}"


class FindingKind(models.TextChoices):
    NONE = "none", _("checked: nobody holds it")
    UNANNOUNCED = "unannounced", _("sold or on sale, broadcaster not named")


class Finding(PublicModel):
    """What we know where there is no right."""

    key = models.CharField(
        _("key"),
        max_length=160,
        unique=True,
        validators=[validate_slug],
        help_text=_("Never changes. Left empty, it is made from competition, kind and first year."),
    )
    competition = models.ForeignKey(Competition, models.PROTECT, related_name="findings", verbose_name=_("competition"))
    kind = models.CharField(
        _("kind"), max_length=12, choices=FindingKind, help_text=_("It decides the answer where no right does.")
    )
    countries = models.ManyToManyField(
        Country, through="FindingCountry", related_name="findings", verbose_name=_("countries")
    )
    first_day = models.DateField(
        _("first day"), null=True, blank=True, help_text=_("Empty where it is not known: then it counts as begun.")
    )
    last_day = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Included. Empty where it is not known.")
    )
    evidence_reaches = models.DateField(
        _("evidence reaches"),
        null=True,
        blank=True,
        help_text=_("Where the last day is not known: the end of the season of which the evidence speaks."),
    )
    note = models.TextField(_("note"), blank=True, help_text=_("Public: for editors and careful readers."))

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["competition", "key"]
        constraints = [
            window_in_order("finding_window_in_order"),
            end_or_reach("finding_end_or_reach"),
            one_of("kind", FindingKind, "finding_kind_known"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def to_day(self) -> dt.date:
        """The last day about which it speaks."""
        return self.last_day or self.evidence_reaches or FAR_FUTURE


class FindingCountry(models.Model):
    finding = models.ForeignKey(Finding, models.CASCADE, related_name="finding_countries", verbose_name=_("finding"))
    country = models.ForeignKey(Country, models.PROTECT, related_name="finding_countries", verbose_name=_("country"))

    objects = FindingCountryQuerySet.as_manager()

    class Meta:
        verbose_name = _("country of a finding")
        verbose_name_plural = _("countries of findings")
        constraints = [models.UniqueConstraint(fields=["finding", "country"], name="finding_country_once")]

    def __str__(self) -> str:
        return f"{self.finding_id}, {self.country_id}"


class Evidence(EvidencePage):
    """A page behind one right, finding or blackout."""

    right = models.ForeignKey(
        Right, models.CASCADE, null=True, blank=True, related_name="evidence", verbose_name=_("right")
    )
    finding = models.ForeignKey(
        Finding, models.CASCADE, null=True, blank=True, related_name="evidence", verbose_name=_("finding")
    )
    blackout = models.ForeignKey(
        Blackout, models.CASCADE, null=True, blank=True, related_name="evidence", verbose_name=_("blackout")
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta(EvidencePage.Meta):
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            one_of("kind", EvidenceKind, "evidence_kind_known"),
            models.CheckConstraint(
                condition=Q(right__isnull=False, finding__isnull=True, blackout__isnull=True)
                | Q(right__isnull=True, finding__isnull=False, blackout__isnull=True)
                | Q(right__isnull=True, finding__isnull=True, blackout__isnull=False),
                name="evidence_of_one_thing",
                violation_error_message=_("Evidence belongs to one right, finding or blackout."),
            ),
        ]
