"""manage.py load_data: reports what it did, or says by file and line what is wrong and changes nothing at all."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from broadcasters.models import Broadcaster
from guide.publication.models import Change, Revision
from guide.rights.models import Right
from tests.files import NAMES, Files
from tests.stored import dump

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(empty_guide: None, tmp_path: Path) -> Files:
    """A few files, and what is in them in the database."""
    files = Files(tmp_path).shrink()
    load(files)
    return files


def load(files: Files, *options: str) -> str:
    out = StringIO()
    call_command("load_data", *options, root=files.root, stdout=out)
    return out.getvalue()


def report(files: Files) -> dict[str, tuple[int, ...]]:
    """The numbers of the report: created, changed, withdrawn, unchanged, kept."""
    rows = re.findall(r"^(\w+) +(\d+) +(\d+) +(\d+) +(\d+) +(\d+)$", load(files), re.MULTILINE)
    assert [table for table, *_ in rows] == list(NAMES)
    return {table: tuple(map(int, numbers)) for table, *numbers in rows}


def refusal(files: Files) -> str:
    """What the command says when it refuses; not a byte has changed."""
    before = dump()
    with pytest.raises(CommandError) as error:
        load(files)
    assert dump() == before
    return str(error.value)


def test_a_first_run_creates_everything_and_says_so(empty_guide: None, tmp_path: Path) -> None:
    files = Files(tmp_path).shrink()
    for table, numbers in report(files).items():
        assert numbers == (len(files.rows(table)), 0, 0, 0, 0), table
    assert Revision.objects.get().number == 1
    assert Change.objects.count() == sum(len(files.rows(table)) for table in NAMES)
    assert set(Change.objects.values_list("actor", "reason")) == {("bundled", "bundled data loaded")}


def test_a_second_run_changes_nothing(files: Files) -> None:
    before = dump()
    for table, numbers in report(files).items():
        assert numbers == (0, 0, 0, len(files.rows(table)), 0), table
    assert dump() == before


def test_what_was_changed_withdrawn_and_kept_is_counted(files: Files) -> None:
    Right.objects.filter(key="serie-a--sky-it--2024").update(is_locked=True)
    files.set("broadcasters", 0, note="New")
    files.remove("closures", 0)
    files.set("rights", 1, note="What the file says")
    files.add("broadcasters", slug="new", name="New", kind="streaming", status="active")
    numbers = report(files)
    assert numbers["broadcasters"] == (1, 1, 0, 1, 0)
    assert numbers["closures"] == (0, 0, 1, 0, 0)
    assert numbers["rights"] == (0, 0, 0, 1, 1)
    assert Right.objects.get(key="serie-a--sky-it--2024").note != "What the file says"


def test_the_bundled_files_are_loaded_where_no_other_folder_is_named(bundled_data: None) -> None:
    out = StringIO()
    call_command("load_data", stdout=out)
    assert re.search(r"^rights +0 +0 +0 +745 +0$", out.getvalue(), re.MULTILINE)
    count = Right.objects.over_claimed().count()
    assert f"{count} rights claim “confirmed” on one unofficial page and count as “reported”" in out.getvalue()
    out = StringIO()
    call_command("load_data", "--review", stdout=out)
    lines = re.findall(r"^(\S+): claimed confirmed, supported reported$", out.getvalue(), re.MULTILINE)
    assert len(lines) == count
    assert lines == sorted(lines)


def test_what_the_database_holds_comes_back_where_a_file_says_it_again(files: Files) -> None:
    row = files.remove("closures", 0)
    load(files)
    files.add("closures", **row)
    assert report(files)["closures"] == (0, 1, 0, 0, 0)


# What is wrong, by file and line

LONG = "x" * 600


@pytest.mark.parametrize(
    ("table", "cells", "column"),
    [
        # One cell
        ("rights", {"first_day": "1.7.2024"}, "first_day"),
        ("rights", {"scope": "everything"}, "scope"),
        ("rights", {"kind": ""}, "kind"),
        ("rights", {"matches": "ten"}, "matches"),
        ("rights", {"languages": "Italian"}, "languages"),
        ("rights", {"key": ""}, "key"),
        ("rights", {"evidence_1_url": "tuttosport"}, "evidence_1_url"),
        ("rights", {"evidence_1_published_on": "Juli 2024"}, "evidence_1_published_on"),
        ("offers", {"price": "34,99"}, "price"),
        ("offers", {"currency": "Euro"}, "currency"),
        ("offers", {"currency": ""}, "currency"),
        ("offers", {"price": "1e30"}, "price"),
        ("countries", {"time_zone": "Europe/Milan"}, "time_zone"),
        ("countries", {"in_eu": ""}, "in_eu"),
        ("countries", {"code": "UK"}, "code"),
        ("countries", {"name": "  "}, "name"),
        ("competitions", {"slug": "sa"}, "slug"),
        ("competitions", {"slug": "today"}, "slug"),
        ("competitions", {"calendar": "weekly"}, "calendar"),
        ("competitions", {"region": "Italy"}, "region"),
        ("seasons", {"first_day": ""}, "first_day"),
        ("services", {"kind": "radio"}, "kind"),
        ("services", {"url": "dazn.com"}, "url"),
        ("broadcasters", {"status": "asleep"}, "status"),
        ("broadcasters", {"ended_on": "last year"}, "ended_on"),
        ("closures", {"operator_country": "Italy"}, "operator_country"),
        ("closures", {"visits_count": "many"}, "visits_count"),
        # Cells that do not go together
        ("rights", {"evidence_reaches": "2026-06-30"}, ""),
        ("rights", {"last_day": ""}, ""),
        ("rights", {"last_day": "2020-06-30"}, ""),
        ("rights", {"matches": "12", "matches_of": "10"}, ""),
        ("rights", {"countries": ""}, ""),
        ("offers", {"period": "free", "price": "5"}, ""),
        ("offers", {"first_day": "2026-07-01", "last_day": "2026-06-30"}, ""),
        ("seasons", {"first_day": "2026-07-01", "last_day": "2026-06-30"}, ""),
        # References
        ("rights", {"competition": "seriea"}, "competition"),
        ("rights", {"broadcaster": "dazn-ti"}, "broadcaster"),
        ("rights", {"countries": "IT; XX"}, "countries"),
        ("rights", {"countries": "IT; UK"}, "countries"),
        ("rights", {"countries": "dahc"}, "countries"),
        ("rights", {"services": "dazn-it-9"}, "services"),
        ("offers", {"competitions": "serie-b"}, "competitions"),
        ("offers", {"requires": "nothing"}, "requires"),
        ("services", {"broadcaster": "nobody"}, "broadcaster"),
        ("competitions", {"sport": "calcio"}, "sport"),
        ("seasons", {"competition": "ligue-1"}, "competition"),
        ("broadcasters", {"parent": "nobody"}, "parent"),
        ("broadcasters", {"parent": "dazn-it", "successor": "dazn-it", "slug": "dazn-it"}, "parent"),
        ("closures", {"competitions": "calcio"}, "competitions"),
        ("closures", {"countries": "UK"}, "countries"),
        # More than a column can hold
        ("competitions", {"name": LONG}, "name"),
        ("competitions", {"organiser": LONG}, "organiser"),
        ("broadcasters", {"name": LONG}, "name"),
        ("broadcasters", {"aliases": LONG}, "aliases"),
        ("offers", {"plan": LONG}, "plan"),
        ("offers", {"price": "99999999999.00"}, "price"),
        ("offers", {"commitment_months": "99999"}, "commitment_months"),
        ("rights", {"matches": "99999999999", "matches_of": "99999999999"}, "matches"),
        ("rights", {"package": LONG}, "package"),
        ("rights", {"evidence_1_title": LONG}, "evidence_1_title"),
        ("closures", {"partners": LONG}, "partners"),
        ("rights", {"note": "A\x00B"}, "note"),
        # What may stand only once
        ("competitions", {"names": "fr=Série A; fr=Championnat d’Italie"}, "names"),
        ("seasons", {"label": "2024-25", "key": "serie-a--again"}, ""),
    ],
    ids=lambda value: value if isinstance(value, str) else "+".join(value),
)
def test_a_bad_row_is_told_by_file_line_and_column_and_nothing_is_loaded(
    files: Files, table: str, cells: dict[str, str], column: str
) -> None:
    files.set("broadcasters", 0, note="A change that would be fine by itself")
    line = files.set(table, 0, **cells)
    message = refusal(files)
    place = f"{NAMES[table]}, line {line}, {column}: " if column else f"line {line}"
    assert place in message
    assert "nothing was loaded" in message.lower()


EVIDENCE = {"evidence_1_kind": "press", "evidence_1_url": "https://news.example/a"}
BLACKOUT = {"key": "b", "competition": "serie-a", "countries": "IT", "basis": "Article 48"}
FINDING = {"key": "f", "competition": "serie-a", "countries": "IT", "kind": "none", "last_day": "2026-12-31"} | EVIDENCE


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [
        ("blackouts", BLACKOUT | {"weekday": "8"}, ""),
        ("blackouts", BLACKOUT | {"from_time": "14:45"}, ""),
        ("blackouts", BLACKOUT | {"from_time": "17:15", "to_time": "14:45"}, ""),
        ("blackouts", BLACKOUT | {"first_day": "2026-07-01", "last_day": "2026-06-30"}, ""),
        ("blackouts", BLACKOUT | {"basis": ""}, "basis"),
        ("blackouts", BLACKOUT | {"countries": ""}, ""),
        ("findings", FINDING | {"kind": "unknown"}, "kind"),
        ("findings", FINDING | {"evidence_1_kind": "", "evidence_1_url": ""}, ""),
        ("findings", FINDING | {"last_day": ""}, ""),
        ("findings", FINDING | {"countries": ""}, ""),
        ("country_groups", {"slug": "two", "name": "Two", "countries": "IT; XX"}, "countries"),
        ("carriage", {"key": "c", "operator": "nobody", "service": "dazn-it", "country": "IT"}, "operator"),
        ("seasons", {
            "key": "serie-a--winter", "competition": "serie-a", "label": "winter", "dates": "nominal",
            "first_day": "2026-12-01", "last_day": "2026-12-31",
        }, ""),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_bad_row_that_is_added_is_told_as_well(files: Files, table: str, row: dict[str, str], column: str) -> None:
    line = files.add(table, **row)
    message = refusal(files)
    place = f"{NAMES[table]}, line {line}, {column}: " if column else f"{NAMES[table]}, line {line}"
    assert place in message


def test_good_findings_and_blackouts_are_loaded(files: Files) -> None:
    files.add("findings", **FINDING)
    files.add("blackouts", **BLACKOUT)
    numbers = report(files)
    assert numbers["findings"] == numbers["blackouts"] == (1, 0, 0, 0, 0)


def test_a_key_that_stands_twice_is_told_with_the_line_of_the_first(files: Files) -> None:
    line = files.add("rights", **files.rows("rights")[0])
    assert f"rights.csv, line {line}, key: “serie-a--dazn-it--2024” stands already in line 2." in refusal(files)


def test_everything_that_is_wrong_in_every_file_is_told_at_once(files: Files) -> None:
    files.set("rights", 0, first_day="soon", scope="everything")
    files.set("offers", 0, price="much")
    files.path("closures").write_text("slug,nmae\n", encoding="utf-8")
    files.path("services").unlink()
    message = refusal(files)
    for place in ("rights.csv, line 2, first_day", "rights.csv, line 2, scope", "offers.csv, line 2, price"):
        assert place in message
    assert "closures.csv, line 1, nmae: Unknown column. Did you mean “name”?" in message
    assert "services.csv: The file cannot be read: No such file or directory." in message
    count = int(re.findall(r"(\d+) problems; nothing was loaded\.", message)[0])
    assert count == len(message.splitlines()) - 1


def test_one_problem_is_counted_as_one(files: Files) -> None:
    files.set("rights", 0, first_day="soon")
    assert refusal(files).endswith("\n1 problem; nothing was loaded.")


def test_a_cell_over_several_lines_moves_the_lines_told(files: Files) -> None:
    files.set("rights", 0, note="First\nsecond\nthird line")
    files.set("rights", 1, scope="everything")
    assert "rights.csv, line 5, scope: " in refusal(files)


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b'slug,name\na,"b'])
def test_a_file_that_is_no_table_is_told(files: Files, data: bytes) -> None:
    files.path("sports").write_bytes(data)
    assert "competitions/data/sports.csv: The file is " in refusal(files)


def test_an_overlap_with_what_an_editor_has_written_is_told_and_nothing_is_loaded(files: Files) -> None:
    Right.objects.filter(key="serie-a--dazn-it--2024").update(origin="editor", is_locked=True, package="")
    row = files.rows("rights")[0]
    files.set("rights", 0, key="serie-a--dazn-it--renamed")
    message = refusal(files)
    assert "“serie-a--dazn-it--renamed” and “serie-a--dazn-it--2024”" in message
    assert message.endswith("Nothing was loaded.")
    assert row["key"] == "serie-a--dazn-it--2024"


def test_a_row_that_others_still_name_cannot_go(files: Files) -> None:
    """The same files say the same, whether or not the database has known the row before."""
    files.remove("broadcasters", 0)
    message = refusal(files)
    assert "rights.csv, line 2, broadcaster: “dazn-it” is not in broadcasters." in message
    assert Broadcaster.objects.standing().filter(slug="dazn-it").exists()
