"""Whatever the question, the answer is what the rules say: held against an oracle that reads the files by itself."""

import csv
import datetime as dt
import random
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import transaction
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from broadcasters.models import Country
from competitions.models import Competition
from guide import bundled
from guide.publication.records import Record
from guide.rights.answer import Answer, LapseReason, Question, Reason, State
from guide.rights.answers import answers
from guide.rights.models import Right
from guide.rights.records import BlackoutRecord, FindingRecord, RightRecord
from tests.factories import (
    LEAGUE,
    NOW,
    a_blackout,
    a_broadcaster,
    a_competition,
    a_country,
    a_finding,
    a_page,
    a_right,
    a_season,
    a_sport,
    write,
)
from tests.files import Files
from tests.rights.oracle import Oracle, Verdict
from tests.stored import clear
from tests.thorough import IS_THOROUGH, examples

DAYS = ["2026-11-23", "2026-07-01", "2026-06-30", "2026-03-01", "2027-07-01", "2024-01-01", "2023-06-30", "2031-12-31"]


@pytest.fixture(scope="module")
def oracle() -> Oracle:
    return Oracle(settings.BASE_DIR)


@pytest.fixture
def cells(bundled_data: None) -> dict[tuple[str, str], Question]:
    """A question for each competition and country."""
    return {
        (competition.slug, country.code): Question(competition=competition, country=country)
        for competition in Competition.objects.all()
        for country in Country.objects.all()
    }


class Keys:
    """From the public ids of answers back to the keys of the files."""

    def __init__(self) -> None:
        self.of = dict(Right.objects.values_list("public_id", "key"))

    def verdict(self, answer: Answer) -> Verdict:
        """An answer in the words of the oracle."""
        return Verdict(
            state=answer.state.value,
            reason=answer.reason.value if answer.reason else None,
            options=frozenset(self.of[option.right] for option in answer.options),
            holders=frozenset(option.broadcaster.slug for option in answer.options if option.kind == "live"),
            last_known=frozenset(self.of[row.right] for row in answer.last_known),
            upcoming=frozenset((self.of[row.right], row.day) for row in answer.upcoming),
        )


def on(question: Question, moment: dt.date | dt.datetime | None) -> Question:
    return Question(competition=question.competition, country=question.country, on=moment)


def check_invariants(answer: Answer) -> None:
    """What holds for every answer, whatever is on record."""
    day = answer.day
    live = [option for option in answer.options if option.kind == "live"]
    assert [state for state in State if state == answer.state] == [answer.state], "exactly one of the five"
    assert (answer.state in (State.LICENSED, State.BLOCKED)) == bool(live)
    assert (answer.state in (State.UNANNOUNCED, State.NONE)) == (answer.finding is not None)
    assert answer.finding is None or answer.finding.kind == answer.state.value
    assert (answer.state in (State.UNKNOWN, State.BLOCKED)) == (answer.reason is not None)
    assert (answer.state == State.BLOCKED) == (answer.block is not None) == (answer.reason == Reason.BLACKOUT)
    assert answer.resumes_on is None or (live and answer.season is None and day < answer.resumes_on)
    assert [option.rank for option in answer.options] == list(range(1, len(answer.options) + 1))
    for option in answer.options:
        end = option.last_day or option.evidence_reaches
        assert end is not None, "a window ends, by its last day or by its evidence"
        assert (option.first_day or day) <= day <= end, "no option outside its window or its evidence"
        assert option.evidence, "nothing is shown without evidence"
    for known in answer.last_known:
        end = known.last_day or known.evidence_reaches
        assert end is not None
        assert (end >= day) == (known.reason == LapseReason.EDITION_OVER)
    assert all(row.day > day for row in answer.upcoming)
    named = [option.right for option in live] + [row.right for row in answer.last_known]
    assert len(named) == len(set(named)), "a right is licensed or last known, once"
    assert not {option.right for option in live} & {row.right for row in answer.upcoming}
    if answer.question.on is not None:
        assert answer.next_change_at is None
    else:
        assert answer.next_change_at is not None


@pytest.mark.parametrize("day", DAYS if IS_THOROUGH else DAYS[:3])
def test_every_cell_of_a_day_is_what_the_oracle_says(
    cells: dict[tuple[str, str], Question], oracle: Oracle, day: str
) -> None:
    moment = dt.date.fromisoformat(day)
    given_answers = answers([on(question, moment) for question in cells.values()], now=NOW)
    found = Keys()
    for cell, answer in zip(cells, given_answers, strict=True):
        assert found.verdict(answer) == oracle.judge(*cell, moment), cell
        check_invariants(answer)


