"""Two published rights of one holder to one thing never share a day in a country, on either database."""

import datetime as dt
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Self

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from guide import bundled
from guide.publication.models import FAR_FUTURE, FAR_PAST, Change, Revision
from guide.publication.publish import publish
from guide.publication.tables import Entry, Problem, TableError
from guide.rights.models import Right, RightCountry
from guide.rights.overlap import Overlap, OverlapError, find_overlaps, overlap_problems, overlaps_of
from guide.rights.reconcile import RIGHTS
from guide.rights.records import RightRecord
from tests.factories import a_broadcaster, a_competition, a_country, a_league, a_right, write
from tests.files import Files
from tests.processes import address_of_the_test_database
from tests.servers import ROOT
from tests.stored import dump

AUTUMN = {"first_day": "2026-07-01", "last_day": "2026-12-31"}
SPRING = {"first_day": "2027-01-01", "last_day": "2027-06-30"}
# Its first day is the last of autumn.
MEETING = {"first_day": "2026-12-31", "last_day": "2027-06-30"}


def windows() -> dict[str, tuple[str, str]]:
    return {
        key: (str(first), str(last))
        for key, first, last in RightCountry.objects.values_list("right__key", "from_day", "to_day")
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("empty_guide")
class TestTheGuard:
    def refused(self, *rights: RightRecord, origin: str = "test") -> str:
        """What the guard says; nothing was written."""
        before = dump()
        with pytest.raises(OverlapError) as error:
            write(*rights, origin=origin)
        assert dump() == before
        return str(error.value)

    def test_it_names_both_rights_and_the_country_and_nothing_is_written(self) -> None:
        write(*a_league(), a_country(), a_country("FR"), a_right(key="old", countries="IT", **AUTUMN))
        message = self.refused(a_right(key="new", countries="FR; IT", **MEETING), origin="feed")
        assert "“new”" in message
        assert "“old”" in message
        assert "in IT" in message
        assert "in FR" not in message

    def test_of_the_whole_document_nothing_is_written(self) -> None:
        write(*a_league(), a_broadcaster(), a_broadcaster("other"), a_right(key="old", **AUTUMN))
        self.refused(
            a_right("other", key="fine"), a_right(key="new", **MEETING), a_right(key="later", **SPRING), origin="feed"
        )
        assert set(windows()) == {"old"}

    def test_two_rights_of_one_document_conflict_too(self) -> None:
        write(*a_league())
        message = self.refused(a_right(key="one", **AUTUMN), a_right(key="two", **MEETING))
        assert "“one”" in message
        assert "“two”" in message

    def test_windows_that_meet_on_one_day_conflict_and_adjoining_ones_do_not(self) -> None:
        write(*a_league(), a_right(key="old", **AUTUMN))
        self.refused(a_right(key="new", **MEETING), origin="feed")
        write(a_right(key="new", **SPRING), origin="feed")
        assert set(windows()) == {"old", "new"}

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ({"first_day": None, "last_day": "2026-12-31"}, {"first_day": "2020-01-01", "last_day": "2020-01-01"}),
            ({"first_day": None, "last_day": "2026-12-31"}, {"first_day": None, "last_day": "1990-01-01"}),
            ({"first_day": "2026-07-01", "evidence_reaches": "2027-06-30"}, MEETING),
            (
                {"first_day": "2026-07-01", "last_day": "2030-06-30"},
                {"first_day": "2028-01-01", "last_day": "2028-01-01"},
            ),
            (AUTUMN, AUTUMN),
        ],
    )
    def test_unknown_ends_count_as_far_as_they_reach(self, one: dict[str, Any], other: dict[str, Any]) -> None:
        write(*a_league(), a_right(key="old", **one))
        self.refused(a_right(key="new", **other), origin="feed")

    def test_beyond_the_reach_of_the_evidence_there_is_room(self) -> None:
        write(*a_league(), a_right(key="old", first_day=None, evidence_reaches="2026-12-31"))
        write(a_right(key="new", **SPRING), origin="feed")
        assert len(windows()) == 2

    @pytest.mark.parametrize(
        "cells",
        [
            {"package": "spanish"},
            {"kind": "highlights"},
            {"broadcaster": "other"},
            {"competition": "test-cup"},
            {"countries": "FR"},
        ],
        ids=lambda cells: next(iter(cells)),
    )
    def test_what_differs_coexists(self, cells: dict[str, str]) -> None:
        write(
            *a_league(),
            a_competition(),
            a_competition("test-cup"),
            a_country(),
            a_country("FR"),
            a_broadcaster(),
            a_broadcaster("other"),
            a_right(key="old"),
        )
        write(a_right(key="new", **cells), origin="feed")
        assert len(windows()) == 2

    def test_languages_alone_keep_nobody_apart(self) -> None:
        write(*a_league(), a_right(key="old", languages="en"))
        self.refused(a_right(key="new", languages="es"), origin="feed")

    def test_an_unpublished_right_meets_nobody_until_it_has_evidence(self) -> None:
        write(*a_league(), a_right(key="old"))
        write(a_right(key="new", evidence=[]), origin="feed")
        assert set(windows()) == {"old", "new"}
        self.refused(a_right(key="new"), origin="feed")

    def test_a_withdrawn_right_leaves_its_days_to_others_and_cannot_come_back_into_them(self) -> None:
        write(*a_league(), a_country(), a_country("FR"), a_right(key="old"), a_right(key="stays", countries="FR"))
        write(a_right(key="stays", countries="FR"))
        write(a_right(key="new"), origin="feed")
        assert "“old”" in self.refused(a_right(key="old"), a_right(key="stays", countries="FR"))

    def test_a_right_may_move_to_another_key(self) -> None:
        write(*a_league(), a_right(key="old"))
        outcome = write(a_right(key="new"))["rights"]
        assert (outcome.created, outcome.withdrawn) == (("new",), ("old",))

    def test_adjoining_windows_move_past_each_other_in_one_document(self) -> None:
        write(*a_league(), a_right(key="one", **AUTUMN), a_right(key="two", **SPRING))
        outcome = write(a_right(key="one", **SPRING), a_right(key="two", **AUTUMN))["rights"]
        assert set(outcome.changed) == {"one", "two"}
        assert windows() == {"one": ("2027-01-01", "2027-06-30"), "two": ("2026-07-01", "2026-12-31")}

    def test_a_window_grows_into_days_that_another_gives_up(self) -> None:
        write(*a_league(), a_right(key="one", **AUTUMN), a_right(key="two", **SPRING))
        write(
            a_right(key="one", first_day="2026-07-01", last_day="2027-03-31"),
            a_right(key="two", first_day="2027-04-01"),
        )
        assert windows()["one"] == ("2026-07-01", "2027-03-31")

    def test_a_change_of_window_broadcaster_or_country_is_guarded_as_well(self) -> None:
        write(
            *a_league(),
            a_country(),
            a_country("FR"),
            a_broadcaster(),
            a_broadcaster("other"),
            a_right(key="one", **AUTUMN),
        )
        write(a_right(key="two", **SPRING), origin="feed")
        self.refused(a_right(key="two", **MEETING), origin="feed")
        write(a_right("other", key="two", **MEETING), origin="feed")
        self.refused(a_right(key="two", **MEETING), origin="feed")
        write(a_right(key="two", countries="FR", **MEETING), origin="feed")
        self.refused(a_right(key="two", countries="FR; IT", **MEETING), origin="feed")

    def test_a_locked_row_keeps_its_days(self) -> None:
        write(*a_league(), a_right(key="locked", **AUTUMN), a_right(key="free", **SPRING))
        Right.objects.filter(key="locked").update(is_locked=True)
        message = self.refused(a_right(key="locked", **SPRING), a_right(key="free", **AUTUMN))
        assert "“locked”" in message

    def test_after_a_refusal_the_same_transaction_may_go_on(self) -> None:
        write(*a_league(), a_right(key="old"))
        with publish(actor="test", reason="test") as publication:
            with pytest.raises(OverlapError):
                RIGHTS.apply([a_right(key="new")], publication, origin="feed")
            RIGHTS.apply([a_right(key="new", package="other")], publication, origin="feed")
        assert set(windows()) == {"old", "new"}
        assert Change.objects.filter(table="rights", key="new").count() == 1

    def test_overlaps_are_found_by_their_keys(self) -> None:
        write(
            *a_league(), a_right(key="one", **AUTUMN), a_right(key="two", **SPRING), a_right(key="three", package="p")
        )
        assert find_overlaps(["one", "two", "three"]) == []
        assert find_overlaps([]) == []

    def test_what_a_form_holds_is_compared_before_it_is_saved(self) -> None:
        write(*a_league(), a_right(key="one", **AUTUMN), a_right(key="two", **SPRING))
        two = Right.objects.get(key="two")
        assert overlaps_of(two, ["IT"]) == []
        two.first_day = None
        assert overlaps_of(two, ["IT", "FR"]) == [Overlap(right="two", other="one", country="IT")]
        assert overlaps_of(two, ["FR"]) == []

    def test_the_constraint_object_checks_a_row_on_either_database(self) -> None:
        write(*a_league(), a_right(key="one", **AUTUMN), a_right(key="two", **SPRING))
        constraint = next(one for one in RightCountry._meta.constraints if one.name == "right_windows_apart")
        row = RightCountry.objects.get(right__key="two")
        constraint.validate(RightCountry, row)
        row.from_day = dt.date(2026, 12, 31)
        with pytest.raises(ValidationError, match="Another right of the same broadcaster covers some of these days"):
            constraint.validate(RightCountry, row)
        row.is_published = False
        constraint.validate(RightCountry, row)


