"""The shape of an answer."""

from rest_framework import serializers

from guide.api.serializers.shape import Shape, SourceSerializer
from guide.rights.answer import LapseReason, Reason, State
from guide.rights.models import Access, Confidence, Exclusivity, RightKind, Scope, Unit


class PartySerializer(Shape):
    slug = serializers.CharField()
    name = serializers.CharField()
    url = serializers.CharField(allow_null=True)


class ServiceLinkSerializer(Shape):
    slug = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.CharField()
    url = serializers.CharField(allow_null=True)
    operators = serializers.ListField(
        child=serializers.CharField(),
        help_text="Operators whose boxes carry it in this country; empty: none is recorded.",
    )


class CoverageSerializer(Shape):
    scope = serializers.ChoiceField(choices=Scope.values)
    matches = serializers.IntegerField(allow_null=True)
    of = serializers.IntegerField(allow_null=True)
    unit = serializers.ChoiceField(choices=Unit.values, allow_null=True)
    note = serializers.CharField(allow_null=True)


class PriceSerializer(Shape):
    amount = serializers.DecimalField(max_digits=9, decimal_places=2)
    currency = serializers.CharField(help_text="ISO 4217")
    period = serializers.CharField()
    commitment_months = serializers.IntegerField(allow_null=True)
    plans = serializers.ListField(child=serializers.CharField(), help_text="What must be bought, the base last.")
    as_of = serializers.CharField(allow_null=True, help_text="Date of the oldest source: a day, a month or a year.")


class OptionSerializer(Shape):
    right = serializers.CharField()
    rank = serializers.IntegerField()
    rank_reason = serializers.CharField()
    rule = serializers.CharField(help_text="The kind of row that decided.")
    broadcaster = PartySerializer()
    services = ServiceLinkSerializer(many=True)
    kind = serializers.ChoiceField(choices=RightKind.values)
    package = serializers.CharField(allow_null=True)
    access = serializers.ChoiceField(choices=Access.values)
    exclusivity = serializers.ChoiceField(choices=Exclusivity.values)
    coverage = CoverageSerializer()
    languages = serializers.ListField(child=serializers.CharField())
    price_from = PriceSerializer(allow_null=True)
    first_day = serializers.DateField(allow_null=True)
    last_day = serializers.DateField(allow_null=True)
    evidence_reaches = serializers.DateField(allow_null=True)
    confidence = serializers.ChoiceField(choices=Confidence.values)
    verified_on = serializers.DateField(allow_null=True)
    next_check_due = serializers.DateField(allow_null=True)
    evidence = SourceSerializer(many=True)


class LastKnownSerializer(Shape):
    right = serializers.CharField()
    broadcaster = PartySerializer()
    season = serializers.CharField(allow_null=True)
    last_day = serializers.DateField(allow_null=True)
    evidence_reaches = serializers.DateField(allow_null=True)
    reason = serializers.ChoiceField(choices=[reason.value for reason in LapseReason])
    evidence = SourceSerializer(many=True)


class UpcomingSerializer(Shape):
    right = serializers.CharField()
    broadcaster = PartySerializer()
    day = serializers.DateField()
    season = serializers.CharField(allow_null=True)
    last_day = serializers.DateField(allow_null=True)
    access = serializers.ChoiceField(choices=Access.values)
    package = serializers.CharField(allow_null=True)
    is_renewal = serializers.BooleanField()
    confidence = serializers.ChoiceField(choices=Confidence.values)
    evidence = SourceSerializer(many=True)


class FindingSerializer(Shape):
    kind = serializers.CharField()
    first_day = serializers.DateField(allow_null=True)
    last_day = serializers.DateField(allow_null=True)
    evidence_reaches = serializers.DateField(allow_null=True)
    note = serializers.CharField(allow_null=True)
    evidence = SourceSerializer(many=True)


class BlockSerializer(Shape):
    basis = serializers.CharField()
    until = serializers.DateTimeField()
    evidence = SourceSerializer(many=True)


class EchoSerializer(Shape):
    """The question as it was understood."""

    competition = serializers.CharField()
    country = serializers.CharField()
    country_as_given = serializers.CharField(
        allow_null=True, help_text="Set where another code was read as this country: UK for GB."
    )
    on = serializers.CharField(help_text="A day, or the instant asked for.")
    lang = serializers.CharField()


class SubjectSerializer(Shape):
    slug = serializers.CharField()
    name = serializers.CharField()
    sport = serializers.CharField()


class PlaceSerializer(Shape):
    code = serializers.CharField()
    name = serializers.CharField()


class PortabilitySerializer(Shape):
    """Regulation 2017/1128: paid services go along on a short stay inside the European Union."""

    eu_2017_1128 = serializers.BooleanField(help_text="The country is a member state.")
    home_country = serializers.CharField(allow_null=True, help_text="The country that was told to be home.")
    taken_along = OptionSerializer(
        many=True,
        help_text="Paid options of the home country, which a subscriber may use here as well.",
    )


class LinksSerializer(Shape):
    self = serializers.CharField()
    html = serializers.CharField()


class AnswerSerializer(Shape):
    query = EchoSerializer()
    state = serializers.ChoiceField(choices=[state.value for state in State])
    state_reason = serializers.ChoiceField(choices=[reason.value for reason in Reason], allow_null=True)
    competition = SubjectSerializer()
    country = PlaceSerializer()
    season = serializers.CharField(allow_null=True)
    resumes_on = serializers.DateField(allow_null=True)
    options = OptionSerializer(many=True)
    last_known = LastKnownSerializer(many=True)
    upcoming_changes = UpcomingSerializer(many=True, source="upcoming")
    finding = FindingSerializer(allow_null=True)
    block = BlockSerializer(allow_null=True)
    portability = PortabilitySerializer()
    links = LinksSerializer()


class LookupSerializer(Shape):
    results = AnswerSerializer(many=True)
