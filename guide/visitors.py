"""Where a request comes from, as far as that can be believed."""

import ipaddress
from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest

LONGEST_NAME = 150
"""Django's names have as many characters at the most."""

WHOLE_NETWORK = 64
"""One household or server has this many leading bits of IPv6 to itself, and all addresses below them."""


def address_of(request: HttpRequest) -> str:
    """The visitor's address, with which attempts are counted; for IPv6 the network.

    Each of our own proxies adds the address that called it at the end of ``X-Forwarded-For``; what stands before those
    is what the visitor wrote. A request that has passed fewer proxies than there are counts as its caller's own.
    """
    caller = str(request.META.get("REMOTE_ADDR", ""))
    if settings.PROXIES:
        added = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if len(added) >= settings.PROXIES:
            return _network(added[-settings.PROXIES]) or _network(caller)
    return _network(caller)


def name_given(request: HttpRequest | None, credentials: Mapping[str, str] | None) -> str:
    """The name with which attempts are counted: as long as a name may be, whatever was sent."""
    given = credentials or (request.POST if request else {})
    return str(given.get("username") or "")[:LONGEST_NAME]


def _network(text: str) -> str:
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return ""
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address), WHOLE_NETWORK), strict=False).network_address)