def test_any_cell_on_any_day_is_what_the_oracle_says(cells: dict[tuple[str, str], Question], oracle: Oracle) -> None:
    found = Keys()
    # Edges are where mistakes live: half of the days are the first or last day of some right or season, or its
    # neighbour.
    edges = sorted(
        {
            edge + dt.timedelta(days=shift)
            for rows in [*oracle.rights.values()]
            for row in rows
            for name in ("first_day", "last_day", "evidence_reaches")
            if row[name]
            for edge in [dt.date.fromisoformat(row[name])]
            for shift in (-1, 0, 1)
        }
        | {
            edge + dt.timedelta(days=shift)
            for spans in oracle.seasons.values()
            for span in spans
            for edge in span
            for shift in (-1, 0, 1, -365, -366)
        }
    )
    days = st.one_of(st.dates(dt.date(2018, 1, 1), dt.date(2036, 12, 31)), st.sampled_from(edges))
    held = sorted(
        {
            (row["competition"], country)
            for country, rows in oracle.rights.items()
            for row in rows
            if (row["competition"], country) in cells
        }
    )
    places = st.one_of(st.sampled_from(held), st.sampled_from(sorted(cells)))

    @hypothesis_settings(max_examples=examples(150), deadline=None)
    @given(asked=st.lists(st.tuples(places, days), min_size=1, max_size=25))
    def same(asked: list[tuple[tuple[str, str], dt.date]]) -> None:
        given_answers = answers([on(cells[cell], day) for cell, day in asked], now=NOW)
        for (cell, day), answer in zip(asked, given_answers, strict=True):
            assert answer.day == day
            assert found.verdict(answer) == oracle.judge(*cell, day)
            check_invariants(answer)

    same()


