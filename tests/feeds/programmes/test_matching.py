"""Which programme shows which event: by both teams or by session, and by time."""

import datetime as dt
from typing import Any

import pytest

from guide.feeds.programmes.matching import Candidate, Doubt, Doubtful, Match, Matcher, first_of_the_day
from guide.feeds.records import ProgrammeRecord

KICK_OFF = dt.datetime(2026, 11, 28, 18, 45, tzinfo=dt.UTC)
TEAMS = {
    "north town": {"north-town"},
    "north": {"north-town"},
    "saint sud": {"saint-sud"},
    "paris sg": {"paris-sg"},
    "west": {"west-city"},
}
GAME = Candidate(
    key="game",
    competition="league",
    sport="football",
    home="north-town",
    away="saint-sud",
    starts_at=KICK_OFF,
    is_exact=True,
)
WEEKEND = [
    Candidate(
        key=f"race--{session}",
        competition="formula-1",
        sport="motorsport",
        weekend="race",
        names=("Dutch Grand Prix", "Grand Prix des Pays-Bas"),
        starts_at=KICK_OFF + dt.timedelta(hours=hours),
        ends_at=KICK_OFF + dt.timedelta(hours=hours, minutes=minutes),
        is_exact=True,
    )
    for session, hours, minutes in (("sprint", 0, 30), ("qualifying", 4, 60), ("race", 24, 120))
]


def matcher(*more: Candidate) -> Matcher:
    teams = {name: frozenset(slugs) for name, slugs in TEAMS.items()}
    return Matcher((GAME, *WEEKEND, *more), teams, {"formula 1": "formula-1", "formule 1": "formula-1"})


def a_programme(title: str, minutes: float = 0, length: float | None = 120, /, **cells: Any) -> ProgrammeRecord:
    """From so many minutes after kick-off, so many minutes long."""
    starts_at = KICK_OFF + dt.timedelta(minutes=minutes)
    stops_at = None if length is None else starts_at + dt.timedelta(minutes=length)
    values = {"channel": "one", "starts_at": starts_at, "stops_at": stops_at, "title": title} | cells
    return ProgrammeRecord.model_validate(values)


def said(title: str, minutes: float = 0, length: float | None = 120, /, **cells: Any) -> str | None:
    found = matcher().match(a_programme(title, minutes, length, **cells))
    return found.event if isinstance(found, Match) else None


@pytest.mark.parametrize(
    "title",
    [
        "North Town - Saint-Sud",
        "North Town / Saint Sud",
        "NORTH TOWN v SAINT-SUD",
        "Nörth vs. Saint-Sud",
        "Saint-Sud - North",
        "Football: League - North Town-Saint-Sud, 1. half",
        "League (matchday 3): North Town – Saint-Sud",
        "North Town-Saint-Sud",
    ],
)
def test_both_sides_are_read_however_they_are_written(title: str) -> None:
    assert said(title) == "game"
    assert said("Football", sub_title=title) == "game"


@pytest.mark.parametrize(
    "title",
    [
        "North Town",
        "Saint-Sud",
        "North Town - Paris-SG",
        "North - South",
        "Saint - Sud",
        "The road north - a town",
        "- / -",
    ],
)
def test_one_side_or_another_match_is_none(title: str) -> None:
    assert said(title) is None


@pytest.mark.parametrize(
    ("minutes", "length", "is_live"),
    [
        (-66, 200, False),
        (-65, 200, True),
        (-5, 115, True),
        (0, None, True),
        (-60, 45, False),
        (15, 90, True),
        (16, 90, False),
        (39, 60, False),
        (55, 60, True),
        (75, 60, True),
        (76, 120, False),
        (185, 120, False),
        (0, 30, False),
    ],
)
def test_only_a_programme_of_the_time_of_the_match_is_live(minutes: int, length: int | None, is_live: bool) -> None:
    assert (said("North Town - Saint-Sud", minutes, length) == "game") is is_live


@pytest.mark.parametrize(
    "title",
    [
        "Highlights: North Town - Saint-Sud",
        "North Town - Saint-Sud (résumé)",
        "Multiplex: North Town - Saint-Sud",
        "North Town - Saint-Sud, højdepunkter",
        "Rugby: North Town - Saint-Sud",
        "North Town - Saint-Sud, féminines",
        "Match of the Day: North Town v Saint-Sud",
    ],
)
def test_what_says_that_it_is_something_else_is(title: str) -> None:
    assert said(title) is None


def test_a_description_that_speaks_of_a_recording_is_heard() -> None:
    assert said("North Town - Saint-Sud", description="Retransmission en différé.") is None
    assert said("North Town - Saint-Sud", description="The highlights of the season so far were theirs.") == "game"


def test_one_known_side_at_the_time_of_its_match_is_for_a_person() -> None:
    found = matcher().match(a_programme("North Town - Sant-Suud"))
    assert found == Doubtful(event="game", why=Doubt.ONE_TEAM)
    assert matcher().match(a_programme("North Town - Sant-Suud", 300)) is None


def test_where_the_list_has_no_time_the_first_of_the_day_says_it_and_the_others_repeat() -> None:
    day = Candidate(
        key="open", competition="league", sport="football", home="paris-sg", away="west-city",
        starts_at=KICK_OFF, day=KICK_OFF.date(), is_exact=False,
    )  # fmt: skip
    programmes = [a_programme("Paris-SG / West", minutes) for minutes in (-200, 60, 300, 1440)]
    found = [(one, match) for one in programmes if isinstance(match := matcher(day).match(one), Match)]
    assert [match for _, match in found] == [Match(event="open", is_time_news=True)] * 3
    assert [one.starts_at for one, _ in first_of_the_day(found)] == [programmes[0].starts_at]


@pytest.mark.parametrize(
    ("title", "minutes", "length", "session"),
    [
        ("Formule 1 : Grand Prix des Pays-Bas", -10, 60, "sprint"),
        ("Grand Prix des Pays-Bas", -5, 50, "sprint"),
        ("Formule 1", 235, 75, "qualifying"),
        ("Dutch Grand Prix", 1380, 200, "race"),
        ("Grand Prix des Pays-Bas", 500, 17, None),
        ("Formule 2 : Grand Prix des Pays-Bas", -5, 50, None),
        ("Formule 1 : le magazine", -5, 50, None),
        ("Formule 1", 60, 60, None),
        ("Dutch masters", -5, 60, None),
        ("Moto3 : Grand Prix des Pays-Bas", -5, 60, None),
    ],
)
def test_the_session_is_told_by_the_time(title: str, minutes: int, length: int, session: str | None) -> None:
    assert said(title, minutes, length) == (session and f"race--{session}")


def test_a_title_of_nothing_but_hyphens_is_read_to_its_end() -> None:
    assert said("-".join("ab" for _ in range(5_000))) is None
