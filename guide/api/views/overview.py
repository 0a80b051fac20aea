"""The guide about itself: what it holds, the document that describes the API, and addresses that are none."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import Max, Min
from django.utils import timezone
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from broadcasters.models import Broadcaster, BroadcasterKind, BroadcasterStatus, Period, ServiceKind
from competitions.models import Calendar, Competition, SeasonDates
from guide.api.errors import unknown_address
from guide.api.queries import LANGUAGES, CellsQuery, NoQuery
from guide.api.renderers import JsonRenderer
from guide.api.resources import ApiView
from guide.api.schema import document
from guide.api.serializers.overview import FreshnessListSerializer, MetaSerializer
from guide.feeds import freshness
from guide.feeds.freshness import FeedFreshness
from guide.feeds.models import FeedKind, Verdict
from guide.publication import revision
from guide.publication.caching import cacheable
from guide.publication.models import Action, EvidenceKind
from guide.rights.answer import LapseReason, Reason, State
from guide.rights.models import (
    Access,
    Confidence,
    Exclusivity,
    FindingKind,
    Right,
    RightKind,
    Scope,
    Unit,
)


class MetaView(ApiView):
    """What the guide holds: its version, how fresh it is, how much it covers, and the words it uses."""

    @extend_schema(operation_id="meta", responses=MetaSerializer)
    def get(self, request: Request) -> Response:
        NoQuery(data=request.query_params).is_valid(raise_exception=True)
        now = timezone.now()
        feeds = freshness.of_feeds(now)
        changes = [_tomorrow(now), *(one.overdue_at for one in feeds if one.feed.is_on and not one.is_overdue)]
        return cacheable(Response(MetaSerializer(_meta(now.date(), feeds)).data), changes=changes)


class FreshnessView(ApiView):
    """How fresh the rights are, by competition and country."""

    @extend_schema(
        operation_id="freshness",
        parameters=[CellsQuery],
        responses=FreshnessListSerializer,
        description="For every pair of competition and country with published rights: how many, when they were last "
        "checked and refreshed, and how many checks are overdue. Leave out `country` for all countries, or "
        "`competition` for all competitions; up to 1,000 pairs in one call.",
    )
    def get(self, request: Request) -> Response:
        query = CellsQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        competitions, countries = query.axes()
        now = timezone.now()
        rows = freshness.of_countries(
            freshness.of_feeds(now),
            now.date(),
            competitions=[competition.pk for competition in competitions],
            countries=[country.code for country in countries],
        )
        return cacheable(Response(FreshnessListSerializer({"results": rows}).data), changes=[_tomorrow(now)])


class OpenApiView(ApiView):
    """The description of the API, in OpenAPI 3.1: as JSON, or as YAML."""

    schema = None
    renderer_classes = [JsonRenderer]

    def get(self, request: Request) -> Response:
        NoQuery(data=request.query_params).is_valid(raise_exception=True)
        return cacheable(Response(document()))


class YamlRenderer(OpenApiYamlRenderer):
    media_type = "application/yaml"


class OpenApiYamlView(OpenApiView):
    renderer_classes = [YamlRenderer]


class UnknownAddressView(ApiView):
    """Every address under ``/api/`` that is none of ours."""

    schema = None
    http_method_names: list[str] = []

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """First of all there is nothing at this address, by whatever method and in whatever form."""
        raise NotFound(unknown_address(request))


def _tomorrow(now: dt.datetime) -> dt.datetime:
    """The next moment at which checks become overdue: they are counted by the day."""
    return dt.datetime.combine(now.date() + dt.timedelta(days=1), dt.time.min, tzinfo=dt.UTC)


def _meta(today: dt.date, feeds: list[FeedFreshness]) -> dict[str, Any]:
    state = revision.current()
    published = Right.objects.published()
    feeds_on = [one for one in feeds if one.feed.is_on]
    return {
        "name": settings.SITE_NAME,
        "data_version": state.number,
        "changed_at": state.changed_at,
        "coverage": {
            "competitions": Competition.objects.standing().count(),
            "countries": published.values("countries").distinct().count(),
            "broadcasters": Broadcaster.objects.standing().count(),
            "rights": Right.objects.standing().count(),
            "rights_published": published.count(),
            "rights_verified": published.filter(verified_on__isnull=False).count(),
        },
        "freshness": published.aggregate(oldest_check=Min("verified_on"), newest_check=Max("verified_on"))
        | {
            "checks_overdue": published.filter(freshness.due(today)).count(),
            "feeds": feeds_on,
            "competitions": freshness.of_competitions(feeds, today),
        },
        "sources": feeds_on,
        "languages": LANGUAGES,
        "enums": {
            "state": [state.value for state in State],
            "state_reason": [reason.value for reason in Reason],
            "lapse_reason": [reason.value for reason in LapseReason],
            "access": Access.values,
            "kind": RightKind.values,
            "scope": Scope.values,
            "matches_unit": Unit.values,
            "exclusivity": Exclusivity.values,
            "confidence": Confidence.values,
            "evidence_kind": EvidenceKind.values,
            "finding_kind": FindingKind.values,
            "period": Period.values,
            "calendar": Calendar.values,
            "season_dates": SeasonDates.values,
            "broadcaster_kind": BroadcasterKind.values,
            "broadcaster_status": BroadcasterStatus.values,
            "service_kind": ServiceKind.values,
            "action": Action.values,
            "feed_kind": FeedKind.values,
            "verdict": Verdict.values,
        },
    }
