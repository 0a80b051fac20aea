"""Answers: who may show a competition in a country, for one pair, for many, and for all; and what may be asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from broadcasters.names import country_name
from guide.api.errors import LengthRequiredError
from guide.api.parsers import QuestionParser
from guide.api.queries import Asked, LookupBody, LookupQuery, MatrixQuery, NoQuery, OptionFilters, SearchQuery
from guide.api.renderers import CsvRenderer, JsonRenderer
from guide.api.representation import place, represent, represent_cell, represent_hit, subject
from guide.api.resources import ApiView
from guide.api.serializers.answer import LookupSerializer
from guide.api.serializers.overview import MatrixSerializer, SearchSerializer
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    asked: Asked
    answer: Answer
    home: Answer | None


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
        found = _answered(query.asked())
        response = self._respond(found, query)
        edges = [answer.next_change_at for one in found for answer in (one.answer, one.home) if answer]
        return cacheable(response, changes=edges)

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
        NoQuery(data=request.query_params).is_valid(raise_exception=True)
        body = LookupBody(data=request.data)
        body.is_valid(raise_exception=True)
        response = self._respond(_answered(body.asked()), body)
        response["Cache-Control"] = "no-store"
        return response

    def _respond(self, found: Sequence[Answered], query: OptionFilters) -> Response:
        language, filters = query.validated_data["lang"], query.filters()
        results = [
            represent(
                narrowed(one.answer, **filters),
                language=language,
                given=one.asked.given,
                home=narrowed(one.home, **filters) if one.home else None,
                address=self.request.build_absolute_uri,
            )
            for one in found
        ]
        return Response(LookupSerializer({"results": results}).data)


def _answered(asked: Sequence[Asked]) -> list[Answered]:
    """The answers to all questions, and to those about where somebody lives, by the queries of one."""
    homes = list(dict.fromkeys(one.home for one in asked if one.home))
    found = answers([*(one.question for one in asked), *homes])
    at_home = dict(zip(homes, found[len(asked) :], strict=True))
    return [
        Answered(asked=one, answer=answer, home=at_home[one.home] if one.home else None)
        for one, answer in zip(asked, found, strict=False)
    ]


class MatrixView(ApiView):
    """Competitions times countries, a line a cell."""

    renderer_classes = [JsonRenderer, CsvRenderer]

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


class SearchView(ApiView):
    """What a text may mean: the way from what people type to what can be looked up."""

    @extend_schema(
        operation_id="search",
        parameters=[SearchQuery],
        responses=SearchSerializer,
        description="Competitions, countries, broadcasters and closed services by any of their names in any language, "
        "by aliases and codes, misspelt or unfinished, with a country beside them: `f1 itali`. Best hit first.",
    )
    def get(self, request: Request) -> Response:
        query = SearchQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        language, found = query.validated_data["lang"], query.found()
        body = {
            "country": {"code": found.country, "name": country_name(found.country, language)}
            if found.country
            else None,
            "results": [
                represent_hit(hit, language=language, address=request.build_absolute_uri) for hit in found.hits
            ],
        }
        return cacheable(Response(SearchSerializer(body).data))


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
