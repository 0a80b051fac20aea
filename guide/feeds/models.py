"""Where data come from, each refresh of it, what could not be used, and what waits for an editor."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from broadcasters.models import Service
from guide.feeds.adapters.base import Kind
from guide.feeds.querysets import FeedQuerySet, RunQuerySet
from guide.publication.models import one_of, validate_slug

LONGEST_ADDRESS = 2000
LONGEST_CHANNEL = 200


class FeedKind(models.TextChoices):
    RIGHTS = Kind.RIGHTS.value, _("rights")
    CLAIMS = Kind.CLAIMS.value, _("claims")
    CHANNELS = Kind.CHANNELS.value, _("channels")
    FIXTURES = Kind.FIXTURES.value, _("fixtures")
    PROGRAMMES = Kind.PROGRAMMES.value, _("programmes")
    BUNDLED = "bundled", _("bundled data")


class Feed(models.Model):
    """One address that is read again and again. What it has brought so far stands in its runs, not here."""

    slug = models.SlugField(
        _("slug"), max_length=50, unique=True, validators=[validate_slug], help_text=_("Never changes.")
    )
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=FeedKind)
    adapter = models.CharField(
        _("adapter"), max_length=40, blank=True, help_text=_("The format that the address answers with.")
    )
    address = models.CharField(
        _("address"), max_length=LONGEST_ADDRESS, help_text=_("https://…; bundled: for the data of this installation.")
    )
    options = models.JSONField(
        _("options"),
        default=dict,
        blank=True,
        help_text=_("What the document does not say itself: {“competition”: “ligue-1”, “season”: “2026-27”}."),
    )
    zone = models.CharField(
        _("time zone"), max_length=40, blank=True, help_text=_("Of times without a zone. Europe/Rome, for example.")
    )
    is_on = models.BooleanField(_("on"), default=False, help_text=_("Only a feed that is on is refreshed by itself."))
    interval = models.DurationField(
        _("interval"), default=dt.timedelta(days=1), help_text=_("Between two refreshes. 06:00:00 is six hours.")
    )
    is_trusted = models.BooleanField(
        _("trusted"),
        default=False,
        help_text=_(
            "Of a feed of rights: what it says is published. Otherwise it becomes proposals for an editor. "
            "Fixtures are published in any case, claims in none."
        ),
    )

    publisher = models.CharField(_("publisher"), max_length=200, blank=True, help_text=_("Who answers for the data."))
    licence = models.CharField(_("licence"), max_length=100, blank=True)
    attribution = models.CharField(_("attribution"), max_length=300, blank=True)

    most_bytes = models.PositiveIntegerField(_("most bytes"), default=20_000_000, help_text=_("Of a decoded document."))
    most_records = models.PositiveIntegerField(_("most records"), default=200_000)
    gone_percent = models.PositiveSmallIntegerField(
        _("most gone, in percent"),
        default=10,
        validators=[MaxValueValidator(100)],
        help_text=_("A document that withdraws a larger share of what stands is held."),
    )
    gone_least = models.PositiveIntegerField(
        _("gone that never matter"), default=5, help_text=_("Up to so many may go, whatever share they are.")
    )
    rejected_percent = models.PositiveSmallIntegerField(
        _("most rejected, in percent"),
        default=5,
        validators=[MaxValueValidator(100)],
        help_text=_("A document of which a larger share cannot be used is held: its form has changed."),
    )
    newest_days = models.PositiveIntegerField(
        _("newest record, in days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("A document whose newest record lies further back is held as stale. Empty: no such check."),
    )

    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("feed")
        verbose_name_plural = _("feeds")
        ordering = ["slug"]
        constraints = [
            one_of("kind", FeedKind, "feed_kind_known"),
            models.CheckConstraint(
                condition=Q(interval__gte=dt.timedelta(minutes=1)),
                name="feed_interval_positive",
                violation_error_message=_("The interval is a minute at least."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def origin(self) -> str:
        """What the rows that it keeps name as where they come from."""
        return f"feed:{self.slug}"

    @property
    def zone_info(self) -> ZoneInfo | None:
        return ZoneInfo(self.zone) if self.zone else None

    def option(self, name: str) -> str:
        options: Mapping[str, Any] = self.options
        return str(options.get(name, ""))


class Verdict(models.TextChoices):
    OPEN = "open", _("running")
    APPLIED = "applied", _("applied")
    UNCHANGED = "unchanged", _("unchanged")
    HELD = "held", _("held")
    FAILED = "failed", _("failed")
    DROPPED = "dropped", _("dropped")


GOOD = (Verdict.APPLIED, Verdict.UNCHANGED)
"""Verdicts of runs after which the guide says what the feed says."""


class Trigger(models.TextChoices):
    SCHEDULE = "schedule", _("schedule")
    PERSON = "person", _("person")


class Run(models.Model):
    """One refresh of a feed. While it is open it is the lock: no second one of the same feed can be.

    ``read`` = ``created`` + ``changed`` + ``unchanged`` + ``kept`` + ``proposed`` + ``rejected`` for every run that was
    applied; what the feed no longer names counts as ``gone`` beside them.
    """

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="runs", verbose_name=_("feed"))
    trigger = models.CharField(_("trigger"), max_length=10, choices=Trigger, default=Trigger.SCHEDULE)
    started_at = models.DateTimeField(_("started at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    next_at = models.DateTimeField(
        _("next at"), null=True, blank=True, help_text=_("When the feed is due again, as this run saw it.")
    )
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict, default=Verdict.OPEN)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    message = models.TextField(_("message"), blank=True)

    snapshot = models.ForeignKey(
        "Snapshot", models.SET_NULL, null=True, blank=True, related_name="runs", verbose_name=_("document")
    )
    adapter_version = models.PositiveSmallIntegerField(_("version of the adapter"), default=0)
    final_address = models.CharField(_("final address"), max_length=LONGEST_ADDRESS, blank=True)
    etag = models.CharField(_("ETag"), max_length=500, blank=True)
    last_modified = models.CharField(_("last modified"), max_length=100, blank=True)
    bytes_wire = models.PositiveBigIntegerField(_("bytes sent"), default=0)
    bytes_decoded = models.PositiveBigIntegerField(_("bytes decoded"), default=0)

    read = models.PositiveIntegerField(_("read"), default=0)
    created = models.PositiveIntegerField(_("created"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    kept = models.PositiveIntegerField(
        _("kept"), default=0, help_text=_("An editor has locked what the document would have changed.")
    )
    proposed = models.PositiveIntegerField(_("proposed"), default=0)
    rejected = models.PositiveIntegerField(_("rejected"), default=0)
    gone = models.PositiveIntegerField(_("gone"), default=0)
    newest_day = models.DateField(_("newest day"), null=True, blank=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        ordering = ["-started_at", "-id"]
        indexes = [models.Index(fields=["feed", "-id"], name="run_of_feed")]
        constraints = [
            one_of("verdict", Verdict, "run_verdict_known"),
            models.UniqueConstraint(
                fields=["feed"],
                condition=Q(verdict="open"),
                name="run_one_open_a_feed",
                violation_error_message=_("This feed is being refreshed already."),
            ),
            models.CheckConstraint(
                condition=~Q(verdict="applied")
                | Q(
                    read=F("created") + F("changed") + F("unchanged") + F("kept") + F("proposed") + F("rejected"),
                ),
                name="run_nothing_lost",
                violation_error_message=_("The counts do not add up: a record was lost."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.feed_id}, {self.started_at:%Y-%m-%d %H:%M}, {self.verdict}"

    @property
    def seconds(self) -> float | None:
        return (self.ended_at - self.started_at).total_seconds() if self.ended_at else None


class Snapshot(models.Model):
    """A document as it came, compressed, so that any run can be looked at and done again."""

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="snapshots", verbose_name=_("feed"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, help_text=_("Of the decoded document."))
    body = models.BinaryField(_("body"))
    size = models.PositiveBigIntegerField(_("bytes"))
    fetched_at = models.DateTimeField(_("fetched at"))

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [models.UniqueConstraint(fields=["feed", "sha256"], name="snapshot_once_a_feed")]

    def __str__(self) -> str:
        return self.sha256[:12]


class Rejection(models.Model):
    """A record that could not be used, for an editor to mend: an alias heals an unknown name."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="rejections", verbose_name=_("run"))
    code = models.CharField(_("code"), max_length=30, db_index=True)
    position = models.CharField(_("position"), max_length=100)
    message = models.TextField(_("message"))
    raw = models.JSONField(_("as given"), null=True)

    class Meta:
        verbose_name = _("rejection")
        verbose_name_plural = _("rejections")
        ordering = ["-run", "id"]

    def __str__(self) -> str:
        return f"{self.position}: {self.message}"


