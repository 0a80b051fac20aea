"""The API's views: take the request apart, call, answer."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from broadcasters.models import Broadcaster, Period
from competitions.models import Competition
from guide.api.errors import CONTENT_TYPE, unknown_address
from guide.api.queries import LookupQuery, NoQuery
from guide.api.representation import represent
from guide.api.serializers import LookupSerializer, MetaSerializer, ProblemSerializer
from guide.publication import revision
from guide.publication.caching import cacheable
from guide.publication.models import EvidenceKind
from guide.rights.answer import LapseReason, Reason, State
from guide.rights.answers import answers, narrowed
from guide.rights.models import Access, Confidence, Exclusivity, Right, RightKind, Scope

PROBLEMS = {(400, CONTENT_TYPE): ProblemSerializer, (404, CONTENT_TYPE): ProblemSerializer}


class LookupView(APIView):
    """Who may show a competition in a country, on a day."""

    @extend_schema(
        operation_id="lookup",
        parameters=[LookupQuery],
        responses={200: LookupSerializer, **PROBLEMS},
        description="One answer for each pair of competition and country: who is licensed, since when and until when, "
        "for how much, at what price, on what evidence, and what is not known.",
    )
    def get(self, request: Request) -> Response:
        query = LookupQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        found = [narrowed(answer, **query.filters()) for answer in answers(query.questions())]
        language, given = query.validated_data["lang"], query.countries_as_given()
        results = [
            represent(answer, language=language, given=given, address=request.build_absolute_uri) for answer in found
        ]
        response = Response(LookupSerializer({"results": results}).data)
        return cacheable(response, changes=[answer.next_change_at for answer in found])


class MetaView(APIView):
    """What the guide holds: its version, how much it covers, and the words it uses."""

    @extend_schema(operation_id="meta", responses=MetaSerializer)
    def get(self, request: Request) -> Response:
        NoQuery(data=request.query_params).is_valid(raise_exception=True)
        return cacheable(Response(MetaSerializer(_meta()).data))


class UnknownAddressView(APIView):
    """Every address under ``/api/`` that is none of ours."""

    schema = None
    http_method_names: list[str] = []

    def http_method_not_allowed(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """With no method of its own, the view answers every method here: first of all there is nothing at this
        address.
        """
        return Response(unknown_address(request), status=404, content_type=CONTENT_TYPE)


def _meta() -> dict[str, Any]:
    state = revision.current()
    published = Right.objects.published()
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
        "languages": [code for code, _ in settings.LANGUAGES],
        "enums": {
            "state": [state.value for state in State],
            "state_reason": [reason.value for reason in Reason],
            "lapse_reason": [reason.value for reason in LapseReason],
            "access": Access.values,
            "kind": RightKind.values,
            "scope": Scope.values,
            "exclusivity": Exclusivity.values,
            "confidence": Confidence.values,
            "evidence_kind": EvidenceKind.values,
            "period": Period.values,
        },
    }
