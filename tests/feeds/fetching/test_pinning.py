"""A connection goes to the address that was checked, under the name that was asked for."""

import socket
import ssl
from collections.abc import Iterator
from typing import Any

import pytest

from guide.feeds.fetching.errors import FetchError, Reason
from guide.feeds.fetching.limits import FetchLimits
from tests.feeds.fetching.conftest import HOST, Certified, Client, talking
from tests.feeds.server import LOOPBACK, FeedServer

BODY = b'{"matches": []}'


class ChangingResolver:
    """A name server of an attacker: another answer each time."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = iter(answers)
        self.asked: list[tuple[str, int]] = []

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append((host, port))
        return next(self.answers)


def plain(client: Client, resolver: ChangingResolver) -> dict[str, Any]:
    allowed = client.allowing(f"{HOST}:{client.server.port}")
    return {
        "allowed": type(allowed)(http_hosts=frozenset({HOST}), private_hosts=allowed.private_hosts),
        "resolver": resolver,
    }


def test_the_name_is_looked_up_once_and_remains_the_host(client: Client, server: FeedServer) -> None:
    server.serve("/a.json", BODY)
    resolver = ChangingResolver([LOOPBACK], ["127.0.0.2"])
    client.snapshot(server.url("/a.json", host=HOST), **plain(client, resolver))
    assert resolver.asked == [(HOST, server.port)]
    assert server.headers("/a.json")[0]["host"] == f"{HOST}:{server.port}"


def test_the_connection_does_not_ask_the_system_for_the_name(
    client: Client, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.serve("/a.json", BODY)
    looked_up: list[Any] = []
    of_the_system = socket.getaddrinfo

    def getaddrinfo(host: Any, *arguments: Any, **options: Any) -> Any:
        looked_up.append(host)
        return of_the_system(host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    client.snapshot(server.url("/a.json", host=HOST), **plain(client, ChangingResolver([LOOPBACK])))
    # An address is its own answer; the name is never asked for.
    assert set(looked_up) == {LOOPBACK}


def test_each_hop_is_looked_up_and_judged_anew(client: Client, server: FeedServer) -> None:
    server.redirect("/a.json", "https://elsewhere.example.org/b.json")
    resolver = ChangingResolver([LOOPBACK], ["10.0.0.1"])
    with pytest.raises(FetchError, match=r"10\.0\.0\.1") as caught:
        client.fetch(server.url("/a.json", host=HOST), **plain(client, resolver))
    assert caught.value.reason is Reason.REFUSED_ADDRESS
    assert resolver.asked == [(HOST, server.port), ("elsewhere.example.org", 443)]


def test_an_address_that_does_not_answer_is_passed_over(client: Client, server: FeedServer) -> None:
    server.serve("/a.json", BODY)
    # Nobody listens at that port of the other addresses.
    resolver = ChangingResolver(["127.0.0.2", "127.0.0.3", LOOPBACK])
    client.snapshot(server.url("/a.json", host=HOST), **plain(client, resolver))


def test_a_proxy_of_the_environment_is_not_used(
    client: Client, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.serve("/a.json", BODY)
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    client.snapshot("/a.json")


@pytest.fixture
def secure(certified: Certified) -> Iterator[FeedServer]:
    with FeedServer(tls=certified.server) as server:
        server.serve("/a.json", BODY)
        yield server


def encrypted(client: Client, place: str) -> dict[str, Any]:
    return {"allowed": client.allowing(place), "resolver": ChangingResolver([LOOPBACK])}


def test_the_certificate_is_the_names_and_not_the_addresses(
    client: Client, secure: FeedServer, certified: Certified
) -> None:
    place = f"{HOST}:{secure.port}"
    client.snapshot(f"https://{place}/a.json", tls=certified.client, **encrypted(client, place))
    assert secure.headers("/a.json")[0]["host"] == place


def test_a_certificate_of_another_name_is_no_connection(
    client: Client, secure: FeedServer, certified: Certified
) -> None:
    place = f"other.example.org:{secure.port}"
    with pytest.raises(FetchError, match="certificate") as caught:
        client.fetch(f"https://{place}/a.json", tls=certified.client, **encrypted(client, place))
    assert caught.value.reason is Reason.CONNECT
    assert secure.requests == []


def test_a_certificate_of_an_unknown_authority_is_no_connection(client: Client, secure: FeedServer) -> None:
    place = f"{HOST}:{secure.port}"
    with pytest.raises(FetchError, match="certificate") as caught:
        client.fetch(f"https://{place}/a.json", **encrypted(client, place))
    assert caught.value.reason is Reason.CONNECT


def test_the_environment_adds_no_authority(client: Client, secure: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nonexistent")
    place = f"{HOST}:{secure.port}"
    with pytest.raises(FetchError, match="certificate"):
        client.fetch(f"https://{place}/a.json", **encrypted(client, place))


def test_the_name_is_said_before_the_encryption_begins(client: Client) -> None:
    hello = bytearray()

    def talk(connection: socket.socket) -> None:
        hello.extend(connection.recv(65536))

    with talking(talk) as port:
        place = f"{HOST}:{port}"
        with pytest.raises(FetchError) as caught:
            client.fetch(f"https://{place}/", tls=ssl.create_default_context(), **encrypted(client, place))
    assert caught.value.reason is Reason.CONNECT
    assert HOST.encode() in hello


def test_a_server_that_never_shakes_hands_is_left_in_time(client: Client) -> None:
    def talk(connection: socket.socket) -> None:
        while connection.recv(65536):
            pass

    with talking(talk) as port:
        place = f"{HOST}:{port}"
        with pytest.raises(FetchError) as caught:
            client.fetch(f"https://{place}/", limits=FetchLimits(connect=0.2), **encrypted(client, place))
    assert caught.value.reason is Reason.CONNECT
