"""A programme guide through a refresh: what it lists, for whom it waits, and what it leaves alone."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from broadcasters.models import Country, Service
from competitions.models import Event
from guide.feeds.decisions import approve_proposals
from guide.feeds.models import Decision, Feed, GuideChannel, Proposal, Run
from guide.feeds.proposals import refuse
from guide.publication.models import Change
from guide.publication.records import Record
from guide.rights.listings import Listing
from guide.rights.models import Right
from tests.factories import (
    LEAGUE,
    NOW,
    SEASON,
    a_country,
    a_league,
    a_listing,
    a_season,
    a_service,
    a_team,
    an_event,
    write,
)
from tests.feeds.feeding import a_feed, codes, counted, filed, said

pytestmark = pytest.mark.usefixtures("match")

MATCH = f"{SEASON}--home-club--away-club"
LISTING = f"{MATCH}--holder-stream--it"
TITLE = "Home-Club - Away-Club"
HALF_KNOWN = "Home-Club - Awway-Klub"
DAY_ALONE: dict[str, Any] = {"day": "2026-11-28", "precision": "day"}
BY_DEFAULT: dict[str, Any] = {"day": "2026-11-28", "precision": "provisional", "starts_at": "2026-11-28T14:00:00Z"}

CLUBS = ("home-club", "away-club", "third-club", "fourth-club")


@pytest.fixture
def match(empty_guide: None) -> Iterator[None]:
    season = a_season("2026-27", "2026-07-01", "2027-06-30")
    services = a_service(), a_service("holder-one"), a_service("holder-two")
    write(*a_league(season), *services, a_team(), a_team("away-club"), an_event())
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def feed() -> Feed:
    return a_guide()


def a_guide(**fields: Any) -> Feed:
    given = {"kind": "programmes", "adapter": "xmltv", "options": {"country": "IT"}, "publisher": "A guide"}
    return a_feed(**(given | fields))


def programme(
    title: str = TITLE,
    start: str = "28T18:40",
    stop: str = "28T20:45",
    channel: str = "one.example",
    *,
    zone: str = "+0000",
    **texts: str,
) -> str:
    """From a day and time in November 2026 to another; without a stop if that is empty."""
    times = " ".join(
        f'{name}="202611{when.replace("T", "").replace(":", "")}00 {zone}"'.replace(' "', '"')
        for name, when in (("start", start), ("stop", stop))
        if when
    )
    more = "".join(f"<{name.replace('_', '-')}>{text}</{name.replace('_', '-')}>" for name, text in texts.items())
    return f'<programme channel="{channel}" {times}><title>{title}</title>{more}</programme>'


NEWS = programme("News", "23T13:00", "23T13:30"), programme("More news", "30T23:00", "30T23:30")
"""What the guide holds besides, from the first instant of its span to the last."""


class Guides:
    """Refreshes feeds with guides that a test writes."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "guide.xml"

    def __call__(self, feed: Feed, *programmes: str) -> Run:
        self._path.write_text(f"<tv>{''.join((*NEWS, *programmes))}</tv>", encoding="utf-8")
        return filed(feed, self._path)


@pytest.fixture
def guides(tmp_path: Path) -> Guides:
    return Guides(tmp_path)


def place(feed: Feed, channel: str = "one.example", service: str = "holder-stream") -> GuideChannel:
    """As an editor does it, maybe before the guide has shown anything there."""
    row, _ = GuideChannel.objects.get_or_create(feed=feed, channel=channel)
    row.service = Service.objects.get(slug=service)
    row.save()
    return row


def listed() -> dict[str, tuple[str, str]]:
    """Standing listings by key: from when to when."""
    rows = Listing.objects.standing().values_list("key", "starts_at", "ends_at")
    return {key: (f"{start:%dT%H:%M}", f"{end:%dT%H:%M}" if end else "") for key, start, end in rows}


def waiting() -> list[tuple[str, str]]:
    return list(Proposal.objects.filter(decision=Decision.OPEN).order_by("pk").values_list("table", "key"))


def approve() -> None:
    assert approve_proposals(Proposal.objects.filter(decision=Decision.OPEN), by="mona").approved


def the_event() -> Event:
    return Event.objects.get(key=MATCH)


