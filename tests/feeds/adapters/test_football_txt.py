"""Football.TXT in its dialects."""

from pathlib import Path

import pytest

from guide.feeds.adapters.base import Fault, FeedError
from tests.feeds.reading import MINIATURES, brief, items_of, records_of, refusals

KEY = "football-txt"


def test_both_dialects_stand_in_one_list() -> None:
    assert [brief(record) for record in records_of(KEY, "league.txt", "Europe/Rome")] == [
        ("1. FC Heron - SC Otter 1904", "2025-12-19 19:00", "exact", "finished"),
        ("Brook & Hollow Wanderers Athletic - Pike (NED)", "2025-12-19 19:00", "exact", "finished"),
        ("AC Tench - Carp", "2025-12-20 16:30", "exact", "finished"),
        ("Roach - Perch", "2025-12-20 16:30", "exact", "finished"),
        ("Bream - Ruffe", "2025-12-20 16:30", "exact", "scheduled"),
        ("SC Otter 1904 - AC Tench", "2026-01-03 19:45", "exact", "scheduled"),
        ("Carp - Roach", "2026-01-04", "day", "scheduled"),
        ("Perch - Bream", "2026-01-04", "day", "postponed"),
        ("Pike (NED) - Ruffe", "2026-01-09", "day", "cancelled"),
        ("Ruffe - 1. FC Heron", "2026-01-10 13:00", "exact", "scheduled"),
        ("Roach - Carp", "2026-01-10 13:00", "exact", "finished"),
    ]


def test_a_heading_may_stand_again_out_of_order() -> None:
    stages = [record.stage for record in records_of(KEY, "league.txt", "Europe/Rome")]
    assert stages == ["Matchday 1"] * 5 + ["Matchday 2"] * 3 + ["Matchday 1"] + ["Matchday 3"] * 2


def test_goals_line_ups_and_definitions_are_no_matches() -> None:
    records = records_of(KEY, "tournament.txt", "Europe/Rome")
    assert [(record.stage, record.number, record.venue, *brief(record)) for record in records] == [
        ("Group A", None, "North Shore", "A1 - A2", "2026-06-09", "day", "scheduled"),
        ("Group A", None, "South Shore", "Otter - Pike", "2026-06-10 19:00", "exact", "finished"),
        ("Knock-out, Semi-finals", None, "North Shore", "Carp - Tench", "2026-06-18 18:45", "exact", "finished"),
        ("Knock-out, Final", 4, "South Shore", "W2 - W3", "2026-06-28 19:00", "exact", "scheduled"),
        ("Knock-out, Final", 5, "South Shore", "Otter - Tench", "2026-06-28 19:00", "exact", "finished"),
    ]
    assert [record.home_is_slot for record in records] == [True, False, False, True, False]


def test_lines_that_are_nothing_known_are_rejected_and_not_lost() -> None:
    assert refusals(items_of(KEY, "broken.txt", "Europe/Rome")) == [
        ("line 4", "bad_date"),
        ("line 6", "bad_date"),
        ("line 8", "no_such_time"),
        ("line 9", "bad_time"),
        ("line 10", "unknown_status"),
        ("line 11", "not_a_record"),
        ("line 13", "not_a_record"),
        ("line 14", "not_a_record"),
        ("line 15", "bad_time"),
    ]


def test_a_bracket_that_never_closes_swallows_no_match() -> None:
    text = "= Lake Cup 2026\nMon Jun 8\n20:00 Otter 1-0 Pike\n(Smolt 10'\nCarp 2-0 Tench\n(Fry 3'\n\nRoach v Ruffe\n"
    assert [record.home for record in records_of(KEY, text.encode(), "UTC")] == ["Otter", "Carp", "Roach"]


def test_a_file_with_fewer_matches_than_it_announces_is_cut_off() -> None:
    text = (MINIATURES / "league.txt").read_bytes()
    with pytest.raises(FeedError) as error:
        items_of(KEY, text[: text.index(b"    Roach v Carp")], "Europe/Rome")
    assert error.value.fault == Fault.TRUNCATED


def test_a_text_without_a_title_is_something_else() -> None:
    with pytest.raises(FeedError) as error:
        items_of(KEY, b"Otter v Pike\n", "UTC")
    assert error.value.fault == Fault.SCHEMA_CHANGED


@pytest.mark.parametrize(
    ("name", "matches"),
    [
        ("2024-25/uefa-conf", 153),
        ("2024-25/uefa-el", 189),
        ("2025-26/de-1-bundesliga", 306),
        ("2025-26/en-1-premierleague", 380),
        ("2025-26/es-1-liga", 380),
        ("2025-26/fr1", 306),
        ("2025-26/it-1-seriea", 380),
        ("2025-26/uefa-cl", 189),
        ("2025-26/uefa-clq", 92),
        ("2025-26/uefa-confq", 256),
        ("2025-26/uefa-elq", 82),
        ("2026-27/fr1", 306),
        ("2026-27/it-1-seriea", 380),
        ("euro-2024", 51),
        ("euro-2028", 51),
        ("worldcup-2026/cup", 72),
        ("worldcup-2026/cup_finals", 32),
        ("worldcup-2026/quali_playoffs", 16),
    ],
)
def test_real_files_are_read_whole(shared: Path, name: str, matches: int) -> None:
    file = shared / "samples" / "fixtures" / "openfootball-txt" / f"{name}.txt"
    assert len(records_of(KEY, file, "Europe/Paris")) == matches


def test_a_default_kickoff_of_a_whole_round_is_provisional(shared: Path) -> None:
    folder = shared / "samples" / "fixtures" / "openfootball-txt" / "2026-27"
    french = records_of(KEY, folder / "fr1.txt", "Europe/Paris")
    toulouse = next(record for record in french if (record.home, record.away) == ("Toulouse FC", "Olympique Lyonnais"))
    assert toulouse.precision == "provisional"
    assert all(record.precision == "exact" for record in french if record.stage == "Matchday 34")
    italian = records_of(KEY, folder / "it-1-seriea.txt", "Europe/Rome")
    assert sum(record.precision == "day" for record in italian) == 330


def test_statuses_of_real_files_are_kept(shared: Path) -> None:
    folder = shared / "samples" / "fixtures" / "openfootball-txt" / "2025-26"
    english = records_of(KEY, folder / "en-1-premierleague.txt", "Europe/London")
    assert [brief(record)[:3] for record in english if record.status == "postponed"] == [
        ("AFC Bournemouth - Manchester City FC", "2026-05-17", "day"),
        ("Chelsea FC - Tottenham Hotspur FC", "2026-05-17", "day"),
        ("Manchester City FC - Crystal Palace FC", "2026-05-22", "day"),
    ]
    french = records_of(KEY, folder / "fr1.txt", "Europe/Paris")
    assert [record.home for record in french if record.status == "cancelled"] == ["FC Nantes"]
