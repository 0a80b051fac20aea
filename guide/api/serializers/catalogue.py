"""Shapes of the two catalogues: what can be watched, and who can show it where."""

from rest_framework import serializers

from broadcasters.models import BroadcasterKind, BroadcasterStatus, Period, ServiceKind
from competitions.models import Calendar, SeasonDates
from guide.api.serializers.shape import (
    AddressField,
    CountryNameField,
    ListOf,
    LocalNamedSerializer,
    NamedSerializer,
    OrderedTexts,
    Shape,
    TextField,
)


class SportSerializer(Shape):
    slug = serializers.CharField()
    name = serializers.CharField(source="local_name")
    updated_at = serializers.DateTimeField()


class SportNameSerializer(Shape):
    slug = serializers.CharField(source="sport.slug")
    name = serializers.CharField(source="local_sport")


class CompetitionLinks(Shape):
    self = AddressField("/api/v1/competitions/{row.slug}")
    html = AddressField("/{lang}/{row.slug}/")


class CompetitionSerializer(Shape):
    slug = serializers.CharField()
    name = serializers.CharField(source="local_name")
    sport = SportNameSerializer(source="*")
    organiser = TextField()
    region = TextField(help_text="A country's code, europe or world.")
    calendar = serializers.ChoiceField(choices=Calendar.values)
    website = TextField()
    aliases = ListOf("text", help_text="Other spellings, in any language.")
    updated_at = serializers.DateTimeField()
    links = CompetitionLinks(source="*")


class SeasonSerializer(Shape):
    key = serializers.CharField()
    competition = LocalNamedSerializer()
    label = serializers.CharField()  # type: ignore[assignment]  # a column here, not the field's label
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    dates = serializers.ChoiceField(
        choices=SeasonDates.values,
        help_text="announced: the organiser's own days. nominal: the span in which the season lies.",
    )
    source_url = TextField()
    updated_at = serializers.DateTimeField()


class CountryLinks(Shape):
    self = AddressField("/api/v1/countries/{row.code}")
    html = AddressField("/{lang}/{row.code}/", in_lower_case=True)


class CountrySerializer(Shape):
    code = serializers.CharField(help_text="ISO 3166-1 alpha-2; XK for Kosovo.")
    name = CountryNameField(source="code")
    time_zone = serializers.CharField(help_text="The zone in which the country's day is counted.")
    in_eu = serializers.BooleanField()
    groups = ListOf("slug", help_text="Country groups that it belongs to.")
    updated_at = serializers.DateTimeField()
    links = CountryLinks(source="*")


class CountryGroupSerializer(Shape):
    slug = serializers.CharField()
    name = serializers.CharField()
    countries = ListOf("code")
    updated_at = serializers.DateTimeField()


class BroadcasterLinks(Shape):
    self = AddressField("/api/v1/broadcasters/{row.slug}")


class BroadcasterSerializer(Shape):
    slug = serializers.CharField()
    name = serializers.CharField()
    parent = NamedSerializer(allow_null=True)
    kind = serializers.ChoiceField(choices=BroadcasterKind.values)
    countries = ListOf("code")
    website = TextField()
    aliases = ListOf("text")
    status = serializers.ChoiceField(choices=BroadcasterStatus.values)
    successor = NamedSerializer(allow_null=True, help_text="What it was renamed to, or merged into.")
    ended_on = TextField(help_text="A day, a month or a year, as known.")
    note = TextField()
    updated_at = serializers.DateTimeField()
    links = BroadcasterLinks(source="*")


class CarriageSerializer(Shape):
    operator = NamedSerializer()
    country = serializers.CharField(source="country_id")
    source_url = TextField()
    seen_on = TextField(help_text="A day, a month or a year, as known.")


class ServiceLinks(Shape):
    self = AddressField("/api/v1/services/{row.slug}")


class ServiceSerializer(Shape):
    slug = serializers.CharField()
    name = serializers.CharField()
    broadcaster = NamedSerializer()
    kind = serializers.ChoiceField(choices=ServiceKind.values)
    countries = ListOf("code")
    url = TextField(help_text="Null: the broadcaster's website serves.")
    ended_on = TextField(help_text="A day, a month or a year, as known. After it, answers do not name the service.")
    successor = NamedSerializer(allow_null=True, help_text="The service that took its place.")
    carriage = CarriageSerializer(many=True, help_text="Operators whose boxes carry it; empty: none is recorded.")
    updated_at = serializers.DateTimeField()
    links = ServiceLinks(source="*")


class OfferSerializer(Shape):
    key = serializers.CharField()
    broadcaster = NamedSerializer()
    country = serializers.CharField(source="country_id")
    plan = serializers.CharField()
    amount = serializers.DecimalField(
        source="price", max_digits=9, decimal_places=2, allow_null=True, help_text="Null: not recorded."
    )
    currency = serializers.CharField(help_text="ISO 4217")
    period = serializers.ChoiceField(choices=Period.values)
    commitment_months = serializers.IntegerField(allow_null=True)
    has_ads = serializers.BooleanField(allow_null=True)
    services = ListOf("slug", help_text="Services that it opens.")
    competitions = ListOf("competition", help_text="Competitions that it is known to open. It is a price for no other.")
    requires = serializers.CharField(source="requires.key", allow_null=True, help_text="The offer below this add-on.")
    requires_note = TextField(help_text="What else must be had and has no recorded price.")
    eligibility = TextField(help_text="Who may buy it. Null: anyone.")
    bundles = OrderedTexts(help_text="What comes with it from others.")
    includes = TextField(help_text="As the source says it.")
    first_day = serializers.DateField(allow_null=True)
    last_day = serializers.DateField(allow_null=True)
    url = TextField()
    source_url = TextField()
    seen_on = TextField(help_text="The date of the source: a day, a month or a year.")
    note = TextField()
    updated_at = serializers.DateTimeField()
