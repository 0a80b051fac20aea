"""The OpenAPI document, made from the code."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema

from guide.api.errors import CONTENT_TYPE, TITLES
from guide.api.queries import DetailQuery, ListQuery

ROOT = "/api/v1/"

PROBLEM = {
    "type": "object",
    "description": "RFC 9457 problem details.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "description": "Names the kind of problem for programs."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong and what to do, for people."},
        "errors": {
            "type": "array",
            "description": "Where parameters are wrong: each of them.",
            "items": {
                "type": "object",
                "required": ["parameter", "detail"],
                "properties": {"parameter": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
HEADERS = {
    "ETag": "A strong validator of the body, for If-None-Match.",
    "Data-Version": "The revision of the data from which the answer was made.",
    "Cache-Control": "How long it may be kept: never past the moment at which it changes by itself.",
}


class ApiSchema(AutoSchema):
    """What the operations of all resources have in common, said once."""

    @property
    def action(self) -> str:
        return getattr(self.view, "action", None) or ""

    @property
    def resource(self) -> str:
        return self.path.removeprefix(ROOT).partition("/")[0]

    def get_operation_id(self) -> str:
        verb = {"list": "list", "retrieve": "get"}.get(self.action)
        return f"{verb}_{self.resource.replace('-', '_')}" if verb else super().get_operation_id()

    def get_tags(self) -> list[str]:
        return [self.resource]

    def get_override_parameters(self) -> list[Any]:
        shared: dict[str, list[Any]] = {"list": [ListQuery], "retrieve": [DetailQuery]}
        return shared.get(self.action, [])


def complete(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Add what every operation may answer beside its own: problems, headers, CSV as text. A hook of drf-spectacular."""
    result["components"]["schemas"]["Problem"] = PROBLEM
    problem = {"content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            responses = operation["responses"]
            responses["200"]["description"] = "The answer."
            if method == "get":
                responses["200"]["headers"] = {
                    name: {"description": text, "schema": {"type": "string"}} for name, text in HEADERS.items()
                }
            if "text/csv" in responses["200"]["content"]:
                responses["200"]["content"]["text/csv"]["schema"] = {"type": "string"}
            for status in _expected(path, method):
                responses[str(status)] = {"description": TITLES[status], **problem}
            responses["default"] = {"description": "Any other problem.", **problem}
    return result


def _expected(path: str, method: str) -> Iterator[int]:
    """The problems that a caller has to reckon with."""
    yield 400
    if "{" in path or path in (f"{ROOT}lookup", f"{ROOT}matrix", f"{ROOT}freshness"):
        yield from (404, 410)
    if method == "post":
        yield from (413, 415)


@cache
def document() -> dict[str, Any]:
    """The whole document. Made once a process: it depends on the code alone."""
    found: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return found