def tell(*records: Record) -> None:
    """Somebody else publishes, here and now: the guide's document is read again, though it is the same."""
    write(*records, now=timezone.now())


def read_again(feed: Feed, guides: Guides, *programmes: str) -> Run:
    """The same document by a newer adapter."""
    Run.objects.update(adapter_version=0)
    return guides(feed, *programmes)


def when(event: Event) -> tuple[str, str]:
    return event.precision, f"{event.starts_at:%dT%H:%M}" if event.starts_at else ""


# Channels


def test_a_channel_lists_nothing_until_it_is_placed_and_then_by_the_same_document(feed: Feed, guides: Guides) -> None:
    guides(feed, programme())
    channel = GuideChannel.objects.get()
    assert (channel.programmes, channel.example) == (1, f"2026-11-28 18:40Z {TITLE}")
    assert listed() == {}
    place(feed)
    run = guides(feed, programme())
    listing = Listing.objects.get()
    assert (run.verdict, listing.service.slug, listing.origin) == ("applied", "holder-stream", "feed:league")
    assert Change.objects.filter(table="listings", action="created").count() == 1
    guides(feed, programme())
    assert Change.objects.filter(table="listings").count() == 1
    assert not Right.objects.exists()


def test_a_channel_that_is_ignored_lists_nothing_any_more(feed: Feed, guides: Guides) -> None:
    channel = place(feed)
    guides(feed, programme())
    assert listed() == {LISTING: ("28T18:40", "28T20:45")}
    channel.service, channel.is_ignored = None, True
    channel.save()
    run = guides(feed, programme())
    assert (said(run), counted(run)) == (("applied", ""), {"unchanged": 3})
    assert (listed(), GuideChannel.objects.count()) == ({}, 1)


def test_a_channel_moves_to_another_service(feed: Feed, guides: Guides) -> None:
    place(feed)
    guides(feed, programme())
    place(feed, service="holder-two")
    guides(feed, programme())
    assert list(listed()) == [f"{MATCH}--holder-two--it"]


@pytest.mark.parametrize("cells", [{"withdrawn_at": NOW}, {"countries": []}])
def test_a_service_that_is_gone_from_the_country_lists_nothing(
    feed: Feed, guides: Guides, cells: dict[str, Any]
) -> None:
    place(feed)
    service = Service.objects.get(slug="holder-stream")
    for name, value in cells.items():
        if name == "countries":
            service.countries.set(value)
        else:
            setattr(service, name, value)
    service.save()
    run = guides(feed, programme())
    assert (said(run), counted(run)) == (("applied", ""), {"created": 3})
    assert listed() == {}


def test_a_channel_with_a_very_long_name_is_placed_too(feed: Feed, guides: Guides) -> None:
    name = "x" * 300
    guides(feed, programme(channel=name))
    channel = GuideChannel.objects.get()
    channel.service = Service.objects.get(slug="holder-stream")
    channel.save()
    guides(feed, programme(channel=name))
    assert list(listed()) == [LISTING]


# What is listed


@pytest.mark.parametrize(
    "other",
    [
        programme(f"Highlights: {TITLE}"),
        programme(TITLE, sub_title="Højdepunkter"),
        programme(f"{TITLE} (résumé)"),
        programme(f"{TITLE}, sintesi"),
        programme(TITLE, desc="La partita in differita."),
        programme(TITLE, "28T23:30", "29T01:15"),
        programme(TITLE, "29T10:00", "29T12:00"),
        programme(f"Studio: {TITLE}"),
        programme(TITLE, "28T17:00", "28T18:40"),
        programme(TITLE, "28T18:40", "28T19:00"),
        programme(f"Multiplex: {TITLE}"),
        programme("Diretta gol Home-Club - Away-Club"),
        programme("Konferenz: Home-Club - Away-Club"),
        programme(f"{TITLE} (women)"),
        programme(TITLE, category="Fußball Frauen"),
        programme(f"Serie A femminile: {TITLE}"),
        programme(f"Primera División Femenina: {TITLE}"),
        programme(f"Ladies: {TITLE}"),
        programme(f"U19: {TITLE}"),
        programme("Home-Club U19 - Away-Club U19"),
        programme(f"Youth League: {TITLE}"),
        programme(f"Campionato Primavera: {TITLE}"),
        programme(f"Futsal: {TITLE}"),
        programme("Home-Club"),
    ],
)
def test_what_is_no_live_broadcast_of_the_match_lists_nothing(feed: Feed, guides: Guides, other: str) -> None:
    place(feed)
    run = guides(feed, other)
    assert (said(run), counted(run)) == (("applied", ""), {"created": 3})
    assert (listed(), waiting()) == ({}, [])


