"""The guide about itself: what it holds, the document that describes the API, and addresses that are none."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import Max, Min, Q
from django.utils import timezone
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from broadcasters.models import Broadcaster, BroadcasterKind, BroadcasterStatus, Period, ServiceKind
from competitions.models import Calendar, Competition, SeasonDates
from guide.api.errors import unknown_address
from guide.api.queries import LANGUAGES, NoQuery
from guide.api.renderers import JsonRenderer
from guide.api.resources import ApiView
from guide.api.schema import document
from guide.api.serializers.overview import MetaSerializer
from guide.publication import revision
from guide.publication.caching import cacheable
from guide.publication.models import Action, EvidenceKind
from guide.rights.answer import LapseReason, Reason, State
from guide.rights.models import (
    CHECK_INTERVAL,
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
        # What is overdue is counted by the day.
        tomorrow = dt.datetime.combine(now.date() + dt.timedelta(days=1), dt.time.min, tzinfo=dt.UTC)
        return cacheable(Response(MetaSerializer(_meta(now.date())).data), changes=[tomorrow])


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


def _meta(today: dt.date) -> dict[str, Any]:
    state = revision.current()
    published = Right.objects.published()
    due = Q(verified_on__isnull=True) | Q(verified_on__lt=today - CHECK_INTERVAL)
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
        | {"checks_overdue": published.filter(due).count()},
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
        },
    }
