"""What every address under ``/api/`` has in common before and after its view."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

METHODS = "GET, HEAD, OPTIONS, POST"
EXPOSED = "Data-Version, ETag, Link, Retry-After"
REMEMBERED_SECONDS = 86_400


class OpenToAllOrigins:
    """Let pages of any origin read the API: it is public, knows no cookie, and answers everyone alike.

    Django's usual package for this adds ``Vary: Origin`` to every response, which would split shared caches by the site
    that asks although the answer is the same for all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith("/api/"):
            return self.get_response(request)
        is_preflight = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        response = HttpResponse(status=204) if is_preflight else self.get_response(request)
        response["Access-Control-Allow-Origin"] = "*"
        if is_preflight:
            response["Access-Control-Allow-Methods"] = METHODS
            response["Access-Control-Allow-Headers"] = "Authorization, Content-Type, If-None-Match"
            response["Access-Control-Max-Age"] = str(REMEMBERED_SECONDS)
        else:
            response["Access-Control-Expose-Headers"] = EXPOSED
        return response