@pytest.mark.parametrize(
    ("programmes", "times"),
    [
        ((programme(stop="28T19:35"), programme(start="28T19:45", stop="28T20:40")), ("28T18:40", "28T20:40")),
        ((programme(start="28T19:45", stop="28T20:40"), programme(stop="28T19:35")), ("28T18:40", "28T20:40")),
        ((programme(stop="28T19:35"), programme(start="28T19:45", stop="")), ("28T18:40", "")),
        ((programme(), programme(start="28T18:30", stop="28T21:00", channel="one.hd")), ("28T18:30", "28T21:00")),
        ((programme(), programme(stop="", channel="one.hd")), ("28T18:40", "28T20:45")),
    ],
    ids=["halves", "halves, the second first", "no end", "a channel twice", "a channel twice, once without end"],
)
def test_halves_and_a_channel_that_stands_twice_are_one_listing(
    feed: Feed, guides: Guides, programmes: tuple[str, ...], times: tuple[str, str]
) -> None:
    place(feed)
    place(feed, "one.hd")
    guides(feed, *programmes)
    assert listed() == {LISTING: times}


def test_halves_of_a_match_without_a_time_are_one_listing(feed: Feed, guides: Guides) -> None:
    tell(an_event(**DAY_ALONE))
    place(feed)
    place(feed, "two.example", "holder-two")
    halves = programme(stop="28T19:35"), programme(start="28T19:45", stop="28T20:40")
    # An hour later on another channel it is no half of it.
    late = programme(start="28T19:40", stop="28T21:45", channel="two.example")
    guides(feed, *halves, late, programme(start="28T22:30", stop="29T00:15"))
    assert listed() == {LISTING: ("28T18:40", "28T20:40")}


def test_one_match_on_two_services_has_two_listings(feed: Feed, guides: Guides) -> None:
    place(feed)
    place(feed, "two.example", "holder-two")
    guides(feed, programme(), programme(start="28T18:30", channel="two.example"))
    assert listed() == {LISTING: ("28T18:40", "28T20:45"), f"{MATCH}--holder-two--it": ("28T18:30", "28T20:45")}


def test_the_first_guide_is_witness_until_it_drops_the_listing(feed: Feed, guides: Guides) -> None:
    second = a_guide(slug="second", publisher="Another guide")
    for one in (feed, second):
        place(one)
    guides(feed, programme())
    run = guides(second, programme(start="28T18:30"))
    assert (said(run), counted(run)) == (("applied", ""), {"created": 3})
    assert Listing.objects.get().publisher == "A guide"
    assert listed() == {LISTING: ("28T18:40", "28T20:45")}
    guides(feed)
    assert listed() == {}
    guides(second, programme(start="28T18:30"))
    assert (Listing.objects.get().origin, Listing.objects.get().publisher) == ("feed:second", "Another guide")
    guides(feed, programme())
    assert Listing.objects.get().publisher == "Another guide"
    assert listed() == {LISTING: ("28T18:30", "28T20:45")}


def test_what_an_editor_has_listed_is_left_to_the_editor(feed: Feed, guides: Guides) -> None:
    tell(a_listing(starts_at="2026-11-28T18:45:00Z"))
    place(feed)
    guides(feed, programme())
    guides(feed)
    assert (Listing.objects.get().origin, listed()) == ("test", {LISTING: ("28T18:45", "")})


def test_what_an_editor_has_withdrawn_does_not_come_back(feed: Feed, guides: Guides) -> None:
    place(feed)
    guides(feed, programme())
    Listing.objects.update(withdrawn_at=NOW, is_locked=True)
    guides(feed, programme(start="28T18:30"))
    assert listed() == {}


