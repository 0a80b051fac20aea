"""Errors of the API: RFC 9457 problem details, whatever happened and wherever."""

import logging
from collections.abc import Iterator
from typing import Any

from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse, JsonResponse
from rest_framework.exceptions import APIException, NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import exception_handler

logger = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"
TITLES = {
    400: "The request is not valid.",
    404: "There is nothing here.",
    405: "This method is not allowed here.",
    406: "This representation is not available.",
    500: "Something went wrong on our side.",
}


class UnknownCompetitionError(NotFound):
    """A competition that the guide does not know."""

    default_code = "unknown-competition"


def problem(status: int, code: str, detail: str, errors: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """The body of a problem. ``code`` names its type for programs, ``detail`` says to people what to do."""
    body: dict[str, Any] = {
        "type": f"urn:problem-type:{code}",
        "title": TITLES.get(status, "The request failed."),
        "status": status,
        "detail": detail,
    }
    if errors:
        body["errors"] = errors
    return body


def problem_response(error: Exception, context: dict[str, Any]) -> Response:
    """Every exception of a view as a problem. What nobody foresaw is logged and told without its inside."""
    response = exception_handler(error, context)
    if response is None:
        request = context.get("request")
        logger.exception("request failed", extra={"path": getattr(request, "path", None)})
        got_request_exception.send(sender=None, request=request)
        response = Response(status=500)
    response.data = _describe(error, response.status_code)
    response.content_type = CONTENT_TYPE
    response["Cache-Control"] = "no-store"
    return response


def _describe(error: Exception, status: int) -> dict[str, Any]:
    if isinstance(error, ValidationError):
        errors = list(_fields(error.detail))
        return problem(
            status, "invalid-parameters", " ".join(f"{item['parameter']}: {item['detail']}" for item in errors), errors
        )
    if isinstance(error, APIException):
        code = str(error.get_codes()).replace("_", "-")
        return problem(status, code, str(error.detail))
    if status == 404:
        return problem(404, "not-found", str(error) or TITLES[404])
    return problem(status, "internal-error", "The error has been recorded. Please try again in a moment.")


def _fields(detail: Any, name: str = "") -> Iterator[dict[str, str]]:
    """The messages of nested validation errors, each with the parameter that it is about."""
    if isinstance(detail, dict):
        for key, value in detail.items():
            yield from _fields(value, str(key) if key != "non_field_errors" and not isinstance(key, int) else name)
    elif isinstance(detail, list):
        for value in detail:
            yield from _fields(value, name)
    else:
        yield {"parameter": name, "detail": str(detail)}


def unknown_address(request: Request | HttpRequest) -> dict[str, Any]:
    """The problem of an address under ``/api/`` that is none of ours."""
    detail = f"{request.path} is not an address of this API."
    if request.path.endswith("/") and request.path.count("/") > 2:
        detail += f" Addresses have no slash at the end: try {request.path.rstrip('/')}."
    return problem(404, "not-found", detail)


def plain_response(request: HttpRequest, status: int, code: str, detail: str) -> HttpResponse:
    """A problem from outside Django REST framework, for the project's error handlers."""
    return JsonResponse(problem(status, code, detail), status=status, content_type=CONTENT_TYPE)
