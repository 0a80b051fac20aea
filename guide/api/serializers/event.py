"""Shapes of teams and events, and of a day's schedule."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from competitions.models import EventStatus, Precision, Team, TeamKind
from guide.api.serializers.answer import (
    AiringSerializer,
    BlockSerializer,
    PartySerializer,
    PlaceSerializer,
    PriceSerializer,
    ServiceLinkSerializer,
)
from guide.api.serializers.history import WithHistory
from guide.api.serializers.shape import AddressField, ListOf, Shape, TextField
from guide.rights.answer import Reason, Rule, Showing, State
from guide.rights.models import Access, RightKind


class TeamLinks(Shape):
    self = AddressField("/api/v1/teams/{row.slug}")


class TeamSerializer(Shape):
    slug = serializers.CharField()
    name = serializers.CharField(source="local_name")
    sport = serializers.CharField(source="sport.slug")
    kind = serializers.ChoiceField(choices=TeamKind.values)
    country = TextField(help_text="ISO 3166-1 alpha-2.")
    aliases = ListOf("text", help_text="Other spellings, in any language.")
    updated_at = serializers.DateTimeField()
    links = TeamLinks(source="*")


class EventCompetitionSerializer(Shape):
    slug = serializers.CharField(source="season.competition.slug")
    name = serializers.CharField(source="competition_name")
    sport = serializers.CharField(source="season.competition.sport.slug")


class PartOfSerializer(Shape):
    """The event that holds this one: a race weekend, a tournament."""

    id = serializers.CharField()
    name = serializers.CharField()


class SideSerializer(Shape):
    """A team; or, until it is known, the place that it will take, without a slug."""

    slug = serializers.CharField(allow_null=True)
    name = serializers.CharField()


class EventLinks(Shape):
    self = AddressField("/api/v1/events/{row.public_id}")


class EventSerializer(Shape):
    id = serializers.CharField(source="public_id", help_text="Never changes, whatever becomes of day, round and teams.")
    name = serializers.CharField(source="title")
    competition = EventCompetitionSerializer(source="*")
    season = serializers.CharField(source="season.label")
    part_of = serializers.SerializerMethodField()
    stage = serializers.CharField(source="stage.name", allow_null=True, default=None)
    round = TextField(help_text="As the source says it.")
    session = TextField(help_text="Of a race weekend: fp1, qualifying, sprint, race.")
    home = serializers.SerializerMethodField()
    away = serializers.SerializerMethodField()
    starts_at = serializers.DateTimeField(
        allow_null=True, help_text="UTC. Null: only the day is known, or nothing. Never midnight for not known."
    )
    ends_at = serializers.DateTimeField(allow_null=True)
    day = serializers.DateField(allow_null=True, help_text="At the venue; of several days, the first.")
    last_day = serializers.DateField(allow_null=True, help_text="Of what lasts several days.")
    precision = serializers.ChoiceField(
        choices=Precision.values, help_text="provisional: the instant stands for some time on that day or weekend."
    )
    status = serializers.ChoiceField(choices=EventStatus.values)
    venue = TextField()
    time_zone = TextField(source="zone", help_text="Of the venue, where known.")
    updated_at = serializers.DateTimeField()
    links = EventLinks(source="*")

    @extend_schema_field(PartOfSerializer(allow_null=True))
    def get_part_of(self, event: Any) -> dict[str, str] | None:
        return {"id": event.parent.public_id, "name": event.parent_name} if event.parent else None

    @extend_schema_field(SideSerializer(allow_null=True))
    def get_home(self, event: Any) -> dict[str, str | None] | None:
        return _side(event.home, event.home_name or event.home_slot)

    @extend_schema_field(SideSerializer(allow_null=True))
    def get_away(self, event: Any) -> dict[str, str | None] | None:
        return _side(event.away, event.away_name or event.away_slot)


class EventDetailSerializer(EventSerializer, WithHistory):
    pass


def _side(team: Team | None, name: str) -> dict[str, str | None] | None:
    return {"slug": team.slug if team else None, "name": name} if name else None


class WayToWatchSerializer(Shape):
    """An option of the lookup, in brief."""

    broadcaster = PartySerializer()
    services = ServiceLinkSerializer(many=True)
    kind = serializers.ChoiceField(choices=RightKind.values)
    package = serializers.CharField(allow_null=True)
    access = serializers.ChoiceField(choices=Access.values)
    showing = serializers.ChoiceField(choices=[showing.value for showing in Showing])
    rule = serializers.ChoiceField(choices=[rule.value for rule in Rule])
    languages = serializers.ListField(child=serializers.CharField())
    price_from = PriceSerializer(allow_null=True)


class ScheduledSerializer(Shape):
    """One event of the day, and how it can be seen in the country."""

    event = EventSerializer()
    state = serializers.ChoiceField(choices=[state.value for state in State])
    state_reason = serializers.ChoiceField(choices=[reason.value for reason in Reason], allow_null=True)
    options = WayToWatchSerializer(many=True)
    airings = AiringSerializer(many=True)
    block = BlockSerializer(allow_null=True)
    links = serializers.DictField(child=serializers.CharField(), help_text="`lookup`: the answer with its evidence.")


class ScheduleSerializer(Shape):
    country = PlaceSerializer()
    day = serializers.DateField(help_text="The country's own day.")
    time_zone = serializers.CharField(help_text="In which that day is counted.")
    results = ScheduledSerializer(many=True)