def test_what_an_editor_has_locked_in_a_listing_stays(feed: Feed, guides: Guides) -> None:
    place(feed)
    guides(feed, programme())
    Listing.objects.update(locked_fields=("starts_at",))
    guides(feed, programme(start="28T18:30"))
    assert listed() == {LISTING: ("28T18:40", "28T20:45")}


def test_a_listing_that_the_guide_leaves_out_before_its_day_is_withdrawn_and_comes_back(
    feed: Feed, guides: Guides
) -> None:
    place(feed)
    guides(feed, programme())
    guides(feed, programme("Something else"))
    assert listed() == {}
    guides(feed, programme())
    assert (list(listed()), Listing.objects.count()) == ([LISTING], 1)


# Moving


@pytest.mark.parametrize("start", ["28T18:20", "28T18:55"])
def test_a_programme_that_moves_a_little_moves_its_listing(feed: Feed, guides: Guides, start: str) -> None:
    place(feed)
    guides(feed, programme())
    guides(feed, programme(start=start, stop="28T20:55"))
    assert listed() == {LISTING: (start, "28T20:55")}


@pytest.mark.parametrize(("day", "hour"), [(28, 16), (29, 18)])
def test_a_kick_off_that_moves_takes_its_listing_along(feed: Feed, guides: Guides, day: int, hour: int) -> None:
    place(feed)
    guides(feed, programme())
    moved = programme(start=f"{day}T{hour}:40", stop=f"{day}T{hour + 2}:45")
    # The guide is the first to say so: at that time it may be anything, and the old one holds no longer.
    guides(feed, moved)
    assert listed() == {}
    tell(an_event(day=f"2026-11-{day}", starts_at=f"2026-11-{day}T{hour}:45:00Z", precision="exact"))
    guides(feed, moved)
    assert listed() == {LISTING: (f"{day}T{hour}:40", f"{day}T{hour + 2}:45")}
    assert Listing.objects.count() == 1


def test_a_match_that_is_called_off_is_listed_no_more(feed: Feed, guides: Guides) -> None:
    place(feed)
    guides(feed, programme())
    tell(an_event(status="postponed"))
    guides(feed, programme())
    assert listed() == {}


def test_a_listing_whose_day_has_passed_stays(feed: Feed, guides: Guides) -> None:
    place(feed)
    guides(feed, programme())
    for day in ("2026-11-28T19:00:00Z", "2026-11-29T12:00:00Z", "2026-12-05T12:00:00Z"):
        with time_machine.travel(day):
            guides(feed, programme("Something else"))
            assert listed() == {LISTING: ("28T18:40", "28T20:45")}


@pytest.mark.parametrize("cells", [{}, DAY_ALONE])
def test_what_follows_once_a_broadcast_has_begun_is_its_rest_or_a_repeat(
    feed: Feed, guides: Guides, cells: dict[str, Any]
) -> None:
    tell(an_event(**cells))
    place(feed)
    guides(feed, programme())
    proposals = list(Proposal.objects.values_list("after", flat=True))
    with time_machine.travel("2026-11-28T19:50:00Z"):
        guides(feed, programme(start="28T19:50", stop="28T20:45"))
        assert listed() == {LISTING: ("28T18:40", "28T20:45")}
    with time_machine.travel("2026-11-28T21:00:00Z"):
        guides(feed, programme(start="28T22:00", stop="28T22:59"))
        assert listed() == {LISTING: ("28T18:40", "28T20:45")}
    assert list(Proposal.objects.values_list("after", flat=True)) == proposals


# Days of the guide


@pytest.mark.parametrize("zone", ["", "+0100"])
def test_a_match_over_midnight_at_the_zone_of_the_guide_is_one_listing(guides: Guides, zone: str) -> None:
    tell(an_event(day="2026-11-28", starts_at="2026-11-28T22:45:00Z", precision="exact"))
    feed = a_guide(zone="Europe/Rome")
    place(feed)
    halves = (
        programme(start="28T23:40", stop="29T00:35", zone=zone),
        programme(start="29T00:45", stop="29T01:40", zone=zone),
    )
    guides(feed, *halves)
    assert listed() == {LISTING: ("28T22:40", "29T00:40")}


