"""The shape of an answer."""

from rest_framework import serializers

from competitions.models import EventStatus, Precision
from guide.api.serializers.shape import Shape, SourceSerializer
from guide.rights.answer import LapseReason, Reason, Rule, Showing, State
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


class AiringSerializer(Shape):
    """An event as a programme guide, or a broadcaster, lists it on a service. Evidence for the event, never a right."""

    broadcaster = PartySerializer()
    service = ServiceLinkSerializer()
    kind = serializers.ChoiceField(choices=RightKind.values)
    starts_at = serializers.DateTimeField(allow_null=True, help_text="Of the programme, which may begin earlier.")
    ends_at = serializers.DateTimeField(allow_null=True)
    publisher = serializers.CharField()
    url = serializers.CharField(allow_null=True)
    seen_on = serializers.DateField()


class OnAirSerializer(Shape):
    """The last day, in the country, on which a programme guide had an event of the competition on the holder's air."""

    day = serializers.DateField()
    service = serializers.CharField(help_text="Its name.")
    publisher = serializers.CharField(help_text="Of the guide.")


class NotShowingSerializer(Shape):
    right = serializers.CharField()
    broadcaster = PartySerializer()
    rule = serializers.ChoiceField(choices=[rule.value for rule in Rule], help_text="What kind of part it may show.")
    part = serializers.CharField(allow_null=True)


class OptionSerializer(Shape):
    right = serializers.CharField()
    rank = serializers.IntegerField()
    rank_reason = serializers.CharField()
    rule = serializers.ChoiceField(choices=[rule.value for rule in Rule], help_text="The kind of row that decided.")
    part = serializers.CharField(
        allow_null=True, help_text="Key of the season, stage or event to which the right is bound. Null: to none."
    )
    showing = serializers.ChoiceField(
        choices=[showing.value for showing in Showing],
        allow_null=True,
        help_text="Of an event. certain: it is listed, or the right is one to all matches. possible: the right is one "
        "to a part of them. Null: no event was asked about.",
    )
    airings = AiringSerializer(many=True, help_text="Listings of the event by this broadcaster.")
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
    on_air = OnAirSerializer(
        allow_null=True, help_text="Null: no guide has shown it, or nobody looked. Never a reason for a right."
    )
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


class NextWaySerializer(Shape):
    """What comes next to seeing it live: who may show it later in full, else who may show highlights."""

    kind = serializers.ChoiceField(choices=[RightKind.DELAYED.value, RightKind.HIGHLIGHTS.value])
    broadcasters = PartySerializer(many=True)


class BlockSerializer(Shape):
    basis = serializers.CharField()
    until = serializers.DateTimeField()
    next_way = NextWaySerializer(allow_null=True, help_text="Null: no right but to show it live is on record.")
    evidence = SourceSerializer(many=True)


class EchoSerializer(Shape):
    """The question as it was understood."""

    competition = serializers.CharField()
    event = serializers.CharField(allow_null=True)
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


class EventInAnswerSerializer(Shape):
    """The event that was asked about; `/api/v1/events/{id}` says more."""

    id = serializers.CharField()
    name = serializers.CharField()
    starts_at = serializers.DateTimeField(allow_null=True)
    day = serializers.DateField(allow_null=True)
    precision = serializers.ChoiceField(choices=Precision.values)
    status = serializers.ChoiceField(choices=EventStatus.values)


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
    ics = serializers.CharField(help_text="Calendar of the competition as this country sees it, to subscribe to.")


class AnswerSerializer(Shape):
    query = EchoSerializer()
    state = serializers.ChoiceField(choices=[state.value for state in State])
    state_reason = serializers.ChoiceField(choices=[reason.value for reason in Reason], allow_null=True)
    competition = SubjectSerializer()
    event = EventInAnswerSerializer(allow_null=True)
    country = PlaceSerializer()
    season = serializers.CharField(allow_null=True)
    resumes_on = serializers.DateField(allow_null=True)
    options = OptionSerializer(many=True)
    airings = AiringSerializer(
        many=True, help_text="All listings of the event here, also of broadcasters of whom no right is on record."
    )
    not_showing = NotShowingSerializer(
        many=True, help_text="Of an event: who holds rights to the competition, and surely not to this."
    )
    last_known = LastKnownSerializer(many=True)
    upcoming_changes = UpcomingSerializer(many=True, source="upcoming")
    finding = FindingSerializer(allow_null=True)
    block = BlockSerializer(allow_null=True)
    portability = PortabilitySerializer()
    links = LinksSerializer()


class LookupSerializer(Shape):
    results = AnswerSerializer(many=True)
