"""What answers where no view did: problem details below ``/api/``, Django's pages elsewhere."""

from django.http import HttpRequest, HttpResponseBase
from django.views import defaults

from guide.api.errors import plain_response


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    if _is_api(request):
        return plain_response(
            request, 400, "bad-request", "The request cannot be understood: look at its host, its headers and its size."
        )
    return defaults.bad_request(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    if _is_api(request):
        return plain_response(request, 404, "not-found", f"{request.path} is not an address of this API.")
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponseBase:
    if _is_api(request):
        return plain_response(
            request, 500, "internal-error", "The error has been recorded. Please try again in a moment."
        )
    return defaults.server_error(request)