@pytest.mark.parametrize(
    ("start", "stop", "is_of_the_day"),
    [
        ("28T00:30", "28T02:30", False),
        ("28T06:00", "28T08:00", True),
        ("28T23:30", "29T01:30", True),
        ("29T01:30", "29T03:30", True),
        ("29T06:30", "29T08:30", False),
    ],
)
@pytest.mark.parametrize("is_of_event", [True, False])
def test_the_day_of_a_match_is_counted_at_its_zone_or_that_of_the_country(
    feed: Feed, guides: Guides, start: str, stop: str, is_of_the_day: bool, is_of_event: bool
) -> None:
    zone = "America/New_York"
    tell(an_event(**DAY_ALONE, zone=zone if is_of_event else ""))
    if not is_of_event:
        tell(a_country(time_zone=zone))
    place(feed)
    guides(feed, programme(start=start, stop=stop))
    assert (list(listed()) == [LISTING]) is is_of_the_day


# Times that the list leaves open


@pytest.mark.parametrize("cells", [DAY_ALONE, BY_DEFAULT], ids=["day", "provisional"])
def test_a_time_that_the_list_leaves_open_waits_for_an_editor(
    feed: Feed, guides: Guides, cells: dict[str, Any]
) -> None:
    tell(an_event(**cells))
    before = when(the_event())
    place(feed)
    run = guides(feed, programme(), programme(start="28T22:30", stop="29T00:15"))
    assert counted(run) == {"created": 3, "proposed": 1}
    assert (waiting(), when(the_event())) == ([("events", MATCH)], before)
    proposal = Proposal.objects.get()
    assert proposal.note == "A guide lists it from 2026-11-28 18:40Z; the list has no time that holds."
    assert proposal.claims[0]["title"] == TITLE
    approve()
    event = the_event()
    assert (when(event), str(event.day)) == (("provisional", "28T18:40"), "2026-11-28")
    assert (event.origin, event.scheduled_by, event.locked_fields) == ("test", "feed:league", ())
    # Told once, it is no news; moved, it is.
    for _ in range(2):
        assert counted(read_again(feed, guides, programme()))["unchanged"] == 3
        assert waiting() == []
    assert counted(guides(feed, programme(start="28T19:10")))["proposed"] == 1
    assert when(the_event()) == ("provisional", "28T18:40")
    approve()
    assert (when(the_event()), the_event().locked_fields) == (("provisional", "28T19:10"), ())


def test_a_time_that_an_editor_has_refused_is_not_proposed_again(feed: Feed, guides: Guides) -> None:
    tell(an_event(**DAY_ALONE))
    place(feed)
    guides(feed, programme())
    refuse(Proposal.objects.all(), by="mona")
    run = guides(feed, programme(), programme("New"))
    assert (counted(run)["created"], waiting(), when(the_event())) == (1, [], ("day", ""))
    guides(feed, programme(start="28T19:40", stop="28T21:45"))
    assert waiting() == [("events", MATCH)]


def test_a_time_that_the_list_comes_to_know_waits_no_longer(feed: Feed, guides: Guides) -> None:
    tell(an_event(**DAY_ALONE))
    place(feed)
    guides(feed, programme())
    tell(an_event())
    guides(feed, programme())
    assert Proposal.objects.get().decision == Decision.OUTDATED


@pytest.mark.parametrize("cells", [{"is_locked": True}, {"locked_fields": ("starts_at",)}])
def test_a_time_that_an_editor_has_locked_is_not_questioned(feed: Feed, guides: Guides, cells: dict[str, Any]) -> None:
    tell(an_event(**BY_DEFAULT))
    Event.objects.update(**cells)
    place(feed)
    guides(feed, programme())
    assert (waiting(), list(listed())) == ([], [LISTING])


def test_an_end_moves_with_its_beginning(feed: Feed, guides: Guides) -> None:
    tell(an_event(**BY_DEFAULT, ends_at="2026-11-28T16:00:00Z"))
    place(feed)
    guides(feed, programme())
    approve()
    assert f"{the_event().ends_at:%H:%M}" == "20:40"


