"""Fixtures of this folder."""

import pytest

from tests.factories import a_broadcaster, a_country, a_league, a_season, a_service, a_stage, a_team, an_event, write
from tests.stored import empty_guide

__all__ = ["empty_guide", "match_day"]


@pytest.fixture
def match_day(empty_guide: None) -> None:
    """One match of two clubs in a stage, two broadcasters, and countries in three time zones."""
    write(
        *a_league(a_season("2026-27", "2026-07-01", "2027-06-30")),
        a_country("US", time_zone="America/New_York", in_eu="no"),
        a_country("NZ", time_zone="Pacific/Auckland", in_eu="no"),
        a_broadcaster("second"),
        a_service(name="Holder Live", countries="IT; US; NZ"),
        a_service("second-stream", broadcaster="second"),
        a_team("home-club"),
        a_team("away-club"),
        a_stage("Final"),
        an_event(),
    )