class TestOneFile:
    """Overlaps within a document are told by line before the database is asked."""

    def problems(self, *records: RightRecord) -> list[Problem]:
        return list(
            overlap_problems(
                Entry(record=record, document="rights.csv", line=line) for line, record in enumerate(records, start=2)
            )
        )

    def test_each_is_named_by_its_line_and_told_once(self) -> None:
        (problem,) = self.problems(
            a_right(key="one", countries="FR; IT", **AUTUMN), a_right(key="two", countries="FR; IT", **MEETING)
        )
        assert (problem.document, problem.line, problem.column) == ("rights.csv", 3, "first_day")
        assert "“one”" in problem.message
        assert "“two”" in problem.message
        assert "line 2" in problem.message

    def test_rows_that_adjoin_or_have_no_evidence_or_differ_are_none(self) -> None:
        assert (
            self.problems(
                a_right(key="one", **AUTUMN),
                a_right(key="two", **SPRING),
                a_right(key="three", evidence=[]),
                a_right(key="four", package="four"),
                a_right("other", key="five"),
            )
            == []
        )

    @pytest.mark.django_db
    def test_the_file_and_its_line_are_named_when_it_is_loaded(self, bundled_data: None, tmp_path: Any) -> None:
        files = Files(tmp_path)
        copy = next(row for row in files.rows("rights") if row["key"] == "serie-a--dazn-it--2024")
        line = files.add("rights", **(copy | {"key": "serie-a--dazn-it--again"}))
        with pytest.raises(TableError) as error:
            bundled.load(tmp_path)
        assert f"guide/rights/data/rights.csv, line {line}, first_day: " in str(error.value)
        assert "“serie-a--dazn-it--2024”" in str(error.value)


