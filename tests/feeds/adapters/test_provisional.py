"""Default times of whole rounds."""

import datetime as dt
from typing import Any

from guide.feeds.adapters.base import Code, Found, Rejected
from guide.feeds.adapters.provisional import marked
from guide.feeds.records import FixtureRecord


def in_round(stage: str, hours: tuple[int, ...], day: int, **values: Any) -> list[Found[FixtureRecord]]:
    return [
        Found(
            record=FixtureRecord.model_validate(
                {
                    "competition": "lake",
                    "season": "2026-27",
                    "stage": stage,
                    "home": f"Home {number}",
                    "away": f"Away {number}",
                    "starts_at": dt.datetime(2026, 8, day, hour, tzinfo=dt.UTC),
                    "day": dt.date(2026, 8, day),
                    "precision": "exact",
                }
                | values
            ),
            position=f"{stage} {number}",
        )
        for number, hour in enumerate(hours)
    ]


def doubted(items: list[Found[FixtureRecord]]) -> list[str]:
    return [
        item.position for item in marked(items) if isinstance(item, Found) and item.record.precision == "provisional"
    ]


LAST = in_round("Matchday 9", (15, 15, 15, 15), 30)


def test_more_than_half_of_a_round_at_one_instant_is_a_default() -> None:
    assert doubted(in_round("Matchday 1", (15, 15, 15, 18, 20), 1) + LAST) == [
        "Matchday 1 0",
        "Matchday 1 1",
        "Matchday 1 2",
    ]
    assert doubted(in_round("Matchday 1", (15, 15, 15, 18, 20, 21), 1) + LAST) == []


def test_the_last_round_is_simultaneous_for_real() -> None:
    assert doubted(LAST) == []
    assert doubted(LAST + in_round("Matchday 1", (15,), 31)[:1] + in_round("Matchday 1", (12,), 1)) == []


def test_each_part_of_a_cup_has_a_last_round() -> None:
    league = in_round("League, Matchday 8", (20, 20, 20, 20), 10)
    finals = in_round("Finals, Final", (21,), 29)
    assert doubted(league + finals) == []


def test_a_pair_of_simultaneous_matches_is_no_default() -> None:
    assert doubted(in_round("Group A", (21, 21), 1) + LAST) == []


def test_what_was_played_had_its_time() -> None:
    assert doubted(in_round("Matchday 1", (15, 15, 15), 1, status="finished") + LAST) == []


def test_rejections_pass_through() -> None:
    rejected = Rejected(code=Code.BAD_DATE, position="line 1", message="No day.", raw="x")
    assert list(marked([rejected])) == [rejected]
