"""Answers: who may show a competition in a country, for one pair, for many, and for all."""

from collections.abc import Sequence
from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from guide.api.errors import LengthRequiredError
from guide.api.parsers import QuestionParser
from guide.api.queries import LookupBody, LookupQuery, MatrixQuery
from guide.api.renderers import CsvRenderer
from guide.api.representation import place, represent, represent_cell, subject
from guide.api.resources import ApiView
from guide.api.serializers.answer import LookupSerializer
from guide.api.serializers.overview import MatrixSerializer
from guide.publication.caching import cacheable
from guide.publication.sheets import Sheet, cell
from guide.rights.answer import Answer
from guide.rights.answers import answers, narrowed

CELL_COLUMNS = (
    "competition",
    "country",
    "on",
    "state",
    "state_reason",
    "season",
    "live",
    "access",
    "until",
    "last_known",
)


class LookupView(ApiView):
    """Who may show a competition in a country, on a day."""

    parser_classes = [QuestionParser]

    @extend_schema(
        operation_id="lookup",
        parameters=[LookupQuery],
        responses=LookupSerializer,
        description="One answer for each pair of competition and country: who is licensed, since when and until when, "
        "for how much, at what price, on what evidence, and what is not known.",
    )
    def get(self, request: Request) -> Response:
        query = LookupQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        found = [narrowed(answer, **query.filters()) for answer in answers(query.questions())]
        response = self._respond(found, query.countries_as_given(), query.validated_data["lang"])
        return cacheable(response, changes=[answer.next_change_at for answer in found])

    @extend_schema(
        operation_id="lookup_many",
        request=LookupBody,
        responses=LookupSerializer,
        description="As GET, for up to fifty questions that share nothing. The answers stand in their order.",
        examples=[
            OpenApiExample(
                "Two questions",
                request_only=True,
                value={
                    "questions": [
                        {"competition": "serie-a", "country": "IT"},
                        {"competition": "ligue-1", "country": "FR", "on": "2026-11-29"},
                    ],
                    "lang": "fr",
                },
            )
        ],
    )
    def post(self, request: Request) -> Response:
        if "Transfer-Encoding" in request.headers and not request.headers.get("Content-Length"):
            raise LengthRequiredError
        body = LookupBody(data=request.data)
        body.is_valid(raise_exception=True)
        found = [narrowed(answer, **body.filters()) for answer in answers(body.asked())]
        response = self._respond(found, body.countries_as_given(), body.validated_data["lang"])
        response["Cache-Control"] = "no-store"
        return response

    def _respond(self, found: Sequence[Answer], given: Sequence[str | None], language: str) -> Response:
        address = self.request.build_absolute_uri
        results = [
            represent(answer, language=language, given=code, address=address)
            for answer, code in zip(found, given, strict=True)
        ]
        return Response(LookupSerializer({"results": results}).data)


class MatrixView(ApiView):
    """Competitions times countries, a line a cell."""

    renderer_classes = [JSONRenderer, CsvRenderer]

    @extend_schema(
        operation_id="matrix",
        parameters=[MatrixQuery],
        responses=MatrixSerializer,
        description="The state of every pair of competition and country, with who shows it live. Leave out `country` "
        "for all countries, or `competition` for all competitions; up to 1,000 cells in one call.",
    )
    def get(self, request: Request) -> Response:
        query = MatrixQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        language = query.validated_data["lang"]
        found = answers(query.questions())
        cells = [represent_cell(answer, language=language, address=request.build_absolute_uri) for answer in found]
        if request.accepted_renderer.format == CsvRenderer.format:
            response = Response(_sheet(cells), headers={"Content-Disposition": 'attachment; filename="matrix.csv"'})
        else:
            competitions = {answer.question.competition.slug: answer.question.competition for answer in found}
            countries = {answer.question.country.code: answer.question.country for answer in found}
            body = {
                "competitions": [subject(competition) for competition in competitions.values()],
                "countries": [place(country, language) for country in countries.values()],
                "results": cells,
            }
            response = Response(MatrixSerializer(body).data)
        return cacheable(response, changes=[answer.next_change_at for answer in found])


def _sheet(cells: Sequence[dict[str, Any]]) -> Sheet:
    """``live`` and ``access`` are lists of the same length and order."""
    rows = [
        found
        | {
            "live": [holder["slug"] for holder in found["live"]],
            "access": [holder["access"] for holder in found["live"]],
        }
        for found in cells
    ]
    return Sheet(columns=CELL_COLUMNS, rows=tuple(tuple(cell(row[column]) for column in CELL_COLUMNS) for row in rows))