@pytest.mark.django_db
@pytest.mark.usefixtures("empty_guide")
class TestTheSchema:
    """What the database itself holds, whoever writes."""

    def copies(self, **cells: Any) -> RightCountry:
        row = RightCountry.objects.select_related("right").first()
        assert row is not None
        values = {
            name: getattr(row, name)
            for name in ("right_id", "competition_id", "broadcaster_id", "kind", "package", "is_published")
        }
        return RightCountry(**(values | {"from_day": row.from_day, "to_day": row.to_day, "country_id": "IT"} | cells))

    @pytest.mark.postgres
    def test_postgresql_refuses_an_overlap_from_anybody(self) -> None:
        write(*a_league(), a_right(key="one", **AUTUMN))
        write(a_right(key="two", **SPRING), origin="feed")
        # Half a second of carelessness in a shell: the composite key carries the window on, the exclusion stops it.
        with pytest.raises(IntegrityError, match="right_windows_apart"), transaction.atomic():
            Right.objects.filter(key="two").update(first_day="2026-12-31")
        Right.objects.filter(key="two").update(first_day="2027-01-02")

    @pytest.mark.postgres
    def test_postgresql_refuses_a_raw_insert(self) -> None:
        write(*a_league(), a_right(key="one", **AUTUMN), a_right(key="two", package="p", **AUTUMN))
        one = RightCountry.objects.get(right__key="one")
        with connection.cursor() as cursor, pytest.raises(IntegrityError, match="right_windows_apart"):
            cursor.execute(
                "UPDATE rights_rightcountry SET package = '' WHERE right_id <> %s",
                [one.right_id],
            )

    def test_a_right_carries_its_window_to_the_rows_of_its_countries(self) -> None:
        write(*a_league(), a_country(), a_country("FR"), a_right(key="one", countries="FR; IT", **AUTUMN))
        Right.objects.filter(key="one").update(first_day=None, last_day="2027-03-31", package="new", is_published=False)
        rows = RightCountry.objects.filter(right__key="one")
        assert rows.count() == 2
        for row in rows:
            assert (row.from_day, str(row.to_day), row.package, row.is_published) == (
                FAR_PAST,
                "2027-03-31",
                "new",
                False,
            )

    def test_what_the_database_computes_of_a_window_stands_for_every_case(self) -> None:
        write(
            *a_league(),
            a_right(key="both", **AUTUMN),
            a_right(key="reach", package="p", first_day=None, evidence_reaches="2027-01-01"),
        )
        assert windows() == {"both": ("2026-07-01", "2026-12-31"), "reach": (str(FAR_PAST), "2027-01-01")}
        assert FAR_PAST < FAR_FUTURE

    def test_rows_of_countries_cannot_say_other_than_their_right(self) -> None:
        write(*a_league(), a_country(), a_country("FR"), a_right(key="one", **AUTUMN))

        def insert(**cells: Any) -> None:
            with transaction.atomic():
                RightCountry.objects.bulk_create([self.copies(country_id="FR", **cells)])
                connection.check_constraints()

        with pytest.raises(IntegrityError):
            insert(to_day="2030-01-01")
        insert()

    def test_a_right_that_is_deleted_takes_its_countries_along(self) -> None:
        write(*a_league(), a_right(key="one"))
        Right.objects.filter(key="one").delete()
        assert not RightCountry.objects.exists()


