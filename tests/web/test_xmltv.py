"""The programme guide, read back as other guides are read."""

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from lxml import etree

from competitions.models import Event, Team
from guide.feeds.adapters.base import Document, Found
from guide.feeds.adapters.xmltv import XmltvAdapter, channels
from guide.feeds.records import GuideChannelRecord, ProgrammeRecord
from tests.factories import NOW, a_blackout, a_broadcaster, a_right, a_service, a_team, an_event
from tests.queries import tables_asked
from tests.web.calendars import LATER, a_listing, a_match_day, get, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_guide")]

ITALY = "/exports/xmltv/it.xml"
KICK_OFF = dt.datetime(2026, 11, 28, 18, 45, tzinfo=dt.UTC)
ORDER = {
    "tv": ("channel", "programme"),
    "channel": ("display-name", "icon", "url"),
    "programme": (
        *("title", "sub-title", "desc", "credits", "date", "category", "keyword", "language", "orig-language"),
        *("length", "icon", "url", "country", "episode-num", "video", "audio", "previously-shown", "premiere"),
        *("last-chance", "new", "subtitles", "rating", "star-rating", "review", "image"),
    ),
}
"""What may stand in an element, in which order."""
NEEDED = {"channel": {"display-name"}, "programme": {"title"}}
ATTRIBUTES = {
    "tv": {"date", "source-info-url", "source-info-name", "source-data-url", "generator-info-name"},
    "channel": {"id"},
    "programme": {"start", "stop", "channel", "pdc-start", "vps-start", "showview", "videoplus", "clumpidx"},
}


def body(client: Client, address: str = ITALY, at: dt.datetime = NOW) -> bytes:
    response = get(client, address, at)
    assert response.status_code == 200
    return response.content


def programmes(data: bytes) -> list[ProgrammeRecord]:
    items = list(XmltvAdapter().read(io.BytesIO(data), Document(name="guide.xml")))
    assert all(isinstance(item, Found) for item in items)
    return [item.record for item in items if isinstance(item, Found)]


def guide_channels(data: bytes) -> list[GuideChannelRecord]:
    items = channels(io.BytesIO(data), Document(name="guide.xml"))
    return [item.record for item in items if isinstance(item, Found)]


def on_channels(client: Client) -> list[str]:
    return [programme.channel for programme in programmes(body(client))]


def out_of_place(element: "etree._Element") -> Iterator[str]:
    allowed = ORDER.get(str(element.tag), ())
    tags = [str(child.tag) for child in element]
    if [tag for tag in tags if tag not in allowed] or tags != sorted(tags, key=allowed.index):
        yield f"{element.tag}: {tags}"
    if missing := NEEDED.get(str(element.tag), set()) - set(tags):
        yield f"{element.tag} without {missing}"
    if {str(name) for name in element.attrib} - ATTRIBUTES.get(str(element.tag), {"lang"}):
        yield f"{element.tag}: {element.attrib}"
    for child in element:
        yield from out_of_place(child)


def test_our_own_reader_finds_what_was_written(client: Client) -> None:
    publish(*a_match_day(an_event(round="Matchday 14")))
    data = body(client)
    assert programmes(data) == [
        ProgrammeRecord(
            channel="holder-stream.shown",
            starts_at=KICK_OFF,
            stops_at=KICK_OFF + dt.timedelta(hours=2),
            title="Home – Away",
            sub_title="Test-League, Matchday 14",
            description="Holder Stream: Subscription. Checked 20 November 2026.",
            categories=("Test-Sport", "Sports"),
            language="en",
        )
    ]
    assert guide_channels(data) == [GuideChannelRecord(id="holder-stream.shown", names=("Holder Stream",))]
    assert b'start="20261128184500 +0000" stop="20261128204500 +0000" channel="holder-stream.shown"' in data
    assert f"<url>http://testserver/en/it/event/home-away-{Event.objects.get().public_id}/</url>".encode() in data


def test_elements_stand_in_the_order_of_the_format(client: Client) -> None:
    publish(
        *a_match_day(),
        a_service(name="Holder Stream", url="https://stream.example/"),
    )
    data = body(client)
    assert data.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<!DOCTYPE tv SYSTEM \"xmltv.dtd\">\n<tv ")
    root = etree.fromstring(data)
    assert list(out_of_place(root)) == []
    ids = {channel.get("id") for channel in root.findall("channel")}
    assert {programme.get("channel") for programme in root.findall("programme")} == ids


def test_it_is_sent_as_xml_in_a_language_and_may_be_kept(client: Client) -> None:
    publish(*a_match_day())
    response = get(client, f"{ITALY}?lang=de")
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    assert response["Content-Language"] == "de"
    assert response["Cache-Control"].startswith("public, max-age=60")
    assert "Holder Stream: Abo." in response.content.decode()
    tag = {"If-None-Match": response["ETag"]}
    assert get(client, f"{ITALY}?lang=de", LATER, headers=tag).status_code == 304


