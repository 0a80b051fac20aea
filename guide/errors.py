"""What answers where no view did: problem details below ``/api/``, Django's pages elsewhere."""

import math
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers
from django.views import defaults
from rest_framework.exceptions import NotFound

from guide.api.errors import plain_response, refused, unknown_address
from guide.visitors import address_of, name_given


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    if _is_api(request):
        return plain_response(refused(exception))
    return defaults.bad_request(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    if _is_api(request):
        return plain_response(NotFound(unknown_address(request)))
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponseBase:
    if _is_api(request):
        return plain_response()
    return defaults.server_error(request)


def _seconds_left(request: HttpRequest, credentials: Any) -> int:
    """How long the lock will hold: it is counted from the last attempt that was let through."""
    attempts = AccessAttempt.objects.filter(
        username=name_given(request, credentials), ip_address=address_of(request) or None
    )
    last = attempts.aggregate(Max("attempt_time"))["attempt_time__max"] or timezone.now()
    return max(1, math.ceil((last + settings.AXES_COOLOFF_TIME - timezone.now()).total_seconds()))


def locked_out(request: HttpRequest, response: HttpResponseBase | None, credentials: Any) -> HttpResponse:
    """After too many wrong passwords. The log-in has no language in its address, so the browser is asked for one."""
    language = translation.get_language_from_request(request)
    wait = _seconds_left(request, credentials)
    with translation.override(language):
        context = {"language": language, "minutes": math.ceil(wait / 60)}
        page = render(request, "web/locked.html", context, status=429)
    page["Content-Language"] = language
    page["Retry-After"] = str(wait)
    add_never_cache_headers(page)
    return page
