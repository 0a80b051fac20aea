"""What is played, and the day of a country: every event with who shows it."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from competitions.catalogue import EVENTS, TEAMS
from competitions.models import Event, Team
from guide.api import filters
from guide.api.queries import ScheduleQuery
from guide.api.representation import place, represent_scheduled
from guide.api.resources import ApiView, Resource, ResourceWithHistory
from guide.api.serializers import event as shapes
from guide.publication.caching import cacheable
from guide.rights.answers import narrowed
from guide.rights.days import midnight
from guide.rights.schedule import day_of


class TeamResource(Resource[Team]):
    """Clubs, national teams, athletes."""

    table = TEAMS
    serializer_class = shapes.TeamSerializer
    filterset_class = filters.TeamFilters

    def get_queryset(self) -> QuerySet[Team]:
        return Team.objects.standing().named(self.language).select_related("sport").prefetch_related("aliases")


class EventResource(ResourceWithHistory[Event]):
    """Matches, races and their sessions, tournaments, with every move of a kick-off. No scores."""

    table = EVENTS
    serializer_class = shapes.EventSerializer
    detail_serializer_class = shapes.EventDetailSerializer
    filterset_class = filters.EventFilters

    def get_queryset(self) -> QuerySet[Event]:
        return Event.objects.standing().named(self.language)


class ScheduleView(ApiView):
    """The day of a country."""

    @extend_schema(
        operation_id="schedule",
        parameters=[ScheduleQuery],
        responses=shapes.ScheduleSerializer,
        description="All events of one day of the country, in order of time, each with who shows it there. What has no "
        "time yet stands at the end. Filters narrow the events by `competition` and `sport`, and their options by "
        "`access`, `kind` and `services`; with `only_shown`, events without an option are left out.",
    )
    def get(self, request: Request) -> Response:
        query = ScheduleQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        language, country = asked["lang"], query.country_row()
        now = timezone.now()
        day = asked.get("day") or country.today(now)
        found = [
            narrowed(answer, **query.filters())
            for answer in day_of(
                country, day, language, competitions=asked.get("competition"), sports=asked.get("sport"), now=now
            )
        ]
        if asked["only_shown"]:
            found = [answer for answer in found if answer.options or answer.airings]
        body: dict[str, Any] = {
            "country": place(country, language),
            "day": day,
            "time_zone": country.time_zone,
            "results": [
                represent_scheduled(answer, language=language, address=request.build_absolute_uri) for answer in found
            ],
        }
        context = {"request": request, "language": language}
        # Without a day, the answer is another one from the country's midnight on.
        changes = [] if "day" in asked else [midnight(day + dt.timedelta(days=1), country.zone)]
        return cacheable(Response(shapes.ScheduleSerializer(body, context=context).data), changes=changes)
