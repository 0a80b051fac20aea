"""What is public, and the log of how it came to be so.

Every row that the public can see is a :class:`PublicModel`, and is written only inside
:func:`guide.publication.publish.publish`.
"""

import datetime as dt
from typing import Any, Self, TypeVar

from django import forms
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guide.publication.records import PARTIAL_DATE, SLUG

validate_slug = RegexValidator(rf"^(?:{SLUG.pattern})\Z", _("Use lower-case letters, digits and single hyphens."))


class PartialDateField(models.CharField[str, str]):
    """A date of which only the year, or the year and the month, may be known: ``2025``, ``2025-07``, ``2025-07-03``
    or empty.
    """

    description = _("Date, possibly without day or month")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)
        self.validators.append(
            RegexValidator(rf"^(?:{PARTIAL_DATE.pattern})\Z", _("Write YYYY-MM-DD, YYYY-MM or YYYY."))
        )


class TagListFormField(forms.CharField):
    def prepare_value(self, value: Any) -> Any:
        return "; ".join(value) if isinstance(value, tuple) else value


class TagListField(models.CharField[tuple[str, ...], tuple[str, ...]]):
    """A short list of tags in one column, stored as ``;it;en;`` so that ``contains=";it;"`` finds whole tags only."""

    description = _("List of tags")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 120)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", ())
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *_args: Any) -> tuple[str, ...]:
        return self.to_python(value)

    def to_python(self, value: Any) -> tuple[str, ...]:
        if not value:
            return ()
        parts = value.replace(",", ";").split(";") if isinstance(value, str) else value
        return tuple(part.strip() for part in parts if part.strip())

    def get_prep_value(self, value: Any) -> str:
        tags = self.to_python(value)
        return f";{';'.join(tags)};" if tags else ""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": TagListFormField, **kwargs})

    def value_from_object(self, obj: models.Model) -> Any:
        """As a form shows it and reads it: ``it; en``."""
        return "; ".join(self.to_python(super().value_from_object(obj)))

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))


def window_in_order(name: str) -> models.CheckConstraint:
    """The rule of every window: both days are included, either may be unknown, the last never lies before the first."""
    return models.CheckConstraint(
        condition=Q(first_day__isnull=True) | Q(last_day__isnull=True) | Q(last_day__gte=models.F("first_day")),
        name=name,
        violation_error_message=_("The last day lies before the first day."),
    )


def one_of(
    field: str, choices: type[models.TextChoices], name: str, *, may_be_empty: bool = False
) -> models.CheckConstraint:
    """``choices`` on a field bind forms only; this binds the database."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [*choices.values, ""] if may_be_empty else choices.values}),
        name=name,
        violation_error_message=_("This is not one of the known values."),
    )


M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class PublicQuerySet(models.QuerySet[M_co]):
    def standing(self) -> Self:
        """Rows that have not been withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class PublicModel(models.Model):
    """A row that the public may see. It is withdrawn rather than deleted: editors ask why something has gone."""

    origin = models.CharField(
        _("origin"),
        max_length=60,
        default="editor",
        editable=False,
        help_text=_(
            "Who keeps this row: an editor, the bundled data or a feed. A refresh withdraws only rows of its own."
        ),
    )
    is_locked = models.BooleanField(
        _("locked"),
        default=False,
        help_text=_("A refresh leaves the whole row as it is."),
    )
    locked_fields = TagListField(
        _("locked fields"),
        max_length=500,
        help_text=_("A refresh leaves these fields as they are. A change by hand locks what it changes."),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True, db_index=True)

    class Meta:
        abstract = True


class EvidenceKind(models.TextChoices):
    OFFICIAL = "official", _("official")
    PRESS = "press", _("press")
    LIST = "list", _("list")
    LISTING = "listing", _("listing")


class EvidencePage(models.Model):
    """A page that states a fact.

    ``published_on`` is as exact as the page is; ``seen_on`` stays empty until somebody has looked.
    """

    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("The newest page has the lowest number.")
    )
    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=EvidenceKind,
        help_text=_(
            "Official: a party of the deal. List: a table of who shows what. Listing: a programme guide that showed it."
        ),
    )
    publisher = models.CharField(_("publisher"), max_length=200, blank=True, help_text=_("Whose page it is."))
    title = models.CharField(_("title"), max_length=500, blank=True)
    url = models.URLField(_("address"), max_length=2000)
    published_on = PartialDateField(_("published on"), help_text=_("The page’s own date: YYYY-MM-DD, YYYY-MM or YYYY."))
    seen_on = models.DateField(
        _("seen on"), null=True, blank=True, help_text=_("The day on which one of us looked. Empty until someone has.")
    )

    class Meta:
        abstract = True
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}"


class Revision(models.Model):
    """The counter of the public state: one row, raised whenever a transaction changes what the public sees."""

    number = models.PositiveBigIntegerField(_("number"), default=0)
    changed_at = models.DateTimeField(_("changed at"))
    unlocked_at = models.DateTimeField(
        _("unlocked at"), null=True, help_text=_("When an editor last took a lock off, which changes nothing public.")
    )

    class Meta:
        verbose_name = _("revision")
        constraints = [
            models.CheckConstraint(
                condition=Q(id=1), name="revision_is_one_row", violation_error_message=_("There is one revision only.")
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


class ChangeQuerySet(models.QuerySet["Change"]):
    def about(self, table: str, key: str) -> Self:
        return self.filter(table=table, key=key)

    def since(self, revision: int) -> Self:
        """Changes after a revision, in the order in which they became public."""
        return self.filter(revision__gt=revision).order_by("revision", "id")


class Action(models.TextChoices):
    CREATED = "created", _("created")
    CHANGED = "changed", _("changed")
    WITHDRAWN = "withdrawn", _("withdrawn")
    RESTORED = "restored", _("restored")
    DELETED = "deleted", _("deleted")
    STARTED = "started", _("started")
    ENDED = "ended", _("ended")
    EXPIRING = "expiring", _("expiring")


class Change(models.Model):
    """One entry of the public change log.

    ``before`` and ``after`` are the record as JSON, null where there was or is none.
    """

    revision = models.PositiveBigIntegerField(_("revision"), db_index=True)
    changed_at = models.DateTimeField(_("changed at"))
    actor = models.CharField(_("actor"), max_length=150)
    reason = models.CharField(_("reason"), max_length=500)
    action = models.CharField(_("action"), max_length=10, choices=Action)
    table = models.CharField(_("table"), max_length=40)
    key = models.CharField(_("key"), max_length=200)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-revision", "-id"]
        indexes = [models.Index(fields=["table", "key"], name="change_subject")]
        constraints = [one_of("action", Action, "change_action_known")]

    def __str__(self) -> str:
        return f"{self.table} {self.key}: {self.action}"


FAR_PAST = dt.date.min
"""Stands for “begun, nobody knows when” where a column needs a day."""
FAR_FUTURE = dt.date.max
"""Stands for “no end” where a column needs a day."""
