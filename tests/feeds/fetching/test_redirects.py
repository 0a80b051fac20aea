"""Redirects are followed by hand, and each hop is looked at anew."""

from dataclasses import replace
from typing import Any

import pytest

from guide.feeds.fetching.errors import FetchError, Reason
from guide.feeds.fetching.limits import FetchLimits
from tests.feeds.fetching.conftest import HOST, Certified, Client
from tests.feeds.server import LOOPBACK, FeedServer

BODY = b'{"matches": []}'


def failure(client: Client, address: str, **options: Any) -> FetchError:
    with pytest.raises(FetchError) as caught:
        client.fetch(address, **options)
    assert not client.spool.exists()
    return caught.value


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    ("to", "path"), [("/b.json", "/b.json"), ("b.json", "/feeds/b.json"), ("../b.json?v=2#top", "/b.json?v=2")]
)
def test_a_redirect_leads_to_the_document(client: Client, server: FeedServer, status: int, to: str, path: str) -> None:
    server.redirect("/feeds/a.json", to, status=status)
    server.serve("/b.json", BODY, etag='"b"')
    server.serve("/feeds/b.json", BODY, etag='"b"')
    snapshot = client.snapshot("/feeds/a.json")
    assert (snapshot.url, snapshot.final_url) == (server.url("/feeds/a.json"), server.url(path))
    assert snapshot.etag == '"b"'
    assert client.spool.read_bytes() == BODY


def test_a_redirect_in_letters_of_utf_8_is_understood(client: Client, server: FeedServer) -> None:
    server.redirect("/a.json", "/équipes.json".encode().decode("latin-1"))
    server.serve("/%C3%A9quipes.json", BODY)
    assert client.snapshot("/a.json").final_url == server.url("/%C3%A9quipes.json")


def test_three_redirects_are_followed_and_not_a_fourth(client: Client, server: FeedServer) -> None:
    for number in range(1, 5):
        server.redirect(f"/{number}", f"/{number - 1}")
    server.serve("/0", BODY)
    assert client.snapshot("/3").final_url == server.url("/0")
    client.spool.unlink()
    error = failure(client, "/4")
    assert (error.reason, error.may_heal) == (Reason.TOO_MANY_REDIRECTS, False)
    assert failure(client, "/1", limits=FetchLimits(redirects=0)).reason is Reason.TOO_MANY_REDIRECTS


def test_a_circle_ends(client: Client, server: FeedServer) -> None:
    server.redirect("/a.json", "/a.json")
    assert failure(client, "/a.json").reason is Reason.TOO_MANY_REDIRECTS
    assert len(server.requests) == 4


def test_validators_are_for_the_first_hop_only(client: Client, server: FeedServer) -> None:
    server.redirect("/a.json", "/b.json")
    server.serve("/b.json", BODY, etag='"v1"')
    client.snapshot("/a.json", etag='"v1"', last_modified="Wed, 04 Nov 2026 10:00:00 GMT")
    [first], [second] = server.headers("/a.json"), server.headers("/b.json")
    assert first["if-none-match"] == '"v1"'
    assert first["if-modified-since"] == "Wed, 04 Nov 2026 10:00:00 GMT"
    assert not {"if-none-match", "if-modified-since"} & second.keys()


@pytest.mark.parametrize("to", ["", " "])
def test_a_redirect_to_nowhere_is_an_error(client: Client, server: FeedServer, to: str) -> None:
    server.redirect("/a.json", to)
    error = failure(client, "/a.json")
    assert (error.reason, error.may_heal) == (Reason.BAD_REDIRECT, False)


@pytest.mark.parametrize("to", ["http://[::1", "https://host:port/", "http://1.2.3.400/", "https://\xff/", "/a\tb"])
def test_a_redirect_to_what_is_no_address_is_refused(client: Client, server: FeedServer, to: str) -> None:
    server.redirect("/a.json", to)
    assert failure(client, "/a.json").reason is Reason.REFUSED_ADDRESS


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "169.254.169.254",
        "[::1]",
        "[::ffff:10.0.0.1]",
        "[::ffff:169.254.169.254]",
        "[fe80::1%25eth0]",
        "0x7f000001",
        "2130706433",
        "127.1",
        "0177.0.0.1",
        "10.0.0.1",
        "localhost",
        "both.example.org",
        "user@8.8.8.8",
    ],
)
def test_a_redirect_into_a_private_network_is_refused(
    client: Client, server: FeedServer, scheme: str, host: str
) -> None:
    server.redirect("/a.json", f"{scheme}://{host}/latest/meta-data/")
    # Plain http would be welcome there: it is the place that is refused.
    allowed = replace(client.allowed, http_hosts=frozenset({LOOPBACK, host.strip("[]")}))
    error = failure(client, "/a.json", allowed=allowed, resolver=lambda name, port: ["8.8.8.8", "10.0.0.1"])
    assert (error.reason, error.may_heal) == (Reason.REFUSED_ADDRESS, False)
    assert len(server.requests) == 1


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://feeds.example.org/", "data:,x", "javascript:x"])
def test_a_redirect_to_another_scheme_is_refused(client: Client, server: FeedServer, to: str) -> None:
    server.redirect("/a.json", to)
    assert failure(client, "/a.json").reason is Reason.REFUSED_ADDRESS


def test_another_port_of_the_same_private_host_is_not_allowed(client: Client, server: FeedServer) -> None:
    with FeedServer() as other:
        other.serve("/b.json", BODY)
        server.redirect("/a.json", other.url("/b.json"))
        assert failure(client, "/a.json").reason is Reason.REFUSED_ADDRESS
        both = client.allowing(other.place)
        assert client.snapshot("/a.json", allowed=both).final_url == other.url("/b.json")


def test_https_does_not_lead_back_to_http(client: Client, server: FeedServer, certified: Certified) -> None:
    server.serve("/b.json", BODY)
    with FeedServer(tls=certified.server) as secure:
        place = f"{HOST}:{secure.port}"
        secure.redirect("/a.json", server.url("/b.json"))
        secure.redirect("/b.json", "/c.json")
        secure.serve("/c.json", BODY)
        options = {
            "allowed": client.allowing(place),
            "resolver": lambda host, port: [LOOPBACK],
            "tls": certified.client,
        }
        error = failure(client, f"https://{place}/a.json", **options)
        assert (error.reason, error.may_heal) == (Reason.BAD_REDIRECT, False)
        assert server.requests == []
        assert client.snapshot(f"https://{place}/b.json", **options).final_url == f"https://{place}/c.json"
