"""Where a fetch may go: spellings of an address, names that resolve to private networks, and the way between them."""

import ipaddress
import queue
import re
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

import httpx

from guide.feeds.fetching.errors import FetchError, Reason

IP: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver: TypeAlias = Callable[[str, int], list[str]]
"""All addresses of a host, as text. Raises OSError where there are none."""

SCHEMES = {"https": 443, "http": 80}

# Letters, digits, hyphens; an underscore is no host name, but DNS and some hosts have it.
LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
# What some resolvers read as a number and so as an address: 0x7f000001, 2130706433, 127.1, 0177.0.0.1.
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# Spaces, controls and backslashes are read differently by different programs: nobody needs them.
AMBIGUOUS = re.compile(r"[\s\\\x00-\x20\x7f]")

GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# Registered for special use, which not every Python that runs this knows.
SPECIAL = (
    ipaddress.IPv4Network("192.0.0.0/24"),
    ipaddress.IPv4Network("192.88.99.0/24"),
    ipaddress.IPv6Network("3fff::/20"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """The exceptions. Both sets are empty in production, unless the operator has a feed of the house's own."""

    http_hosts: frozenset[str] = frozenset()
    """Hosts that may be asked without encryption."""
    private_hosts: frozenset[str] = frozenset()
    """“host:port”, port always written: may be at any address, and at a port that is not the usual one."""

    def is_private(self, url: httpx.URL) -> bool:
        """Whether the place is one of ``private_hosts``."""
        return f"{_bracketed(url)}:{port_of(url)}" in self.private_hosts

    def after(self, url: httpx.URL) -> "Allowed":
        """What is allowed to a redirect that comes from there. The open net does not send us into a private one."""
        return self if self.is_private(url) else replace(self, private_hosts=frozenset())


def port_of(url: httpx.URL) -> int:
    """The port, written or not."""
    return url.port if url.port is not None else SCHEMES[url.scheme]


def host_of(url: httpx.URL) -> str:
    """The host in ASCII and lower case, an IPv6 address without brackets."""
    return url.raw_host.decode("ascii")


def check(text: str, allowed: Allowed) -> httpx.URL:
    """The URL, if a fetch may go there as far as the text shows. Raises :class:`FetchError` with what is wrong.

    A host that is an address is judged here; a name is judged by :func:`resolve`.
    """
    if AMBIGUOUS.search(text):
        raise _refused(text, "has a space, a backslash or a control character")
    try:
        url = httpx.URL(text).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError) as error:
        raise _refused(text, "cannot be read as an address") from error
    if url.scheme not in SCHEMES:
        raise _refused(text, "does not begin with “https://”")
    if "@" in re.split(r"[/?#]", text.partition("//")[2], maxsplit=1)[0]:
        raise _refused(text, "carries a user name")
    host = host_of(url)
    if url.scheme == "http" and host not in allowed.http_hosts:
        raise _refused(text, "is not encrypted; it must begin with “https://”")
    ip = _literal(text, host)
    is_private = allowed.is_private(url)
    if not is_private:
        if port_of(url) not in SCHEMES.values():
            raise _refused(text, f"names port {port_of(url)}")
        if ip is not None and not is_public(ip):
            raise _refused(text, "is no public address")
        if ip is None and "." not in host:
            raise _refused(text, "names no host of the public internet")
    return url


def resolve(url: httpx.URL, allowed: Allowed, resolver: Resolver, *, seconds: float) -> list[IP]:
    """Every address of a checked URL's host. Refused unless all are public: one private one is enough to be led in."""
    host = host_of(url)
    ip = _literal(str(url), host)
    ips = [ip] if ip is not None else _look_up(host, port_of(url), resolver, seconds=seconds)
    if not allowed.is_private(url):
        for ip in ips:
            if not is_public(ip):
                raise _refused(str(url), f"leads to {ip}, which is no public address")
    return ips


def is_public(ip: IP) -> bool:
    """Whether the address is one of the public internet, and so is the IPv4 address that it may wrap."""
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
        if inner is not None:
            return is_public(inner)
        # Teredo wraps as well, and is not global as a whole. Outside the unicast block there is nothing to fetch.
        if ip not in GLOBAL_UNICAST:
            return False
    is_special = any(ip in network for network in SPECIAL if network.version == ip.version)
    return ip.is_global and not ip.is_multicast and not is_special


def system_resolver(host: str, port: int) -> list[str]:
    """The addresses as the machine resolves them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def _bracketed(url: httpx.URL) -> str:
    host = host_of(url)
    return f"[{host}]" if ":" in host else host


def _literal(text: str, host: str) -> IP | None:
    """The address that the host is; none if it is a name. Only the one usual spelling of an address is taken."""
    if not host:
        raise _refused(text, "names no host")
    if ":" in host:
        try:
            if "%" not in host:
                return ipaddress.IPv6Address(host)
        except ValueError:
            pass
        raise _refused(text, "has an IPv6 address that is none, or one with a zone")
    labels = host.split(".")
    if NUMBER.fullmatch(labels[-1]):
        try:
            return ipaddress.IPv4Address(host)
        except ValueError as error:
            raise _refused(text, "has an unusual spelling of an IP address") from error
    if len(host) > 253 or not all(map(LABEL.fullmatch, labels)):
        raise _refused(text, "has a host that is no name")
    return None


def _look_up(host: str, port: int, resolver: Resolver, *, seconds: float) -> list[IP]:
    # The system's resolver knows no deadline, so it is waited for in a thread, and left there when it takes too long.
    answers: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolver(host, port))
        except OSError as error:
            answers.put(error)

    threading.Thread(target=ask, name=f"resolve {host}", daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        raise FetchError(Reason.UNRESOLVABLE, f"No answer in time to where “{host}” is.") from None
    if isinstance(answer, OSError):
        raise FetchError(Reason.UNRESOLVABLE, f"There is no host “{host}”.") from answer
    if not answer:
        raise FetchError(Reason.UNRESOLVABLE, f"The host “{host}” has no address.")
    return [ipaddress.ip_address(text) for text in answer]


def _refused(text: str, fault: str) -> FetchError:
    return FetchError(Reason.REFUSED_ADDRESS, f"The address “{text[:200]}” {fault}.")
