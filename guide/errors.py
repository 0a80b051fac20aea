"""What answers where no view did: problem details below ``/api/``, Django's pages elsewhere."""

from django.http import HttpRequest, HttpResponseBase
from django.views import defaults
from rest_framework.exceptions import NotFound

from guide.api.errors import plain_response, refused


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    if _is_api(request):
        return plain_response(refused(exception))
    return defaults.bad_request(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    if _is_api(request):
        return plain_response(NotFound(f"{request.path[:200]} is not an address of this API."))
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponseBase:
    if _is_api(request):
        return plain_response()
    return defaults.server_error(request)
