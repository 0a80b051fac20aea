"""One document, fetched into a file: conditional, bounded in time and size, by guarded addresses only."""

import datetime as dt
import functools
import ssl
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias

import httpcore
import httpx

from guide.feeds.fetching import addresses
from guide.feeds.fetching.addresses import Allowed, Resolver
from guide.feeds.fetching.answers import REDIRECTS, failure, redirect_target
from guide.feeds.fetching.bodies import Body, spooled
from guide.feeds.fetching.connections import Deadline, PinnedBackend
from guide.feeds.fetching.errors import FetchError, Reason
from guide.feeds.fetching.limits import FetchLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRequest:
    """What to fetch, and the validators of the copy that is here, byte for byte as the server gave them."""

    url: str
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """The server says that the copy is still good. A success: the source has been checked."""

    url: str
    etag: str
    last_modified: str
    fetched_at: dt.datetime
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A whole document, decoded, in ``file``: the spool of the caller; an open one stands where the document begins."""

    url: str
    final_url: str
    status: int
    etag: str
    last_modified: str
    content_type: str
    """As claimed. Half of the claims are wrong."""
    sha256: str
    """Of the decoded body, in hexadecimal: validators change with servers, this only with the document."""
    bytes_wire: int
    bytes_decoded: int
    fetched_at: dt.datetime
    seconds: float
    file: Path | BinaryIO


Fetched: TypeAlias = NotModified | Snapshot
Slot: TypeAlias = Callable[[str], AbstractContextManager[None]]
"""Holds a host for a block. :func:`guide.feeds.fetching.slots.host_slot` with a folder and a wait is one."""


def user_agent(product: str, version: str, contact: str) -> str:
    """Who asks, and where to complain."""
    return f"{product}/{version} (+{contact})"


def fetch(
    request: FetchRequest,
    *,
    agent: str,
    limits: FetchLimits,
    allowed: Allowed,
    spool: Path | BinaryIO,
    slot: Slot = lambda host: nullcontext(),
    resolver: Resolver = addresses.system_resolver,
    tls: ssl.SSLContext | None = None,
) -> Fetched:
    """Fetch the document into ``spool``, or learn that it has not changed.

    One attempt: when to try again is the caller's business. Raises :class:`FetchError`; an OSError is one of the spool.
    Only the body of a document touches the spool; one that fails leaves no file at the path, or ends the open file
    where it stood.
    """
    way = _Way(request, agent, limits, slot, resolver, tls)
    url = addresses.check(request.url, allowed)
    for hop in range(limits.redirects + 1):
        answer = way.ask(url, allowed, spool, is_first=hop == 0)
        if not isinstance(answer, str):
            return answer
        allowed = allowed.after(url)
        if url.scheme == "https" and not answer.startswith("https:"):
            raise FetchError(Reason.BAD_REDIRECT, f"The server leads from https to “{answer[:200]}”.")
        url = addresses.check(answer, allowed)
    raise FetchError(Reason.TOO_MANY_REDIRECTS, f"More than {limits.redirects} redirects, the last to “{url}”.")


@functools.cache
def public_certificates() -> ssl.SSLContext:
    """Whom we trust: the authorities of the package certifi, whatever the environment says. Slow to load: kept."""
    return httpx.create_ssl_context(trust_env=False)


class _Way:
    """What the hops of one fetch share."""

    def __init__(
        self,
        request: FetchRequest,
        agent: str,
        limits: FetchLimits,
        slot: Slot,
        resolver: Resolver,
        tls: ssl.SSLContext | None,
    ) -> None:
        self.request, self.agent, self.limits = request, agent, limits
        self.slot, self.resolver, self.tls = slot, resolver, tls
        self.fetched_at = dt.datetime.now(dt.UTC)
        self.deadline = Deadline(limits.whole)

    def ask(self, url: httpx.URL, allowed: Allowed, spool: Path | BinaryIO, *, is_first: bool) -> Fetched | str:
        """The outcome of one hop: what was fetched, or where it leads."""
        host = addresses.host_of(url)
        waiting_since = time.monotonic()
        with self.slot(host):
            self.deadline.put_off(time.monotonic() - waiting_since)
            ips = addresses.resolve(url, allowed, self.resolver, seconds=self.deadline.left())
            try:
                with (
                    httpcore.ConnectionPool(
                        ssl_context=self.tls or (public_certificates() if url.scheme == "https" else None),
                        max_keepalive_connections=0,
                        network_backend=PinnedBackend(ips, self.deadline),
                    ) as connections,
                    connections.stream(
                        "GET",
                        httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                        headers=self.headers(url, is_conditional=is_first),
                        extensions={"timeout": {"connect": self.limits.connect, "read": self.limits.read}},
                    ) as response,
                ):
                    return self.read(url, response, spool, is_conditional=is_first)
            except httpcore.ConnectTimeout as error:
                raise FetchError(Reason.CONNECT, f"“{host}” did not take the connection in time.") from error
            except httpcore.ConnectError as error:
                raise FetchError(Reason.CONNECT, f"No connection to “{host}”: {error}.") from error
            except httpcore.TimeoutException as error:
                self.deadline.left()
                raise FetchError(Reason.TIMEOUT, f"“{host}” was silent for {self.limits.read:g} seconds.") from error
            except (httpcore.NetworkError, httpcore.ProtocolError) as error:
                raise FetchError(Reason.BROKEN, f"“{host}” broke off or sent no HTTP: {error}.") from error

    def headers(self, url: httpx.URL, *, is_conditional: bool) -> list[tuple[bytes, bytes]]:
        """The headers of a request. Validators belong to the address of the feed: no other host gets to see them."""
        headers = [
            (b"Host", url.netloc),
            (b"User-Agent", self.agent.encode("latin-1")),
            (b"Accept", b"*/*"),
            (b"Accept-Encoding", b"gzip"),
        ]
        if is_conditional and self.request.etag:
            headers.append((b"If-None-Match", self.request.etag.encode("latin-1")))
        if is_conditional and self.request.last_modified:
            headers.append((b"If-Modified-Since", self.request.last_modified.encode("latin-1")))
        return headers

    def read(
        self, url: httpx.URL, response: httpcore.Response, spool: Path | BinaryIO, *, is_conditional: bool
    ) -> Fetched | str:
        """What the answer is, its body read if it is a document."""
        # Latin-1 has a letter for each byte: a validator goes back as it came.
        headers = httpx.Headers(response.headers, encoding="latin-1")
        if response.status in REDIRECTS:
            return redirect_target(url, headers)
        is_copy_good = is_conditional and response.status == 304 and (self.request.etag or self.request.last_modified)
        if is_copy_good:
            return NotModified(
                url=self.request.url,
                etag=headers.get("etag", self.request.etag),
                last_modified=headers.get("last-modified", self.request.last_modified),
                fetched_at=self.fetched_at,
                seconds=self.deadline.spent(),
            )
        if response.status != 200:
            raise failure(response.status, headers, now=self.fetched_at)
        body = Body(response, headers, self.limits, self.deadline)
        with spooled(spool) as file:
            body.copy(file)
        return Snapshot(
            url=self.request.url,
            final_url=str(url),
            status=response.status,
            etag=headers.get("etag", ""),
            last_modified=headers.get("last-modified", ""),
            content_type=headers.get("content-type", ""),
            sha256=body.sha256.hexdigest(),
            bytes_wire=body.wire,
            bytes_decoded=body.decoded,
            fetched_at=self.fetched_at,
            seconds=self.deadline.spent(),
            file=spool,
        )
