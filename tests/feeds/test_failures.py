"""Every way in which a feed is known to go wrong, over HTTP: it is noticed, said, and costs nothing that stood."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from guide.feeds.fetching import limits
from guide.feeds.models import Feed, Run
from tests.factories import a_team, write
from tests.feeds.feeding import a_feed, cells_of, codes, counted, csv_of, fetched, rights, said
from tests.feeds.server import FeedServer
from tests.stored import dump

pytestmark = pytest.mark.usefixtures("league")
PATH = "/document"
Serve = Callable[[FeedServer], None]
RIGHTS: dict[str, Any] = {"kind": "rights", "adapter": "rights-csv"}
FIXTURES: dict[str, Any] = {
    "kind": "fixtures",
    "adapter": "openfootball-json",
    "zone": "Europe/Rome",
    "options": {"competition": "test-league", "season": "2026-27"},
}
CALENDAR = FIXTURES | {"adapter": "icalendar"}
RACES = FIXTURES | {"adapter": "sportstimes"}
GUIDE: dict[str, Any] = {"kind": "programmes", "adapter": "xmltv", "options": {"country": "IT"}}
TEAMS = [f"{letter}{letter.lower()}ton" for letter in "ABCDEFGH"]


def league_of(teams: list[str], **changed: Any) -> bytes:
    """A double round robin, all in one season."""
    pairs = [(home, away) for home in teams for away in teams if home != away]
    matches = [
        {
            "round": f"Matchday {number // 4 + 1}",
            "date": str(dt.date(2026, 9, 1) + dt.timedelta(days=number)),
            "time": "18:00",
            "team1": home,
            "team2": away,
        }
        for number, (home, away) in enumerate(pairs)
    ]
    return json.dumps({"name": "Test League", "matches": matches} | changed).encode()


def calendar_of(days: list[str], *, end: str = "END:VCALENDAR\r\n") -> bytes:
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{day}@test\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:Aaton - Bbton\r\n"
        f"DTSTART:{day}T180000Z\r\nEND:VEVENT\r\n"
        for day in days
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n{events}{end}".encode()


def guide_of(*programmes: str, doctype: str = "", root: str = "tv") -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<{root}>{"".join(programmes)}</{root}>'.encode()


def programme(hour: int, title: str = "Match", channel: str = "one") -> str:
    start, stop = (f"20260901{at:02}0000 +0000" for at in (hour, hour + 1))
    return f'<programme start="{start}" stop="{stop}" channel="{channel}"><title>{title}</title></programme>'


HOURS = [programme(hour) for hour in range(12)]
LEAGUE = league_of(TEAMS)
MANY = csv_of(rights(*range(30)))
CALENDAR_OF_FIVE = calendar_of([f"202609{day:02}" for day in range(1, 6)])
BOMB = '<!DOCTYPE tv [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
PAGE = b"<!DOCTYPE html><html><title>Sorry</title></html>"


@dataclass(frozen=True, kw_only=True)
class Case:
    """A feed of a kind, a document that is good, and what comes after it."""

    feed: dict[str, Any]
    good: bytes
    bad: bytes | Serve
    verdict: str
    reason: str
    rejected: list[str] = field(default_factory=list)
    says: str = ""


CASES = {
    # Cut short: by length, by end marker, by form.
    "truncated, shorter than the header says": Case(
        feed=RIGHTS,
        good=MANY,
        bad=lambda server: server.lie(PATH, MANY[:4000], length=len(MANY)),
        verdict="failed",
        reason="broken",
    ),
    "truncated, without its last chunk": Case(
        feed=RIGHTS, good=MANY, bad=lambda server: server.cut(PATH, MANY[:4000]), verdict="failed", reason="broken"
    ),
    "truncated, XML": Case(
        feed=GUIDE, good=guide_of(*HOURS), bad=guide_of(*HOURS)[:-300], verdict="failed", reason="truncated"
    ),
    "truncated, JSON": Case(feed=FIXTURES, good=LEAGUE, bad=LEAGUE[:-300], verdict="failed", reason="truncated"),
    "truncated, calendar": Case(
        feed=CALENDAR,
        good=CALENDAR_OF_FIVE,
        bad=calendar_of(["20260901", "20260902"], end=""),
        verdict="failed",
        reason="truncated",
    ),
    "truncated, CSV, silently, in the middle": Case(
        feed=RIGHTS, good=MANY, bad=csv_of(rights(*range(15))), verdict="held", reason="mass_deletion"
    ),
    # Something else under the same address.
    "wrong type, a page instead of CSV": Case(feed=RIGHTS, good=MANY, bad=PAGE, verdict="failed", reason="wrong_type"),
    "wrong type, a page instead of JSON": Case(
        feed=FIXTURES, good=LEAGUE, bad=PAGE, verdict="failed", reason="wrong_type"
    ),
    "wrong type, a page instead of XML": Case(
        feed=GUIDE, good=guide_of(*HOURS), bad=PAGE, verdict="failed", reason="wrong_type"
    ),
    "wrong type, a page instead of a calendar": Case(
        feed=CALENDAR, good=CALENDAR_OF_FIVE, bad=PAGE, verdict="failed", reason="wrong_type"
    ),
    # The form has changed.
    "schema drift, another root": Case(
        feed=GUIDE,
        good=guide_of(*HOURS),
        bad=guide_of(*HOURS, root="ProgramGuide"),
        verdict="failed",
        reason="schema_changed",
    ),
    "schema drift, a column gone": Case(
        feed=RIGHTS,
        good=MANY,
        bad=MANY.replace(b"broadcaster", b"channel", 1),
        verdict="failed",
        reason="schema_changed",
    ),
    "schema drift, the list under another name": Case(
        feed=FIXTURES, good=LEAGUE, bad=LEAGUE.replace(b"matches", b"games"), verdict="failed", reason="schema_changed"
    ),
    "schema drift, days in another form": Case(
        feed=FIXTURES,
        good=LEAGUE,
        bad=LEAGUE.replace(b'"2026-', b'"26.'),
        verdict="held",
        reason="schema_drift",
        says="56 of 56 records cannot be read",
    ),
    # Too much is gone.
    "mass deletion, an empty guide": Case(
        feed=GUIDE, good=guide_of(*HOURS), bad=b"<tv />", verdict="held", reason="empty_document"
    ),
    "mass deletion, an empty list": Case(
        feed=FIXTURES,
        good=LEAGUE,
        bad=b'{"name": "Test League", "matches": []}',
        verdict="held",
        reason="empty_document",
    ),
    "mass deletion, a header alone": Case(
        feed=RIGHTS, good=MANY, bad=csv_of([]), verdict="held", reason="empty_document"
    ),
    "mass deletion, more than a tenth": Case(
        feed=RIGHTS,
        good=MANY,
        bad=csv_of(rights(*range(24))),
        verdict="held",
        reason="mass_deletion",
        says="6 of 30 would go; 10 % may.",
    ),
    "mass rename": Case(
        feed=FIXTURES,
        good=LEAGUE,
        bad=league_of(["FC Aaton 1900", "Sporting Bbton", *TEAMS[2:]]),
        verdict="held",
        reason="mass_rename",
        says="Aaton → FC Aaton 1900; Bbton → Sporting Bbton",
    ),
    "stale": Case(
        feed=CALENDAR | {"newest_days": 60},
        good=calendar_of(["29990901"]),
        bad=calendar_of(["29990901", "29990902"]).replace(b"2999", b"2024"),
        verdict="held",
        reason="stale",
        says="The newest record is of 2024-09-02",
    ),
    # Too large, too deep, too clever.
    "oversize": Case(
        feed=RIGHTS | {"most_bytes": 50_000},
        good=csv_of(rights(1)),
        bad=lambda server: server.endless(PATH),
        verdict="failed",
        reason="too_large",
    ),
    "oversize, packed": Case(
        feed=RIGHTS,
        good=MANY,
        bad=lambda server: server.bomb(PATH, 100),
        verdict="failed",
        reason="too_dense",
    ),
    "oversize, packed, and nobody says so": Case(
        feed=RIGHTS,
        good=MANY,
        bad=lambda server: server.bomb(PATH, 100, is_encoding_told=False),
        verdict="failed",
        reason="too_dense",
    ),
    "too many records": Case(
        feed=RIGHTS | {"most_records": 30},
        good=MANY,
        bad=csv_of(rights(*range(31))),
        verdict="failed",
        reason="too_many_records",
    ),
    "XML bomb": Case(
        feed=GUIDE,
        good=guide_of(*HOURS),
        bad=guide_of(programme(1, "&b;"), doctype=BOMB),
        verdict="failed",
        reason="forbidden_markup",
    ),
    "deep nesting, JSON": Case(
        feed=FIXTURES, good=LEAGUE, bad=b'{"matches": ' + b"[" * 300_000, verdict="failed", reason="too_deep"
    ),
    "deep nesting, XML": Case(
        feed=GUIDE, good=guide_of(*HOURS), bad=guide_of("<a>" * 300_000), verdict="failed", reason="too_deep"
    ),
    # The way there.
    "redirect to a private address": Case(
        feed=RIGHTS,
        good=MANY,
        bad=lambda server: server.redirect(PATH, "https://169.254.169.254/latest/meta-data"),
        verdict="failed",
        reason="refused_address",
    ),
    "redirect to the loopback in disguise": Case(
        feed=RIGHTS,
        good=MANY,
        bad=lambda server: server.redirect(PATH, "https://0x7f000001/"),
        verdict="failed",
        reason="refused_address",
    ),
    "redirects without end": Case(
        feed=RIGHTS,
        good=MANY,
        bad=lambda server: server.redirect(PATH, PATH),
        verdict="failed",
        reason="too_many_redirects",
    ),
    "not found": Case(
        feed=RIGHTS, good=MANY, bad=lambda server: server.fail(PATH, 404), verdict="failed", reason="not_found"
    ),
    "gone": Case(feed=RIGHTS, good=MANY, bad=lambda server: server.fail(PATH, 410), verdict="failed", reason="gone"),
    "overloaded": Case(
        feed=RIGHTS, good=MANY, bad=lambda server: server.fail(PATH, 503), verdict="failed", reason="http_status"
    ),
    # Single records.
    "duplicate ids": Case(
        feed=RIGHTS,
        good=MANY,
        bad=csv_of([*rights(*range(30)), *rights(3, access="free")]),
        verdict="unchanged",
        reason="",
        rejected=["duplicate"],
    ),
    "duplicate ids, programmes": Case(
        feed=GUIDE,
        good=guide_of(*HOURS),
        bad=guide_of(*HOURS, programme(3)),
        verdict="unchanged",
        reason="",
        rejected=["duplicate"],
    ),
    "a time that the clocks left out": Case(
        feed=FIXTURES,
        good=LEAGUE,
        bad=league_of([*TEAMS, "Iiton"]).replace(b'"2026-09-01", "time": "18:00"', b'"2027-03-28", "time": "02:30"'),
        verdict="applied",
        reason="",
        rejected=["no_such_time"],
    ),
    "bad encoding": Case(
        feed=RIGHTS,
        good=MANY,
        bad=csv_of(rights(1, note="é")).replace("é".encode(), b"\xe9"),
        verdict="failed",
        reason="bad_encoding",
    ),
    "bad encoding, JSON": Case(
        feed=FIXTURES, good=LEAGUE, bad=LEAGUE.replace(b"Aaton", b"\xc9aton"), verdict="failed", reason="bad_encoding"
    ),
    "hostile link": Case(
        feed=RIGHTS,
        good=MANY,
        bad=csv_of([*rights(*range(30)), cells_of(rights(40)[0]) | {"evidence_1_url": "javascript:alert(1)"}]),
        verdict="unchanged",
        reason="",
        rejected=["bad_value"],
    ),
}


@pytest.fixture(autouse=True)
def _reachable(league: None, reachable: FeedServer) -> None:
    """Feeds may go to the server, and the clubs of the league are on record."""
    write(*(a_team(name.lower(), name=name) for name in (*TEAMS, "Iiton")))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_goes_wrong_is_noticed_and_costs_nothing(server: FeedServer, case: Case) -> None:
    feed = a_feed(server, PATH, **case.feed)
    server.serve(PATH, case.good)
    first = fetched(feed)
    assert said(first) == ("applied", "")
    before = dump()
    if isinstance(case.bad, bytes):
        server.serve(PATH, case.bad)
    else:
        case.bad(server)
    run = fetched(feed)
    assert said(run) == (case.verdict, case.reason), run.message
    assert case.says in run.message
    assert bool(run.message) == (case.verdict in ("failed", "held"))
    counted(run)
    if case.verdict != "held":
        assert codes(run) == case.rejected
    if case.verdict != "applied":
        assert dump() == before
    # The good document is good again, whatever came between.
    if case.verdict in ("failed", "held"):
        server.serve(PATH, case.good)
        assert said(fetched(feed))[0] == "unchanged"


def test_a_server_that_drips_is_left(server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits.FetchLimits, "__init__", _impatient(limits.FetchLimits.__init__))
    feed = a_feed(server, PATH)
    server.serve(PATH, MANY)
    fetched(feed)
    before = dump()
    server.drip(PATH, MANY, seconds=0.1)
    assert said(fetched(feed))[0] == "failed"
    assert Run.objects.latest("id").reason in ("too_slow", "timeout")
    assert dump() == before


def _impatient(init: Callable[..., None]) -> Callable[..., None]:
    def patient_no_more(self: limits.FetchLimits, **options: Any) -> None:
        init(self, **options, whole=0.5)

    return patient_no_more


@pytest.mark.parametrize("address", ["http://feeds.example/rights.csv", "https://127.0.0.1/rights.csv", "ftp://x/", ""])
def test_an_address_of_the_wrong_kind_is_refused(address: str) -> None:
    run = fetched(a_feed(address=address))
    assert said(run) == ("failed", "refused_address")


def test_an_adapter_that_nobody_has_is_said_with_the_one_that_was_meant(server: FeedServer) -> None:
    server.serve(PATH, MANY)
    run = fetched(a_feed(server, PATH, adapter="rights-cvs"))
    assert said(run) == ("failed", "unknown_adapter")
    assert "Did you mean “rights-csv”?" in run.message


def test_an_older_document_that_comes_after_a_newer_one_is_ignored(server: FeedServer) -> None:
    feed = a_feed(server, PATH)
    server.serve(PATH, csv_of(rights(1, 2)), last_modified="Tue, 10 Nov 2026 10:00:00 GMT", etag='"new"')
    fetched(feed)
    before = dump()
    # Another server behind the same name lags behind.
    server.serve(PATH, csv_of(rights(1)), last_modified="Mon, 09 Nov 2026 10:00:00 GMT", etag='"old"')
    assert said(fetched(feed)) == ("unchanged", "older_document")
    assert dump() == before
    server.serve(PATH, csv_of(rights(1)), last_modified="Wed, 11 Nov 2026 10:00:00 GMT")
    assert counted(fetched(feed)) == {"unchanged": 1, "gone": 1}


def test_a_feed_that_is_not_set_says_so(server: FeedServer) -> None:
    server.serve(PATH, LEAGUE)
    feed = a_feed(server, PATH, **(FIXTURES | {"options": {}, "zone": ""}))
    assert said(fetched(feed)) == ("failed", "not_set")
    assert Feed.objects.get().runs.count() == 1