@pytest.mark.parametrize(
    "cells",
    [
        {"day": "2026-11-28", "starts_at": "2026-11-28T18:45:00Z", "precision": "provisional"},
        {"day": "2026-11-28", "precision": "day"},
        *(
            {"day": "2026-11-28", "starts_at": "2026-11-28T18:45:00Z", "precision": "exact", "status": status}
            for status in ("postponed", "cancelled", "suspended")
        ),
        {"day": "2026-12-07", "starts_at": "2026-12-06T23:00:00Z", "precision": "exact"},
        {"day": "2026-11-22", "starts_at": "2026-11-22T22:59:00Z", "precision": "exact"},
    ],
)
def test_what_has_no_certain_time_within_two_weeks_is_no_programme(client: Client, cells: dict[str, Any]) -> None:
    publish(*a_match_day(an_event(**cells)))
    assert b"<programme" not in body(client)
    assert b"<channel" not in body(client)


def test_only_what_surely_shows_it_is_a_channel(client: Client) -> None:
    publish(
        *a_match_day(),
        *(a_broadcaster(slug) for slug in ("holder", "some", "two")),
        *(a_service(f"{slug}-channel", broadcaster=slug, kind="tv") for slug in ("some", "two")),
        a_service(name="Holder Stream"),
        a_service("two-other", broadcaster="two", kind="tv"),
        a_service("two-stream", broadcaster="two"),
        a_right("some", scope="some", services="some-channel"),
        a_right("two", services="two-channel; two-other; two-stream"),
    )
    assert on_channels(client) == ["holder-stream.shown", "two-stream.shown"]


def test_a_listing_says_on_which_channel_and_when_the_programme_begins(client: Client) -> None:
    match = an_event()
    publish(
        *a_match_day(match),
        a_service(name="Holder Stream"),
        a_service("holder-channel", kind="tv"),
        a_listing(match.key, "holder-channel", starts_at="2026-11-28T18:00:00Z", ends_at="2026-11-28T21:00:00Z"),
    )
    (programme,) = programmes(body(client))
    assert programme.channel == "holder-channel.shown"
    assert programme.starts_at == KICK_OFF - dt.timedelta(minutes=45)
    assert programme.stops_at == dt.datetime(2026, 11, 28, 21, tzinfo=dt.UTC)


def test_a_listing_without_an_end_leaves_the_times_to_the_event(client: Client) -> None:
    match = an_event()
    publish(*a_match_day(match), a_listing(match.key, "holder-stream", starts_at="2026-11-28T22:00:00Z"))
    (programme,) = programmes(body(client))
    assert (programme.starts_at, programme.stops_at) == (KICK_OFF, KICK_OFF + dt.timedelta(hours=2))


def test_what_lasts_for_days_is_no_programme(client: Client) -> None:
    days = {"day": "2026-11-28", "last_day": "2026-11-30"}
    publish(*a_match_day(an_event(**days, starts_at="2026-11-28T18:45:00Z", precision="exact")))
    assert on_channels(client) == []


def test_a_block_leaves_nothing_to_show(client: Client) -> None:
    publish(*a_match_day(), a_blackout())
    assert on_channels(client) == []


def test_marks_of_the_language_are_only_text(client: Client) -> None:
    publish(*a_match_day())
    Team.objects.filter(slug="home-club").update(name="<b>&amp;\x07 🏟️ ]]>")
    assert etree.fromstring(body(client)).findtext("programme/title") == "<b>&amp; 🏟️ ]]> – Away"


@pytest.mark.parametrize(
    ("address", "status"),
    [("/exports/xmltv/xx.xml", 404), (f"{ITALY}?days=3", 400), (f"{ITALY}?lang=xx", 400)],
)
def test_what_cannot_be_answered_is_told_in_plain_words(client: Client, address: str, status: int) -> None:
    publish(*a_match_day())
    response = get(client, address)
    assert response.status_code == status
    assert response["Content-Type"] == "text/plain; charset=utf-8"


def test_many_events_cost_the_queries_of_one(client: Client) -> None:
    publish(*a_match_day())
    once = tables_asked(lambda: get(client, ITALY))
    teams = [a_team(f"club-{number}") for number in range(40)]
    matches = [an_event("home-club", team.slug) for team in teams]
    publish(a_team(name="Home"), a_team("away-club", name="Away"), *teams, an_event(), *matches, at=LATER)
    assert tables_asked(lambda: get(client, ITALY, LATER)) == once
    assert len(once) <= 9