def fixtures(folder: Path, date: str = "2026-11-28", time: str = "", slug: str = "list") -> Run:
    """A list with the match, and its word on when that is."""
    feed = Feed.objects.filter(slug=slug).first() or a_feed(
        slug=slug,
        kind="fixtures",
        adapter="openfootball-json",
        zone="Europe/Rome",
        options={"competition": LEAGUE, "season": "2026-27"},
    )
    row = {"round": "Matchday 1", "date": date, "team1": "Home-Club", "team2": "Away-Club"}
    path = folder / "list.json"
    path.write_text(
        json.dumps({"name": "Test League", "matches": [row | ({"time": time} if time else {})]}), encoding="utf-8"
    )
    return filed(feed, path)


@pytest.mark.parametrize("slug", ["list", "another-list"])
def test_a_time_of_a_guide_holds_until_a_list_knows_the_exact_one(
    feed: Feed, guides: Guides, tmp_path: Path, slug: str
) -> None:
    Event.objects.all().delete()
    fixtures(tmp_path)
    place(feed)
    guides(feed, programme())
    approve()
    assert when(the_event()) == ("provisional", "28T18:40")
    # Whoever knows only the day has nothing to add.
    assert counted(fixtures(tmp_path, date="2026-11-29")) == {"kept": 1}
    assert when(the_event()) == ("provisional", "28T18:40")
    assert counted(fixtures(tmp_path, time="20:00", slug=slug)) == {"changed": 1}
    event = the_event()
    assert (when(event), event.origin) == (("exact", "28T19:00"), "feed:list")
    assert event.scheduled_by == ("" if slug == "list" else "feed:another-list")
    guides(feed, programme())
    assert (waiting(), when(the_event())) == ([], ("exact", "28T19:00"))


# One side known


def test_a_doubtful_programme_is_listed_once_an_editor_says_so_and_while_the_guide_has_it(
    feed: Feed, guides: Guides
) -> None:
    place(feed)
    run = guides(feed, programme(HALF_KNOWN))
    assert (counted(run), listed()) == ({"created": 2, "proposed": 1}, {})
    assert waiting() == [("listings", LISTING)]
    assert Proposal.objects.get().note == (f"A guide lists “{HALF_KNOWN}”. One side is known, at the time of {MATCH}.")
    assert counted(read_again(feed, guides, programme(HALF_KNOWN))) == {"unchanged": 3}
    approve()
    for _ in range(2):
        run = read_again(feed, guides, programme(HALF_KNOWN))
        assert (counted(run), waiting(), list(listed())) == ({"unchanged": 3}, [], [LISTING])
    guides(feed, programme(HALF_KNOWN, start="28T18:30"))
    assert (waiting(), listed()) == ([], {LISTING: ("28T18:30", "28T20:45")})
    guides(feed)
    assert (waiting(), listed()) == ([], {})
    guides(feed, programme(HALF_KNOWN))
    assert (waiting(), list(listed())) == ([], [LISTING])


def test_a_doubtful_programme_that_an_editor_refuses_does_not_come_again(feed: Feed, guides: Guides) -> None:
    place(feed)
    guides(feed, programme(HALF_KNOWN))
    refuse(Proposal.objects.all(), by="mona")
    guides(feed, programme(HALF_KNOWN), programme("New"))
    guides(feed, programme(HALF_KNOWN, start="28T18:35", stop="28T21:00"))
    assert (waiting(), listed()) == ([], {})
    assert Proposal.objects.get().decision == Decision.REFUSED
    # What is another programme may be another match.
    guides(feed, programme("Home-Club - Away", start="28T18:35", stop="28T21:00"))
    assert waiting() == [("listings", LISTING)]


def test_the_halves_of_a_doubtful_programme_are_one_proposal(feed: Feed, guides: Guides) -> None:
    place(feed)
    halves = programme(HALF_KNOWN, stop="28T19:35"), programme(HALF_KNOWN, start="28T19:45", stop="28T20:40")
    assert counted(guides(feed, *halves)) == {"created": 3, "proposed": 1}
    assert counted(guides(feed, *halves, programme("New"))) == {"created": 1, "unchanged": 4}
    assert len(waiting()) == 1
    approve()
    assert listed() == {LISTING: ("28T18:40", "28T20:40")}