class GuideChannel(models.Model):
    """A channel of a programme guide on which something of ours was shown, and which service of ours it is."""

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="channels", verbose_name=_("feed"))
    channel = models.CharField(_("channel"), max_length=LONGEST_CHANNEL, help_text=_("As the guide calls it."))
    service = models.ForeignKey(
        Service,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="guide_channels",
        verbose_name=_("service"),
        help_text=_("Empty: nobody has said yet. Until then the channel lists nothing."),
    )
    is_ignored = models.BooleanField(
        _("ignored"), default=False, help_text=_("It is no service of ours, and nobody needs to look again.")
    )
    programmes = models.PositiveIntegerField(
        _("programmes"), default=0, help_text=_("Of ours, in the guide's last document that showed any.")
    )
    example = models.CharField(_("example"), max_length=200, blank=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta:
        verbose_name = _("channel of a guide")
        verbose_name_plural = _("channels of guides")
        ordering = ["feed", "channel"]
        constraints = [models.UniqueConstraint(fields=["feed", "channel"], name="guide_channel_once")]

    def __str__(self) -> str:
        return f"{self.feed_id}, {self.channel}"


class Decision(models.TextChoices):
    OPEN = "open", _("waits")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    OUTDATED = "outdated", _("outdated")


class Proposal(models.Model):
    """A change that waits for an editor: one row of one table, before and after.

    A feed has one proposal a subject. A refused one stays refused until the feed says something else.
    """

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="proposals", verbose_name=_("feed"))
    run = models.ForeignKey(Run, models.SET_NULL, null=True, related_name="proposals", verbose_name=_("run"))
    table = models.CharField(_("table"), max_length=40)
    key = models.CharField(_("key"), max_length=200)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"))
    claims = models.JSONField(_("as given"), default=list, help_text=_("What the document says, word for word."))
    note = models.TextField(_("note"), blank=True, help_text=_("What speaks for it and against it."))
    decision = models.CharField(_("decision"), max_length=10, choices=Decision, default=Decision.OPEN)
    decided_by = models.CharField(_("decided by"), max_length=150, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-id"]
        constraints = [
            one_of("decision", Decision, "proposal_decision_known"),
            models.UniqueConstraint(fields=["feed", "table", "key"], name="proposal_one_a_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"
