"""A header that every response carries and for which Django has no setting."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

# Nothing here needs any of it, so nothing that slips into a page can ask for it.
DENIED = ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
POLICY = ", ".join(f"{feature}=()" for feature in DENIED)

Respond = Callable[[HttpRequest], HttpResponseBase]


def permissions_policy(get_response: Respond) -> Respond:
    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response["Permissions-Policy"] = POLICY
        return response

    return respond