def test_any_instant_is_answered_for_the_day_that_the_country_has_then(
    cells: dict[tuple[str, str], Question], oracle: Oracle
) -> None:
    found = Keys()
    instants = st.datetimes(dt.datetime(2023, 1, 1), dt.datetime(2032, 1, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001

    @hypothesis_settings(max_examples=examples(60), deadline=None)
    @given(asked=st.lists(st.sampled_from(sorted(cells)), min_size=1, max_size=25), instant=instants)
    def same(asked: list[tuple[str, str]], instant: dt.datetime) -> None:
        named = answers([on(cells[cell], instant) for cell in asked], now=NOW)
        present = answers([on(cells[cell], None) for cell in asked], now=instant)
        for cell, answer, at_present in zip(asked, named, present, strict=True):
            assert answer.day == instant.astimezone(ZoneInfo(oracle.zones[cell[1]])).date()
            assert found.verdict(answer) == found.verdict(at_present) == oracle.judge(*cell, instant)
            check_invariants(answer)
            check_invariants(at_present)

    same()


def contents(given_answers: Iterable[Answer]) -> list[tuple[object, ...]]:
    """Answers by all that they say. The rows of a question are other objects in another database."""
    return [
        tuple(getattr(answer, name) for name in Answer.__dataclass_fields__ if name != "question")
        for answer in given_answers
    ]


def all_answers() -> list[tuple[object, ...]]:
    questions = [
        Question(competition=competition, country=country, on=dt.date.fromisoformat(day))
        for day in ("2026-11-23", "2027-07-01")
        for competition in Competition.objects.order_by("slug")
        for country in Country.objects.order_by("code")
    ]
    return contents(answers(questions, now=NOW))


@pytest.mark.long
@pytest.mark.once
def test_the_order_of_the_rows_changes_nothing(bundled_data: None, tmp_path: Path) -> None:
    files = Files(tmp_path)

    def shuffled(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        return random.Random(20261123).sample(rows, len(rows))  # noqa: S311 (nothing secret)

    for table in ("rights", "seasons", "broadcasters", "services", "offers", "countries", "closures"):
        files.change(table, shuffled)
    assert files.path("rights").read_bytes() != (settings.BASE_DIR / "guide/rights/data/rights.csv").read_bytes()
    before = all_answers()
    for outcome in bundled.load(tmp_path):
        assert (outcome.created, outcome.changed, outcome.withdrawn, outcome.kept) == ((), (), (), ()), outcome.table
    # And in a database that has seen no other order, whose rows stand in this one:
    clear()
    bundled.load(tmp_path)
    assert all_answers() == before


# Worlds that never were: any seasons, rights, findings and blackouts that the tables take.

WORLD_FIRST, WORLD_LAST = dt.date(2026, 1, 1), dt.date(2030, 12, 31)
PLACES = {"IT": "Europe/Rome", "NZ": "Pacific/Auckland"}
COMPETITIONS = [LEAGUE, "test-cup"]

# Few days, so that windows often touch.
some_days = st.integers(0, 24).map(lambda steps: WORLD_FIRST + dt.timedelta(days=61 * steps))
days_asked = st.one_of(
    some_days,
    some_days.map(lambda day: day + dt.timedelta(days=1)),
    some_days.map(lambda day: day - dt.timedelta(days=1)),
    st.dates(WORLD_FIRST, WORLD_LAST),
)
windows = st.tuples(some_days, some_days).map(sorted)
places_in_world = st.sets(st.sampled_from(sorted(PLACES)), min_size=1).map(sorted)


@st.composite
def seasons_of(draw: st.DrawFn, competition: str) -> list[Record]:
    """Some seasons, one straight after the other or with pauses between them."""
    firsts = draw(st.lists(some_days, unique=True, max_size=5).map(sorted))
    seasons: list[Record] = []
    for number, (first, next_first) in enumerate(zip(firsts, [*firsts[1:], WORLD_LAST], strict=False)):
        last = draw(st.sampled_from([first, first + dt.timedelta(days=30), next_first - dt.timedelta(days=1)]))
        seasons.append(a_season(f"s{number}", first.isoformat(), last.isoformat(), competition=competition))
    return seasons


@st.composite
def spans_in_time(draw: st.DrawFn) -> dict[str, dt.date | None]:
    first, last = draw(windows)
    is_end_known = draw(st.booleans())
    return {
        "first_day": draw(st.sampled_from([first, first, None])),
        "last_day": last if is_end_known else None,
        "evidence_reaches": None if is_end_known else last,
    }


@st.composite
def rights_of(draw: st.DrawFn, number: int) -> RightRecord:
    # A package of its own keeps each right out of the others' way; the overlap guard has its own tests.
    broadcaster = draw(st.sampled_from(["one", "two", "three"]))
    return a_right(
        broadcaster,
        key=f"right-{number}",
        competition=draw(st.sampled_from(COMPETITIONS)),
        package=f"package-{number}",
        kind=draw(st.sampled_from(["live", "live", "live", "highlights", "delayed"])),
        countries=draw(places_in_world),
        access=draw(st.sampled_from(["free", "registration", "subscription", "pay-per-view", "mixed", "unknown"])),
        scope=draw(st.sampled_from(["all", "most", "some", "unknown"])),
        evidence=draw(st.sampled_from([[a_page()], [a_page()], [a_page()], []])),
        **draw(spans_in_time()),
    )


@st.composite
def findings_of(draw: st.DrawFn, number: int) -> FindingRecord:
    return a_finding(
        draw(st.sampled_from(["none", "unannounced"])),
        key=f"finding-{number}",
        competition=draw(st.sampled_from(COMPETITIONS)),
        countries=draw(places_in_world),
        **draw(spans_in_time()),
    )


@st.composite
def blackouts_of(draw: st.DrawFn, number: int) -> BlackoutRecord:
    hours = draw(st.none() | st.lists(st.integers(0, 23), min_size=2, max_size=2, unique=True).map(sorted))
    first, last = draw(windows)
    return a_blackout(
        key=f"blackout-{number}",
        competition=draw(st.sampled_from([*COMPETITIONS, ""])),
        countries=draw(places_in_world),
        first_day=draw(st.sampled_from([first, None])),
        last_day=draw(st.sampled_from([last, None])),
        weekday=draw(st.none() | st.integers(1, 7)),
        from_time=dt.time(hours[0]) if hours else None,
        to_time=dt.time(hours[1]) if hours else None,
    )


@st.composite
def worlds(draw: st.DrawFn) -> list[Record]:
    world: list[Record] = [a_sport(), *(a_competition(slug) for slug in COMPETITIONS)]
    world += [a_country(code, time_zone=zone) for code, zone in PLACES.items()]
    world += [a_broadcaster(slug) for slug in ("one", "two", "three")]
    for slug in COMPETITIONS:
        world += draw(seasons_of(slug))
    world += [draw(rights_of(number)) for number in range(draw(st.integers(0, 7)))]
    world += [draw(findings_of(number)) for number in range(draw(st.integers(0, 3)))]
    world += [draw(blackouts_of(number)) for number in range(draw(st.integers(0, 3)))]
    return world


# What the oracle reads of a world; the cells are written here and not by the guide's own code.
COLUMNS = {
    "broadcasters/data/countries.csv": ("CountryRecord", ["code", "time_zone"]),
    "broadcasters/data/country_groups.csv": ("", ["slug", "countries"]),
    "competitions/data/seasons.csv": ("SeasonRecord", ["competition", "first_day", "last_day"]),
    "guide/rights/data/rights.csv": (
        "RightRecord",
        [
            *("key", "competition", "broadcaster", "package", "kind", "countries"),
            *("first_day", "last_day", "evidence_reaches", "evidence_1_url"),
        ],
    ),
    "guide/rights/data/findings.csv": (
        "FindingRecord",
        ["competition", "countries", "kind", "first_day", "last_day", "evidence_reaches"],
    ),
    "guide/rights/data/blackouts.csv": (
        "BlackoutRecord",
        ["competition", "countries", "first_day", "last_day", "weekday", "from_time", "to_time"],
    ),
}


def cell(record: Record, name: str) -> str:
    if name == "evidence_1_url":
        return "".join(page.url for page in getattr(record, "evidence", ())[:1])
    value = getattr(record, name)
    return "; ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)


def written_down(world: list[Record], root: Path) -> Oracle:
    for name, (kind, columns) in COLUMNS.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows(
                [cell(record, column) for column in columns] for record in world if type(record).__name__ == kind
            )
    return Oracle(root)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.once
def test_any_world_keeps_the_rules(empty_guide: None, tmp_path: Path) -> None:
    seen: set[str] = set()

    @hypothesis_settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(world=worlds(), days=st.lists(days_asked, min_size=1, max_size=6), hour=st.integers(0, 23))
    def same(world: list[Record], days: list[dt.date], hour: int) -> None:
        oracle = written_down(world, tmp_path)
        with undone():
            write(*world)
            found = Keys()
            questions = [
                Question(competition=competition, country=country, on=moment)
                for competition in Competition.objects.all()
                for country in Country.objects.all()
                for day in days
                for local in [dt.datetime.combine(day, dt.time(hour, 30), tzinfo=country.zone)]
                for moment in (day, local.astimezone(dt.UTC))
            ]
            given_answers = answers(questions, now=NOW)
        for question, answer in zip(questions, given_answers, strict=True):
            assert question.on is not None
            assert found.verdict(answer) == oracle.judge(question.competition.slug, question.country.code, question.on)
            check_invariants(answer)
            seen.add(f"{answer.state} {answer.reason}")

    same()
    assert len(seen) >= 5, "these worlds are too tame to prove anything"


# Nights on which clocks are changed, in Italy and in New Zealand, and one on which nothing happens.
NIGHTS = {"IT": ["2026-03-29", "2026-10-25", "2026-11-23"], "NZ": ["2026-04-05", "2026-09-27", "2026-11-23"]}
QUARTER = dt.timedelta(minutes=15)
# Mostly in the small hours, when clocks are changed.
quarters = st.one_of(st.integers(4, 16), st.integers(0, 95)).map(lambda number: dt.time(number // 4, number % 4 * 15))


def test_between_now_and_the_next_change_nothing_changes_on_any_night(empty_guide: None, tmp_path: Path) -> None:
    times = st.none() | st.lists(quarters, min_size=2, max_size=2, unique=True).map(sorted)

    # Not shrunk: an example is small as it is, and each costs a hundred answers.
    @hypothesis_settings(max_examples=examples(25), deadline=None, phases=[Phase.reuse, Phase.generate])
    @given(
        place=st.sampled_from([(code, night) for code, nights in NIGHTS.items() for night in nights]),
        hours=st.lists(times, min_size=1, max_size=3),
        looks=st.lists(st.integers(0, 130), min_size=4, max_size=4, unique=True),
    )
    def same(place: tuple[str, str], hours: list[list[dt.time] | None], looks: list[int]) -> None:
        code, night = place
        world = [
            *(a_sport(), a_competition(), a_country(code, time_zone=PLACES[code]), a_broadcaster()),
            a_right(countries=code, first_day=night, last_day=night),
            *(
                a_blackout(countries=code, from_time=two and two[0], to_time=two and two[1], first_day=night)
                for two in hours
            ),
        ]
        oracle = written_down(world, tmp_path)
        with undone():
            write(*world)
            competition, country = Competition.objects.get(), Country.objects.get()
            # From an hour before the night's day to some hours after it.
            start = dt.datetime.combine(dt.date.fromisoformat(night), dt.time.min, tzinfo=country.zone)
            moments = [start.astimezone(dt.UTC) + number * QUARTER for number in range(-4, 130)]
            asked = [Question(competition=competition, country=country, on=moment) for moment in moments]
            at = dict(zip(moments, answers(asked, now=NOW), strict=True))
            now = {
                moments[look]: answers([Question(competition=competition, country=country)], now=moments[look])[0]
                for look in looks
            }
        for moment, answer in at.items():
            assert answer.state == oracle.judge(LEAGUE, code, moment).state, moment
            if answer.block and answer.block.until in at:
                until = [at[later].state for later in moments if moment <= later < answer.block.until]
                assert set(until) == {State.BLOCKED}
        for moment, answer in now.items():
            change = answer.next_change_at
            assert change is not None
            assert moment < change
            assert {at[later].state for later in moments if moment <= later < change} == {answer.state}

    same()
