"""What goes wrong on the way: each failure has its reason, and says whether it may heal."""

import datetime as dt
import socket
import time
import tracemalloc
from email.utils import format_datetime
from typing import Any

import pytest

from guide.feeds.fetching.errors import FetchError, Reason
from guide.feeds.fetching.limits import MEGABYTE, FetchLimits
from tests.feeds.fetching.conftest import Client, talking
from tests.feeds.server import LOOPBACK, FeedServer


def failure(client: Client, address: str, *, limits: FetchLimits | None = None, **options: Any) -> FetchError:
    with pytest.raises(FetchError) as caught:
        client.fetch(address, limits=limits or FetchLimits(), **options)
    assert not client.spool.exists()
    return caught.value


def failure_of(client: Client, port: int, *, limits: FetchLimits | None = None) -> FetchError:
    """As ``failure``, at another port of the loopback."""
    allowed = type(client.allowed)(
        http_hosts=client.allowed.http_hosts, private_hosts=frozenset({f"{LOOPBACK}:{port}"})
    )
    return failure(client, f"http://{LOOPBACK}:{port}/", limits=limits, allowed=allowed)


@pytest.mark.parametrize(
    ("status", "reason", "may_heal"),
    [
        (404, Reason.NOT_FOUND, False),
        (410, Reason.GONE, False),
        (400, Reason.HTTP_STATUS, False),
        (401, Reason.HTTP_STATUS, False),
        (403, Reason.HTTP_STATUS, False),
        (408, Reason.HTTP_STATUS, True),
        (429, Reason.THROTTLED, True),
        (500, Reason.HTTP_STATUS, True),
        (503, Reason.HTTP_STATUS, True),
        (206, Reason.HTTP_STATUS, False),
        (300, Reason.HTTP_STATUS, False),
    ],
)
def test_a_status_is_a_reason(client: Client, server: FeedServer, status: int, reason: Reason, may_heal: bool) -> None:
    server.fail("/a.json", status)
    error = failure(client, "/a.json")
    assert (error.reason, error.may_heal, error.retry_after) == (reason, may_heal, None)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("retry_after", "wait"),
    [
        ("120", dt.timedelta(minutes=2)),
        ("0", dt.timedelta(minutes=1)),
        ("604800", dt.timedelta(hours=24)),
        ("9" * 40, dt.timedelta(hours=24)),
        ("Wed, 21 Oct 2015 07:28:00 GMT", dt.timedelta(minutes=1)),
        ("Fri, 31 Dec 2199 23:59:59 GMT", dt.timedelta(hours=24)),
    ],
)
def test_the_wait_that_a_server_asks_for_is_kept_within_reason(
    client: Client, server: FeedServer, status: int, retry_after: str, wait: dt.timedelta
) -> None:
    server.fail("/a.json", status, retry_after=retry_after)
    error = failure(client, "/a.json")
    assert (error.reason, error.retry_after) == (Reason.THROTTLED, wait)


def test_the_wait_may_be_a_date(client: Client, server: FeedServer) -> None:
    at = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=30)
    server.fail("/a.json", 503, retry_after=format_datetime(at, usegmt=True))
    wait = failure(client, "/a.json").retry_after
    assert wait is not None
    assert dt.timedelta(minutes=29) < wait <= dt.timedelta(minutes=30)


@pytest.mark.parametrize("retry_after", ["soon", "-5", "1.5", "²", "Wed, 99 Oct 2015 07:28:00 GMT"])
def test_a_wait_that_cannot_be_read_is_none(client: Client, server: FeedServer, retry_after: str) -> None:
    server.fail("/a.json", 429, retry_after=retry_after)
    assert failure(client, "/a.json").retry_after is None


def test_a_closed_port_is_no_connection(client: Client) -> None:
    with socket.create_server((LOOPBACK, 0)) as closed:
        port = closed.getsockname()[1]
    error = failure_of(client, port)
    assert (error.reason, error.may_heal) == (Reason.CONNECT, True)


@pytest.mark.parametrize("length", [len(b"half") + 1, 10_000])
def test_a_document_shorter_than_promised_is_broken(client: Client, server: FeedServer, length: int) -> None:
    server.lie("/a.json", b"half", length=length)
    error = failure(client, "/a.json")
    assert (error.reason, error.may_heal) == (Reason.BROKEN, True)


