"""A server of documents, and a guide that is empty but for one league and two countries."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from guide.publication import revision
from tests.factories import a_broadcaster, a_country, a_country_group, a_league, write
from tests.feeds.fixture_lists import Lists, teams
from tests.feeds.server import LOOPBACK, FeedServer
from tests.stored import clear


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as server:
        yield server


@pytest.fixture
def reachable(server: FeedServer, settings: Settings) -> FeedServer:
    """The server, where feeds may go."""
    settings.FEED_HTTP_HOSTS = [LOOPBACK]
    settings.FEED_PRIVATE_HOSTS = [server.place]
    return server


@pytest.fixture
def league(db: None) -> None:
    """“test-league” with three seasons, shown by “holder” and “rival” in Italy and France."""
    clear()
    revision.forget()
    write(
        *a_league(),
        a_country("FR", time_zone="Europe/Paris"),
        a_country_group(countries="IT; FR"),
        a_broadcaster("holder", countries="IT; FR"),
        a_broadcaster("rival", countries="IT; FR", aliases="Rival TV"),
    )


@pytest.fixture
def clubs(league: None) -> None:
    """Four clubs of the league; sources also call Otter “FC Otter 1900”."""
    write(*teams())


@pytest.fixture
def lists(tmp_path: Path) -> Lists:
    return Lists(tmp_path)
