"""What stands for a team that is not known yet."""

import pytest

from guide.feeds.adapters.slots import is_slot


@pytest.mark.parametrize(
    "name",
    [
        "1A",
        "3A/B/C/D/F",
        "W74",
        "L101",
        "A1",
        "UEFA Path A winner",
        "IC Path 2 winner",
        "Winner Group A",
        "Runner-up Group C",
        "3rd Group D/E/F",
        "Winner Match 39",
        "Loser Semi-final 1",
        "TBD",
        "To be announced",
    ],
)
def test_places_in_a_draw_are_slots(name: str) -> None:
    assert is_slot(name)


@pytest.mark.parametrize(
    "name",
    ["1. FC Köln", "1899 Hoffenheim (GER)", "B93", "AC Milan", "Winners FC", "Groupama", "Matchwinner", "", "USA"],
)
def test_teams_are_none(name: str) -> None:
    assert not is_slot(name)
