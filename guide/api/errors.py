"""Errors of the API: RFC 9457 problem details, whatever happened and wherever."""

import datetime as dt
import logging
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse, JsonResponse
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import exception_handler

logger = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"
LARGEST_BODY = 100_000
"""Bytes that a request may send: fifty questions with room to spare."""

TITLES = {
    400: "The request is not valid.",
    404: "There is nothing here.",
    405: "This method is not allowed here.",
    406: "This representation is not available.",
    410: "This has been withdrawn.",
    411: "The length of the body is missing.",
    413: "The request is too large.",
    415: "This kind of body is not understood.",
    500: "Something went wrong on our side.",
}
CODES = {400: "bad-request", 404: "not-found", 413: "too-large", 500: "internal-error"}


class UnknownCompetitionError(exceptions.NotFound):
    """A competition that the guide does not know."""

    default_code = "unknown-competition"


class GoneError(exceptions.APIException):
    """What the guide once showed under this name and has withdrawn."""

    status_code = 410
    default_code = "gone"

    def __init__(self, name: str, withdrawn_at: dt.datetime) -> None:
        super().__init__(f"“{name}” was withdrawn on {withdrawn_at:%Y-%m-%d}.")


class TooLargeError(exceptions.APIException):
    """A body of more bytes than any question needs."""

    status_code = 413
    default_code = CODES[413]
    default_detail = f"A body may have {LARGEST_BODY} bytes."


class LengthRequiredError(exceptions.APIException):
    """A body that does not say how long it is."""

    status_code = 411
    default_code = "length-required"
    default_detail = "Send the body with a Content-Length."


def problem(status: int, code: str, detail: str, errors: Sequence[dict[str, str]] = ()) -> dict[str, Any]:
    """The body of a problem. ``code`` names its type for programs, ``detail`` says to people what to do."""
    body: dict[str, Any] = {
        "type": f"urn:problem-type:{code}",
        "title": TITLES.get(status, "The request failed."),
        "status": status,
        "detail": detail,
    }
    if errors:
        body["errors"] = list(errors)
    return body


def problem_response(error: Exception, context: dict[str, Any]) -> Response:
    """Every exception of a view as a problem. What nobody foresaw is logged and told without its inside."""
    if isinstance(error, SuspiciousOperation):
        error = refused(error)
    response = exception_handler(error, context)
    if response is None:
        request = context.get("request")
        logger.exception("request failed", extra={"path": getattr(request, "path", None)})
        got_request_exception.send(sender=None, request=request)
        response = Response(status=500)
    response.exception = True
    response.data = _describe(error, response.status_code)
    response.content_type = CONTENT_TYPE
    response["Cache-Control"] = "no-store"
    return response


def refused(error: Exception) -> exceptions.APIException:
    """What Django will not read: a body that is too large, or parameters, headers or a host that cannot be right."""
    if isinstance(error, RequestDataTooBig):
        return TooLargeError()
    return exceptions.ParseError(
        "The request cannot be read: look at its host, its headers and the number of its parameters.",
        code=CODES[400],
    )


def _describe(error: Exception, status: int) -> dict[str, Any]:
    if isinstance(error, exceptions.ValidationError):
        errors = list(_fields(error.detail))
        said = " ".join(
            f"{item['parameter']}: {item['detail']}" if item["parameter"] else item["detail"] for item in errors
        )
        return problem(status, "invalid-parameters", said, errors)
    if isinstance(error, exceptions.APIException):
        code = str(error.get_codes()).replace("_", "-")
        return problem(status, code, str(error.detail))
    if status == 404:
        return problem(404, CODES[404], str(error) or TITLES[404])
    return problem(status, CODES[500], "The error has been recorded. Please try again in a moment.")


def _fields(detail: Any, name: str = "") -> Iterator[dict[str, str]]:
    """The messages of nested validation errors, each with the parameter that it is about: ``questions[3].country``."""
    if isinstance(detail, dict):
        for key, value in detail.items():
            if isinstance(key, int):
                # A number stands for one object of several; of several values, the message repeats the one it means.
                yield from _fields(value, f"{name}[{key}]" if isinstance(value, dict) else name)
            else:
                yield from _fields(value, name if key == "non_field_errors" else f"{name}.{key}" if name else key)
    elif isinstance(detail, list):
        for value in detail:
            yield from _fields(value, name)
    else:
        yield {"parameter": name, "detail": str(detail)}


def unknown_address(request: Request | HttpRequest) -> str:
    """What to say of an address under ``/api/`` that is none of ours."""
    detail = f"{request.path[:200]} is not an address of this API."
    if request.path.endswith("/") and request.path.count("/") > 2:
        detail += f" Addresses have no slash at the end: try {request.path.rstrip('/')[:200]}."
    return detail


def plain_response(error: exceptions.APIException | None = None) -> HttpResponse:
    """A problem from outside Django REST framework, for the project's error handlers; without an error, a 500."""
    status = error.status_code if error else 500
    body = _describe(error or Exception(), status)
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"})
