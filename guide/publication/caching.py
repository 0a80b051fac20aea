"""What caches may keep, and for how long: never past the next moment at which time alone changes an answer."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from guide.publication import revision

FRESH_SECONDS = 60
STALE_WHILE_REVALIDATE_SECONDS = 60
STALE_IF_ERROR_SECONDS = 86_400
WITHOUT_VERSION = ("/healthz", "/readyz", "/admin/")
"""What answers without a database, and what is never public."""

R = TypeVar("R", bound=HttpResponseBase)


def cacheable(response: R, *, changes: Iterable[dt.datetime | None] = ()) -> R:
    """Let shared caches keep a response, capped at the earliest of the instants at which it may change."""
    now = timezone.now()
    left = min(((at - now).total_seconds() for at in changes if at is not None), default=float("inf"))
    budget = max(0, left)
    spans: dict[str, int] = {}
    for name, seconds in (("max-age", FRESH_SECONDS), ("stale-while-revalidate", STALE_WHILE_REVALIDATE_SECONDS)):
        spans[name] = int(min(seconds, budget))
        budget -= spans[name]
    # Counted from the end of freshness by caches, as the one above: together they stay inside the cap.
    spans["stale-if-error"] = int(min(STALE_IF_ERROR_SECONDS, budget))
    response["Cache-Control"] = (
        f"public, max-age={spans['max-age']}, s-maxage={spans['max-age']}, "
        f"stale-while-revalidate={spans['stale-while-revalidate']}, stale-if-error={spans['stale-if-error']}"
    )
    return response


class DataVersionMiddleware:
    """Tells with what may be cached, and with a 304, which revision it is of.

    The counter is read before the rows are: an answer may be newer than its number, never older.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD") or request.path.startswith(WITHOUT_VERSION):
            return self.get_response(request)
        version = revision.current().number
        response = self.get_response(request)
        if response.get("Cache-Control", "").startswith("public"):
            response["Data-Version"] = str(version)
        return response
