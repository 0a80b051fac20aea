"""Where a fetch may go, and where it may not, however it is spelt."""

import ipaddress
import time

import pytest

from guide.feeds.fetching.addresses import Allowed, check, host_of, is_public, port_of, resolve
from guide.feeds.fetching.errors import FetchError, Reason

NOTHING = Allowed()


def refusal(text: str, allowed: Allowed = NOTHING) -> FetchError:
    with pytest.raises(FetchError) as caught:
        check(text, allowed)
    assert caught.value.reason is Reason.REFUSED_ADDRESS
    assert not caught.value.may_heal
    return caught.value


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("https://feeds.example.org/a.json?season=2026#top", "feeds.example.org", 443),
        ("https://FEEDS.example.org:443/a.json", "feeds.example.org", 443),
        ("https://feeds.example.org:80/a.json", "feeds.example.org", 80),
        ("https://zürich.example/spielplan", "xn--zrich-kva.example", 443),
        ("https://8.8.8.8/a.json", "8.8.8.8", 443),
        ("https://[2606:4700::1111]/a.json", "2606:4700::1111", 443),
    ],
)
def test_a_public_address_is_taken_without_its_fragment(text: str, host: str, port: int) -> None:
    url = check(text, NOTHING)
    assert (host_of(url), port_of(url), url.fragment) == (host, port, "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "feeds.example.org/a.json",
        "//feeds.example.org/a.json",
        "http://feeds.example.org/a.json",
        "ftp://feeds.example.org/a.json",
        "file:///etc/passwd",
        "gopher://feeds.example.org/",
        "https:///a.json",
        "https://",
        "https://editor@feeds.example.org/",
        "https://editor:secret@feeds.example.org/",
        "https://@feeds.example.org/",
        "https://feeds.example.org:8443/",
        "https://feeds.example.org:22/",
        "https://feeds.example.org:0/",
        "https://feeds.example.org:99999/",
        "https://feeds.example.org:x/",
        "https://localhost/",
        "https://metadata/",
        "https://feeds.example.org./",
        "https://feeds..example.org/",
        "https://-feeds.example.org/",
        f"https://{'a' * 64}.example.org/",
        f"https://{'a.' * 127}example/",
        "https://feeds.example.org\\@10.0.0.1/",
        "https://feeds.example.org/a b",
        "https://feeds.example.org/\r\nHost: elsewhere",
        " https://feeds.example.org/",
        "https://[::1",
        "https://[feeds.example.org]/",
    ],
)
def test_what_is_no_address_of_a_public_host_is_refused(text: str) -> None:
    refusal(text)


@pytest.mark.parametrize(
    "host",
    [
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0x7f.0.0.1",
        "127.1",
        "127.0.1",
        "0177.0.0.1",
        "017700000001",
        "0x",
        "127.0.0.0x1",
        "127.0.0.1.",
        "8.8.8.08",
        "1.2.3.4.5",
        "256.1.1.1",
        "%31%32%37.0.0.1",
        "１２７.0.0.1",
        "[fe80::1%25eth0]",
        "[fe80::1%eth0]",
        "[2606:4700::1111%251]",
    ],
)
def test_an_address_in_an_unusual_spelling_is_refused_and_never_resolved(host: str) -> None:
    refusal(f"https://{host}/")
    refusal(f"http://{host}/", Allowed(http_hosts=frozenset({host, host.strip("[]")})))


PRIVATE = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",  # noqa: S104 — an address to refuse, not to listen on
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "224.0.0.1",
    "239.1.1.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fec0::1",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "ff0e::1",
    "2001:db8::1",
    "3fff::1",
    "4000::1",
    "::ffff:10.0.0.1",
    "::ffff:7f00:1",
    "::127.0.0.1",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::1",
    "2001:0:102:304:0:0:f5ff:fffe",
    "64:ff9b::127.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::808:808",
]


@pytest.mark.parametrize("text", PRIVATE)
def test_an_address_that_is_not_public_is_refused_written_and_resolved(text: str) -> None:
    ip = ipaddress.ip_address(text)
    assert not is_public(ip)
    refusal(f"https://[{text}]/" if ip.version == 6 else f"https://{text}/")
    with pytest.raises(FetchError) as caught:
        resolve(check("https://feeds.example.org/", NOTHING), NOTHING, lambda host, port: [text], seconds=1)
    assert caught.value.reason is Reason.REFUSED_ADDRESS