# Two processes at once ------------------------------------------------------------------------------------------

PATIENCE = 20.0


class Racer:
    """A process of its own, with a connection of its own."""

    def __init__(self, name: str, *records: RightRecord, hold: bool = False) -> None:
        self.name = name
        self.records = [record.model_dump(mode="json") for record in records]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.rights.racer", name, *(["--hold"] if hold else [])],
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": address_of_the_test_database()},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()

    def hears(self, line: str = "") -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def starts(self) -> None:
        self.hears(json.dumps(self.records))

    def says(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def ends(self) -> tuple[str, str]:
        """The last word, and what was said when it was “refused”. A process that crashed has its own say."""
        out, err = self.process.communicate(timeout=PATIENCE)
        lines = [line for line in out.splitlines() if line != "written"]
        assert self.process.returncode == 0, f"{self.name} crashed:\n{err}"
        return lines[0], json.loads(lines[1]) if len(lines) > 1 else ""


def race(*racers: Racer) -> ExitStack:
    stack = ExitStack()
    for racer in racers:
        stack.enter_context(racer)
    for racer in racers:
        assert racer.says() == "ready"
    return stack


def waiting() -> int:
    """How many connections wait for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return int(cursor.fetchone()[0])


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.02)


@contextmanager
def locked(table: str) -> Iterator[None]:
    """Nobody else writes to a table meanwhile."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'LOCK TABLE "{table}" IN SHARE MODE')
        yield


@pytest.mark.django_db(transaction=True)
class TestARace:
    @pytest.fixture(autouse=True)
    def league(self, empty_guide: None) -> None:
        write(*a_league(), a_country(), a_country("FR"))

    def test_the_second_waits_for_the_first_and_is_told_both_names(self) -> None:
        first = Racer("first", a_right(key="of-the-first", **AUTUMN), hold=True)
        second = Racer("second", a_right(key="of-the-second", **MEETING))
        with race(first, second):
            first.starts()
            assert first.says() == "written"
            second.starts()
            # It can do nothing until the first has decided.
            time.sleep(0.5)
            assert second.process.poll() is None
            first.hears("commit")
            started = time.monotonic()
            assert first.ends() == ("committed", "")
            word, message = second.ends()
            assert time.monotonic() - started < 10
        assert word == "refused"
        assert "“of-the-first”" in message
        assert "“of-the-second”" in message
        assert set(windows()) == {"of-the-first"}
        assert Revision.objects.get().number == 2
        assert not Change.objects.filter(actor="second").exists()

    def test_if_the_first_gives_up_the_second_is_written(self) -> None:
        first = Racer("first", a_right(key="of-the-first", **AUTUMN), hold=True)
        second = Racer("second", a_right(key="of-the-second", **MEETING))
        with race(first, second):
            first.starts()
            assert first.says() == "written"
            second.starts()
            time.sleep(0.5)
            first.process.kill()
            assert second.ends() == ("committed", "")
        assert set(windows()) == {"of-the-second"}
        assert Change.objects.filter(actor="second").count() == 1

    def test_the_same_key_from_two_processes_is_one_right(self) -> None:
        first = Racer("first", a_right(key="same", **AUTUMN), hold=True)
        second = Racer("second", a_right(key="same", **SPRING))
        with race(first, second):
            first.starts()
            assert first.says() == "written"
            second.starts()
            time.sleep(0.5)
            first.hears("commit")
            assert (first.ends(), second.ends()) == (("committed", ""), ("committed", ""))
        assert windows() == {"same": ("2027-01-01", "2027-06-30")}
        actions = list(Change.objects.filter(key="same").order_by("id").values_list("actor", "action"))
        assert actions == [("first", "created"), ("second", "changed")]

    def test_those_who_do_not_meet_are_both_written(self) -> None:
        first = Racer("first", a_right(key="of-the-first", **AUTUMN))
        second = Racer("second", a_right(key="of-the-second", **SPRING))
        with race(first, second):
            first.starts()
            second.starts()
            assert {first.ends()[0], second.ends()[0]} == {"committed"}
        assert len(windows()) == 2
        assert sorted(Change.objects.filter(table="rights").values_list("revision", flat=True)) == [2, 3]

    @pytest.mark.postgres
    def test_when_both_have_written_before_either_looks_exactly_one_wins(self) -> None:
        # Rights stand before their evidence, so both stop here: written, not yet checked, not yet committed.
        one = Racer("one", a_right(key="of-one", **AUTUMN))
        two = Racer("two", a_right(key="of-two", **MEETING))
        with race(one, two):
            with locked("rights_evidence"):
                one.starts()
                two.starts()
                wait_until(lambda: waiting() == 2)
            started = time.monotonic()
            (first_word, first_message), (second_word, second_message) = one.ends(), two.ends()
            assert time.monotonic() - started < 10
        assert sorted([first_word, second_word]) == ["committed", "refused"]
        message = first_message or second_message
        assert "“of-one”" in message
        assert "“of-two”" in message
        assert len(windows()) == 1

    @pytest.mark.postgres
    def test_when_each_waits_for_the_other_exactly_one_wins(self) -> None:
        # Each changes a right that it has and adds one that meets the other's change: they wait for each other.
        one_had, two_had = a_right(key="one-had", **AUTUMN), a_right(key="two-had", countries="FR", **AUTUMN)
        write(one_had, origin="one")
        write(two_had, origin="two")
        moved = {"first_day": "2026-07-01", "last_day": "2027-06-30", "evidence": []}
        pages = [{"kind": "press", "url": "https://other.example/"}]
        one = Racer(
            "one",
            a_right(**(moved | {"key": "one-had", "evidence": pages})),
            a_right(key="one-adds", countries="FR", **SPRING),
        )
        two = Racer(
            "two",
            a_right(**(moved | {"key": "two-had", "countries": "FR", "evidence": pages})),
            a_right(key="two-adds", **SPRING),
        )
        with race(one, two):
            # Changes are written with their evidence before anything is added.
            with locked("rights_evidence"):
                one.starts()
                two.starts()
                wait_until(lambda: waiting() == 2)
            started = time.monotonic()
            words = sorted([one.ends()[0], two.ends()[0]])
            assert time.monotonic() - started < 10
        assert words == ["committed", "refused"]