def test_a_doubtful_programme_waits_no_longer_once_its_name_is_known_or_it_is_gone(feed: Feed, guides: Guides) -> None:
    place(feed)
    guides(feed, programme(HALF_KNOWN))
    guides(feed)
    assert Proposal.objects.get().decision == Decision.OUTDATED
    guides(feed, programme(HALF_KNOWN))
    assert len(waiting()) == 1
    tell(a_team(), a_team("away-club", aliases="Awway-Klub"))
    guides(feed, programme(HALF_KNOWN))
    assert (Proposal.objects.get().decision, list(listed())) == (Decision.OUTDATED, [LISTING])


def test_what_stands_already_is_no_doubt(feed: Feed, guides: Guides) -> None:
    second = a_guide(slug="second")
    place(feed)
    place(second)
    guides(feed, programme())
    guides(second, programme(HALF_KNOWN))
    assert waiting() == []
    Listing.objects.update(withdrawn_at=NOW, is_locked=True)
    guides(second, programme(HALF_KNOWN), programme("New"))
    assert waiting() == []


def test_a_channel_with_nothing_but_doubtful_programmes_can_be_placed(feed: Feed, guides: Guides) -> None:
    guides(feed, programme(HALF_KNOWN))
    assert (GuideChannel.objects.get().example, waiting()) == (f"2026-11-28 18:40Z {HALF_KNOWN}", [])
    place(feed)
    guides(feed, programme(HALF_KNOWN))
    assert waiting() == [("listings", LISTING)]


# Counting


def test_every_programme_is_counted_once_and_read_again_nothing_is_new(feed: Feed, guides: Guides) -> None:
    tell(an_event(), an_event("third-club", "fourth-club", **DAY_ALONE), *map(a_team, CLUBS))
    place(feed)
    place(feed, "two.example", "holder-two")
    guides(feed, programme(), programme("Film", "24T10:00", "24T12:00", desc="Old"))
    document = (
        programme(),
        programme("Film", "24T10:00", "24T12:00", desc="Other"),
        programme(HALF_KNOWN, channel="two.example"),
        programme("Third-Club - Fourth-Club", "28T15:00", "28T17:00"),
        programme("Third-Club - Fourth-Club", "28T22:00", "28T23:45"),
        programme("Third-Club - Fourth-Club", "28T22:00", "28T23:45"),
        programme("Soon", "30T25:00", ""),
    )
    run = guides(feed, *document)
    assert (said(run), run.read) == (("applied", ""), 9)
    assert counted(run) == {"created": 1, "changed": 1, "unchanged": 3, "proposed": 2, "rejected": 2}
    assert codes(run) == ["bad_time", "duplicate"]
    changes, proposals = Change.objects.count(), list(Proposal.objects.order_by("pk").values())
    for _ in range(2):
        run = read_again(feed, guides, *document)
        assert (said(run), counted(run)) == (("unchanged", ""), {"unchanged": 7, "rejected": 2})
        assert Change.objects.count() == changes
        assert list(Proposal.objects.order_by("pk").values()) == proposals


# Countries


@pytest.mark.parametrize(
    ("options", "said_of_it"),
    [
        ({}, "The options of the feed name no country: {“country”: “FR”}."),
        ({"country": "XX"}, "“XX” is no country."),
        ({"country": "it"}, "“it” is no country."),
        ({"country": "FR"}, "“FR” is no country."),
    ],
)
def test_a_guide_for_no_country_of_ours_fails_and_says_why(
    guides: Guides, options: dict[str, str], said_of_it: str
) -> None:
    tell(a_country(), a_country("FR"))
    Country.objects.filter(code="FR").update(withdrawn_at=NOW)
    feed = a_guide(options=options)
    run = guides(feed, programme())
    assert (said(run), run.message) == (("failed", "not_set"), said_of_it)
    assert not GuideChannel.objects.exists()


def test_a_guide_lists_for_the_country_that_it_is_set_to(guides: Guides) -> None:
    tell(a_country(), a_country("FR", time_zone="Europe/Paris"))
    tell(a_service(), a_service("holder-one", countries="FR"), a_service("holder-two"))
    feed = a_guide(options={"country": "FR"})
    place(feed)
    place(feed, "two.example", "holder-one")
    guides(feed, programme(), programme(channel="two.example"))
    assert list(listed()) == [f"{MATCH}--holder-one--fr"]