@pytest.mark.parametrize(
    "text", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "2002:808:808::1", "64:ff9b::8.8.8.8", "2a00:1450::1"]
)
def test_a_public_address_is_public_wrapped_or_not(text: str) -> None:
    assert is_public(ipaddress.ip_address(text))


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    url = check("https://feeds.example.org/", NOTHING)
    for answer in (["8.8.8.8", "10.0.0.1"], ["10.0.0.1", "8.8.8.8"], ["2606:4700::1111", "::1"]):
        with pytest.raises(FetchError, match="no public address") as caught:
            resolve(url, NOTHING, lambda host, port, answer=answer: answer, seconds=1)  # type: ignore[misc]
        assert caught.value.reason is Reason.REFUSED_ADDRESS


def test_all_public_addresses_are_kept_in_order() -> None:
    url = check("https://feeds.example.org/", NOTHING)
    found = resolve(url, NOTHING, lambda host, port: ["2606:4700::1111", "8.8.8.8"], seconds=1)
    assert [str(ip) for ip in found] == ["2606:4700::1111", "8.8.8.8"]


def test_a_written_address_is_not_looked_up() -> None:
    def resolver(host: str, port: int) -> list[str]:
        raise AssertionError(host)

    assert resolve(check("https://8.8.8.8/", NOTHING), NOTHING, resolver, seconds=1) == [
        ipaddress.ip_address("8.8.8.8")
    ]


def nowhere(host: str, port: int) -> list[str]:
    raise OSError("no such name")


def asleep(host: str, port: int) -> list[str]:
    time.sleep(0.5)
    return ["8.8.8.8"]


@pytest.mark.parametrize("resolver", [nowhere, asleep, lambda host, port: []], ids=["none", "late", "empty"])
def test_a_name_without_an_address_in_time_may_have_one_later(resolver: object) -> None:
    url = check("https://feeds.example.org/", NOTHING)
    with pytest.raises(FetchError) as caught:
        resolve(url, NOTHING, resolver, seconds=0.05)  # type: ignore[arg-type]
    assert caught.value.reason is Reason.UNRESOLVABLE
    assert caught.value.may_heal


def test_plain_http_is_for_the_listed_hosts_only() -> None:
    allowed = Allowed(http_hosts=frozenset({"old.example.org"}))
    assert check("http://old.example.org/a.ics", allowed).scheme == "http"
    refusal("http://new.example.org/a.ics", allowed)
    # Listed for plain http is not listed as private.
    refusal("http://old.example.org:8080/a.ics", allowed)
    refusal("http://127.0.0.1/", Allowed(http_hosts=frozenset({"127.0.0.1"})))


def test_a_private_host_is_listed_with_its_port() -> None:
    allowed = Allowed(private_hosts=frozenset({"feeds.intranet:8443", "[::1]:443"}))
    url = check("https://feeds.intranet:8443/", allowed)
    assert [str(ip) for ip in resolve(url, allowed, lambda host, port: ["10.0.0.1"], seconds=1)] == ["10.0.0.1"]
    check("https://[::1]/", allowed)
    refusal("https://feeds.intranet:8444/", allowed)
    refusal("https://[::1]:8443/", allowed)
    with pytest.raises(FetchError, match="no public address"):
        resolve(check("https://feeds.intranet/", allowed), allowed, lambda host, port: ["10.0.0.1"], seconds=1)


def test_a_redirect_from_the_open_net_does_not_reach_the_private_hosts() -> None:
    allowed = Allowed(private_hosts=frozenset({"feeds.intranet:443", "scores:8443"}))
    inside, outside = check("https://feeds.intranet/", allowed), check("https://feeds.example.org/", allowed)
    check("https://scores:8443/", allowed.after(inside))
    refusal("https://scores:8443/", allowed.after(outside))
    with pytest.raises(FetchError):
        resolve(inside, allowed.after(outside), lambda host, port: ["10.0.0.1"], seconds=1)
