"""Enforcement actions: who acted, when, and which competitions the closed service offered."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _

from broadcasters.models import Country
from competitions.models import Competition
from guide.closures.querysets import ClosureQuerySet
from guide.publication.models import EvidenceKind, EvidencePage, PartialDateField, PublicModel, one_of, validate_slug


class Closure(PublicModel):
    """One action against an illegal service or a group of them."""

    slug = models.CharField(
        _("slug"),
        max_length=80,
        unique=True,
        validators=[validate_slug],
        help_text=_("Never changes once it is saved. Never the address of the service."),
    )
    name = models.CharField(
        _("name"), max_length=160, help_text=_("As the press calls the service or the operation. Never an address.")
    )
    kind = models.CharField(
        _("kind"),
        max_length=40,
        validators=[validate_slug],
        help_text=_("A word such as site-shutdown, arrest, settlement, blocking-programme."),
    )
    announced_on = PartialDateField(_("announced on"), help_text=_("YYYY-MM-DD, YYYY-MM or YYYY."))
    authority = models.CharField(
        _("authority"), max_length=200, blank=True, help_text=_("Who acted; others who took part are partners.")
    )
    countries = models.ManyToManyField(
        Country,
        blank=True,
        related_name="closures",
        verbose_name=_("countries"),
        help_text=_("Where it was used or acted against."),
    )
    operator_country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("where it was run")
    )
    domains_count = models.PositiveBigIntegerField(_("domains"), null=True, blank=True)
    visits_count = models.PositiveBigIntegerField(_("visits"), null=True, blank=True)
    visits_period = models.CharField(
        _("period of the visits"), max_length=60, blank=True, help_text=_("A year, a month, 2024-01 to 2024-08.")
    )
    share_note = models.TextField(
        _("audience"), blank=True, help_text=_("Where its visitors came from, as the source says.")
    )
    competitions = models.ManyToManyField(
        Competition,
        blank=True,
        related_name="closures",
        verbose_name=_("competitions"),
        help_text=_(
            "Those of what it offered that the guide knows: its former visitors are led to the answers about them."
        ),
    )
    outcome = models.TextField(
        _("outcome"), blank=True, help_text=_("What came of it: taken down, arrests, a settlement.")
    )
    note = models.TextField(_("note"), blank=True, help_text=_("Public: for editors and careful readers."))

    objects = ClosureQuerySet.as_manager()

    class Meta:
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        ordering = ["-announced_on", "slug"]

    def __str__(self) -> str:
        return self.name

    def offered_besides(self) -> list[str]:
        """What was offered beyond the competitions of the guide, in the source's words and order.

        A source that says “UEFA Euro 2024” speaks of the UEFA Euro; one that says “tennis” names no competition.
        """
        names = {competition.name for competition in self.competitions.all()}
        return [row.text for row in self.offered.all() if re.sub(r" \d{4}$", "", row.text) not in names]


class ClosureText(models.Model):
    """One item of an ordered list in the source's words."""

    position = models.PositiveSmallIntegerField(_("position"), default=0)
    text = models.CharField(_("text"), max_length=200)

    class Meta:
        abstract = True
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.text


class ClosurePartner(ClosureText):
    closure = models.ForeignKey(Closure, models.CASCADE, related_name="partners", verbose_name=_("closure"))

    class Meta(ClosureText.Meta):
        verbose_name = _("partner of a closure")
        verbose_name_plural = _("partners of closures")


class ClosureOffering(ClosureText):
    """What the closed service showed, as the source says it: also what the guide does not follow."""

    closure = models.ForeignKey(Closure, models.CASCADE, related_name="offered", verbose_name=_("closure"))

    class Meta(ClosureText.Meta):
        verbose_name = _("offering of a closed service")
        verbose_name_plural = _("offerings of closed services")


class ClosureEvidence(EvidencePage):
    closure = models.ForeignKey(Closure, models.CASCADE, related_name="evidence", verbose_name=_("closure"))

    class Meta(EvidencePage.Meta):
        verbose_name = _("evidence of a closure")
        verbose_name_plural = _("evidence of closures")
        constraints = [one_of("kind", EvidenceKind, "closure_evidence_kind_known")]