def test_a_document_in_chunks_without_the_last_is_broken(client: Client, server: FeedServer) -> None:
    server.cut("/a.json", b"half")
    assert failure(client, "/a.json").reason is Reason.BROKEN


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"220 ready for mail\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
        b"HTTP/1.1 200 OK\r\nContent-Length: -4\r\n\r\nabcd",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"x" * 200_000 + b"\r\n\r\n",
    ],
    ids=["silence", "mail", "two lengths", "negative", "chunks", "long header"],
)
def test_what_is_no_http_is_broken(client: Client, said: bytes) -> None:
    def talk(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(said)

    with talking(talk) as port:
        assert failure_of(client, port).reason is Reason.BROKEN


def test_a_silent_server_is_left_in_time(client: Client, server: FeedServer) -> None:
    server.serve("/a.json", b"{}", delay=30)
    error = failure(client, "/a.json", limits=FetchLimits(read=0.3))
    assert (error.reason, error.may_heal) == (Reason.TIMEOUT, True)


def test_a_server_that_drips_is_left_at_the_deadline(client: Client, server: FeedServer) -> None:
    server.drip("/a.json", b"x" * 1000, seconds=0.1)
    began = time.monotonic()
    error = failure(client, "/a.json", limits=FetchLimits(read=5, whole=0.7))
    assert (error.reason, error.may_heal) == (Reason.TIMEOUT, True)
    assert 0.6 < time.monotonic() - began < 3


def test_a_server_that_drips_its_headers_is_left_at_the_deadline(client: Client) -> None:
    def talk(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while True:
            connection.sendall(b"x")
            time.sleep(0.05)

    began = time.monotonic()
    with talking(talk) as port:
        error = failure_of(client, port, limits=FetchLimits(read=5, whole=0.5))
    assert error.reason is Reason.TIMEOUT
    assert time.monotonic() - began < 3


def test_a_server_slower_than_the_least_rate_is_left_after_a_grace(client: Client, server: FeedServer) -> None:
    server.drip("/a.json", b"x" * 1000, seconds=0.05)
    error = failure(client, "/a.json", limits=FetchLimits(rate=1000, grace=0.3))
    assert (error.reason, error.may_heal) == (Reason.TOO_SLOW, True)
    # Within the grace it may be as slow as it likes.
    server.drip("/b.json", b"xyz", seconds=0.05)
    client.fetch("/b.json", limits=FetchLimits(rate=1000, grace=5))


def test_a_promise_of_too_much_is_enough(client: Client, server: FeedServer) -> None:
    server.lie("/a.json", b"{}", length=30 * MEGABYTE)
    error = failure(client, "/a.json")
    assert (error.reason, error.may_heal) == (Reason.TOO_LARGE, False)


def test_an_endless_document_ends_at_the_limit(client: Client, server: FeedServer) -> None:
    server.endless("/a.json")
    error = failure(client, "/a.json", limits=FetchLimits(wire=3 * MEGABYTE))
    assert error.reason is Reason.TOO_LARGE


@pytest.mark.parametrize("is_encoding_told", [True, False])
def test_a_bomb_is_left_before_it_unpacks(client: Client, server: FeedServer, is_encoding_told: bool) -> None:
    server.bomb("/a.xml.gz", 40, is_encoding_told=is_encoding_told)
    error = failure(client, "/a.xml.gz")
    assert (error.reason, error.may_heal) == (Reason.TOO_DENSE, False)
    # What is dense and small is no bomb.
    server.bomb("/b.xml.gz", 1)
    assert client.snapshot("/b.xml.gz").bytes_decoded == MEGABYTE


def test_the_decoded_size_has_a_limit_of_its_own(client: Client, server: FeedServer) -> None:
    server.serve("/a.gz", b"0123456789abcdef" * MEGABYTE, gzip=True)
    error = failure(client, "/a.gz", limits=FetchLimits(decoded=2 * MEGABYTE, ratio=5000))
    assert error.reason is Reason.TOO_LARGE


def test_memory_stays_flat_however_large_the_document(client: Client, server: FeedServer) -> None:
    server.endless("/large.json")
    server.bomb("/large.gz", 40)
    loose = FetchLimits(wire=60 * MEGABYTE, ratio=5000)
    client.fetch("/large.gz", limits=loose)
    tracemalloc.start()
    try:
        with pytest.raises(FetchError):
            client.fetch("/large.json", limits=loose)
        client.fetch("/large.gz", limits=loose)
        assert tracemalloc.get_traced_memory()[1] < 2 * MEGABYTE
    finally:
        tracemalloc.stop()
