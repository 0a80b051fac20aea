"""Shapes of the core record and of closures, with the pages behind them."""

from rest_framework import serializers

from guide.api.serializers.history import WithHistory
from guide.api.serializers.shape import (
    AddressField,
    ListOf,
    LocalNamedSerializer,
    NamedSerializer,
    OrderedTexts,
    Shape,
    SourceSerializer,
    TextField,
)
from guide.rights.models import Access, Confidence, Exclusivity, RightKind, Scope, Unit


class RightCoverageSerializer(Shape):
    """How much is shown: ``matches`` of ``of`` a ``unit``, each null where the sources do not count."""

    scope = serializers.ChoiceField(choices=Scope.values)
    matches = serializers.IntegerField(allow_null=True)
    of = serializers.IntegerField(source="matches_of", allow_null=True)
    unit = TextField(source="matches_unit", help_text=f"One of: {', '.join(Unit.values)}.")
    note = TextField(source="coverage_note")


class RightLinks(Shape):
    self = AddressField("/api/v1/rights/{row.public_id}")


class RightSerializer(Shape):
    id = serializers.CharField(source="public_id")
    competition = LocalNamedSerializer()
    broadcaster = NamedSerializer()
    kind = serializers.ChoiceField(choices=RightKind.values)
    package = TextField(help_text="Tells apart what one holder shows side by side. Null as a rule.")
    countries = ListOf("country_id", source="right_countries")
    services = ListOf("slug")
    first_day = serializers.DateField(allow_null=True, help_text="Null: begun, the day is not known.")
    last_day = serializers.DateField(allow_null=True, help_text="Included. Null: not known.")
    evidence_reaches = serializers.DateField(
        allow_null=True, help_text="Where the last day is not known: how far the evidence speaks."
    )
    coverage = RightCoverageSerializer(source="*")
    exclusivity = serializers.ChoiceField(choices=Exclusivity.values)
    access = serializers.ChoiceField(choices=Access.values)
    languages = serializers.ListField(child=serializers.CharField(), help_text="Of the commentary, BCP 47.")
    confidence = serializers.ChoiceField(choices=Confidence.values, help_text="What the evidence supports.")
    verified_on = serializers.DateField(allow_null=True)
    next_check_due = serializers.DateField(allow_null=True)
    note = TextField()
    evidence = SourceSerializer(many=True)
    updated_at = serializers.DateTimeField()
    links = RightLinks(source="*")


class RightDetailSerializer(RightSerializer, WithHistory):
    pass


class ClosureLinks(Shape):
    self = AddressField("/api/v1/closures/{row.slug}")
    html = AddressField("/{lang}/closures/{row.slug}/")


class ClosureSerializer(Shape):
    slug = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.CharField()
    announced_on = TextField(help_text="A day, a month or a year, as known.")
    authority = TextField()
    partners = OrderedTexts()
    countries = ListOf("code", help_text="Where it was used or acted against.")
    operator_country = serializers.CharField(source="operator_country_id", allow_null=True)
    domains_count = serializers.IntegerField(allow_null=True)
    visits_count = serializers.IntegerField(allow_null=True)
    visits_period = TextField()
    share_note = TextField(help_text="About its audience, in words.")
    offered = OrderedTexts(help_text="What it showed, in the words of the source.")
    competitions = LocalNamedSerializer(many=True, help_text="Those of them that the guide follows.")
    outcome = TextField()
    note = TextField()
    evidence = SourceSerializer(many=True)
    updated_at = serializers.DateTimeField()
    links = ClosureLinks(source="*")
