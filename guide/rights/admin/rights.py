"""Rights in the admin, with the public answer beside them."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from broadcasters.forms import CountryRowsForm
from guide.publication.admin import PublishedAdmin, WorkFilter
from guide.publication.reconcile import column_of
from guide.rights.admin.findings import EvidenceInline
from guide.rights.admin.places import codes, ends_soon, first_year
from guide.rights.admin.preview import answer_address, preview
from guide.rights.confidence import supported_confidence
from guide.rights.models import COPIED_COLUMNS, Right
from guide.rights.reconcile import RIGHTS, public_id


class RightForm(CountryRowsForm):
    class Meta:
        model = Right
        exclude = ()

    def made_key(self, data: dict[str, Any]) -> str:
        package = f"--{data['package']}" if data.get("package") else ""
        return f"{data['competition'].slug}--{data['broadcaster'].slug}--{first_year(data)}{package}"

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        # Not in the form, and needed by the model's own checks.
        self.instance.public_id = self.instance.public_id or public_id(data.get("key") or "")
        self.instance.confidence = self.instance.confidence or data.get("claimed_confidence", "")
        return data


class RightWork(WorkFilter):
    work = {
        "ends": ends_soon,
        "claims": (_("claims more than is on record"), lambda rows, day: rows.over_claimed()),
        "verified": (_("never verified"), lambda rows, day: rows.never_verified()),
        "evidence": (_("without evidence"), lambda rows, day: rows.without_evidence()),
    }


@admin.register(Right)
class RightAdmin(PublishedAdmin[Right]):
    table = RIGHTS
    form = RightForm
    list_display = (
        "right",
        "in_countries",
        "manner",
        "days",
        "confidence",
        "verified_on",
        "standing",
        "answer",
    )
    list_filter = (
        RightWork,
        "is_published",
        "kind",
        "access",
        "confidence",
        ("competition", admin.RelatedOnlyFieldListFilter),
        ("countries", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("competition", "broadcaster")
    search_fields = (
        "key",
        "=public_id",
        "competition__name",
        "competition__aliases__text",
        "broadcaster__name",
        "broadcaster__aliases__text",
        "=countries__code",
    )
    search_help_text = _("Key, public id, competition, broadcaster, alias, or a country code: “serie a it”.")
    date_hierarchy = "last_day"
    autocomplete_fields = ("competition", "broadcaster", "services")
    readonly_fields = (*PublishedAdmin.readonly_fields, "public_id", "confidence", "is_published", "public_answer")
    inlines = (EvidenceInline,)
    fieldsets = (
        (
            _("What"),
            {"fields": ("key", "competition", ("part", "excludes_others"), "broadcaster", ("kind", "package"))},
        ),
        (_("Where"), {"fields": ("in_countries", "group", "services")}),
        (_("When"), {"fields": (("first_day", "last_day", "evidence_reaches"),)}),
        (
            _("How much, and how to watch"),
            {
                "fields": (
                    "scope",
                    ("matches", "matches_of", "matches_unit"),
                    "coverage_note",
                    ("exclusivity", "access"),
                    "languages",
                )
            },
        ),
        (_("How sure"), {"fields": (("claimed_confidence", "confidence"), "verified_on", "note")}),
        (_("What the public sees"), {"fields": (("is_published", "public_id"), "public_answer")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Right]:
        return super().get_queryset(request).prefetch_related("right_countries")

    @admin.display(description=_("countries"))
    def in_countries(self, right: Right) -> str:
        return codes(place.country_id for place in right.right_countries.all())

    @admin.display(description=_("right"), ordering="competition__name")
    def right(self, right: Right) -> str:
        text = f"{right.competition.name}: {right.broadcaster.name}"
        return f"{text} ({right.package})" if right.package else text

    @admin.display(description=_("kind and access"), ordering="access")
    def manner(self, right: Right) -> str:
        return f"{right.get_kind_display()}, {right.get_access_display()}"

    @admin.display(description=_("days"), ordering="to_day")
    def days(self, right: Right) -> SafeString:
        first, last = right.first_day or "?", right.last_day or "?"
        days = format_html('<span class="nowrap">{} –</span> <span class="nowrap">{}</span>', first, last)
        if right.last_day:
            return days
        reach = format_html('<span class="nowrap">{}</span>', right.evidence_reaches)
        return format_html(gettext("{days}, known until {reach}"), days=days, reach=reach)

    @admin.display(description=_("standing"), ordering="is_published")
    def standing(self, right: Right) -> str:
        if right.withdrawn_at is None and not right.is_published:
            return gettext("no evidence, not published")
        return super().standing(right)

    @admin.display(description=_("answer"))
    def answer(self, right: Right) -> str | SafeString:
        places = right.right_countries.all()
        if not places or not right.is_published:
            return ""
        country = min(place.country_id for place in places)
        address = answer_address(right.competition.slug, country)
        return format_html('<a href="{}">{}</a>', address, country)

    @admin.display(description=_("answers now"))
    def public_answer(self, right: Right) -> str | SafeString:
        if right._state.adding:
            return gettext("Save it first.")
        return render_to_string("rights/preview.html", {"lines": preview(right)})

    def settle(self, form: Any) -> None:
        right: Right = form.instance
        columns = [column_of(Right, name) for name in COPIED_COLUMNS]
        evidence = list(right.evidence.all())
        right.confidence = supported_confidence(right.claimed_confidence, evidence)
        right.is_published = bool(evidence) and right.withdrawn_at is None
        right.save(update_fields=["confidence", "is_published"])
        # As the database has them: it computes some.
        copies = Right.objects.values(*columns).get(pk=right.pk)
        right.countries.set(form.cleaned_data["in_countries"], through_defaults=copies)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not form.instance.is_published and form.instance.withdrawn_at is None:
            text = gettext("The right is kept but not published: it has no page of evidence.")
            self.message_user(request, text, messages.WARNING)
