"""A programme guide through a refresh: what it lists, for whom it waits, and what it leaves alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine

from broadcasters.models import Service
from guide.feeds.models import Feed, GuideChannel, Run
from guide.publication.models import Change
from guide.rights.listings import Listing
from tests.factories import NOW, a_league, a_season, a_service, a_team, an_event, write
from tests.feeds.feeding import a_feed, filed

pytestmark = pytest.mark.usefixtures("match")


@pytest.fixture
def match(empty_guide: None) -> Iterator[None]:
    season = a_season("2026-27", "2026-07-01", "2027-06-30")
    write(*a_league(season), a_service(), a_team(), a_team("away-club"), an_event())
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def feed() -> Feed:
    return a_feed(kind="programmes", adapter="xmltv", options={"country": "IT"}, publisher="A guide")


def read(feed: Feed, folder: Path, start: str = "20261128184000", title: str = "Home-Club - Away-Club") -> Run:
    file = folder / "guide.xml"
    programme = f'<programme channel="one.example" start="{start} +0000" stop="20261128204500 +0000">'
    file.write_text(f"<tv>{programme}<title>{title}</title></programme></tv>", encoding="utf-8")
    return filed(feed, file)


def place() -> None:
    channel = GuideChannel.objects.get()
    channel.service = Service.objects.get()
    channel.save()


def test_a_channel_lists_nothing_until_it_is_placed_and_then_by_the_same_document(feed: Feed, tmp_path: Path) -> None:
    read(feed, tmp_path)
    assert (GuideChannel.objects.get().programmes, Listing.objects.count()) == (1, 0)
    place()
    run = read(feed, tmp_path)
    listing = Listing.objects.get()
    assert (run.verdict, listing.service.slug, listing.origin) == ("applied", "holder-stream", "feed:league")
    assert Change.objects.filter(table="listings", action="created").count() == 1
    read(feed, tmp_path)
    assert Change.objects.filter(table="listings").count() == 1


def test_what_an_editor_has_locked_in_a_listing_stays(feed: Feed, tmp_path: Path) -> None:
    read(feed, tmp_path)
    place()
    read(feed, tmp_path)
    starts_at = Listing.objects.get().starts_at
    Listing.objects.update(locked_fields=("starts_at",))
    read(feed, tmp_path, start="20261128183000")
    assert Listing.objects.get().starts_at == starts_at


def test_a_listing_that_the_guide_leaves_out_before_its_day_is_withdrawn(feed: Feed, tmp_path: Path) -> None:
    read(feed, tmp_path)
    place()
    read(feed, tmp_path)
    read(feed, tmp_path, title="Something else")
    assert not Listing.objects.standing().exists()
