"""The bundled data set: which file holds which table, read as one and loaded in one transaction."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from pytest_django import DjangoAssertNumQueries

from broadcasters.models import Country
from guide import bundled
from guide.publication.models import Change, PublicModel, Revision
from guide.publication.records import Record
from guide.publication.tables import TableError
from guide.rights.models import Right, RightCountry
from guide.rights.overlap import OverlapError
from tests.factories import NOW
from tests.files import NAMES, Files
from tests.servers import ROOT
from tests.stored import clear, dump


def records(root: Path, table: str) -> dict[str, Any]:
    (document,) = (document for document in bundled.read(root) if document.table.name == table)
    return {document.table.key_of(entry.record): entry.record for entry in document.entries}


def problems(root: Path) -> list[str]:
    with pytest.raises(TableError) as error:
        bundled.read(root)
    return [str(problem) for problem in error.value.problems]


@pytest.fixture
def empty_guide(db: None) -> None:
    clear()


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path).shrink()


# The files


def test_every_data_file_in_the_repository_is_a_table() -> None:
    found = {
        str(path.relative_to(ROOT))
        for package in ("competitions", "broadcasters", "guide")
        for path in (ROOT / package).rglob("*.csv")
    }
    assert found == {*NAMES.values(), "guide/feeds/data/feeds.csv"}  # how feeds are set, which is not public data


def test_every_public_table_comes_after_those_that_it_refers_to() -> None:
    seen = set[type[PublicModel]]()
    for table, _ in bundled.FILES:
        lists = [child.reference for child in table.children.values() if child.reference]
        for reference in [*table.references.values(), *lists]:
            assert reference.model in seen or reference.model is table.model, table.name
        seen.add(table.model)


@pytest.mark.parametrize(("table", "name"), bundled.FILES, ids=list(NAMES))
def test_the_columns_of_a_file_are_those_of_its_record(table: Any, name: str) -> None:
    header = (ROOT / name).read_text(encoding="utf-8").splitlines()[0].split(",")
    record: type[Record] = table.record
    nested = [
        f"{field}_{number}_{column}"
        for field, item in record.nested.items()
        for number in (1, 2, 3)
        for column in item.model_fields
    ]
    assert header == [field for field in record.model_fields if field not in record.nested] + nested


def test_the_format_is_documented_column_by_column() -> None:
    text = (ROOT / "docs/data.md").read_text(encoding="utf-8")
    for table, name in bundled.FILES:
        columns = [field for field in table.record.model_fields if field not in table.record.nested]
        file_name = name.rpartition("/")[2]
        if file_name == "rights.csv":
            told = set(re.findall(r"`([a-z_]+)`", " ".join(re.findall(r"^\| (`.*?) \|", text, re.MULTILINE))))
            assert set(columns) <= told, file_name
        else:
            assert f"`{', '.join(columns)}`" in text or f"`{', '.join(columns)}" in text, file_name


# Reading


def test_reading_asks_no_database(files: Files) -> None:
    # There is no database mark on this test: any query would raise.
    assert [document.table.name for document in bundled.read(files.root)] == list(NAMES)


def test_a_group_stands_for_its_countries(files: Files) -> None:
    files.add("country_groups", slug="both", name="Both", countries="IT; FR")
    files.add("country_groups", slug="one", name="One", countries="IT")
    files.set("rights", 0, countries="both")
    files.set("rights", 1, countries="one; FR; both; IT")
    files.set("services", 0, countries="both")
    files.set("broadcasters", 0, countries="one")
    rights = list(records(files.root, "rights").values())
    assert [right.countries for right in rights] == [("FR", "IT"), ("FR", "IT")]
    assert next(iter(records(files.root, "services").values())).countries == ("FR", "IT")
    assert next(iter(records(files.root, "broadcasters").values())).countries == ("IT",)


def test_an_unknown_group_is_told_with_the_one_that_may_be_meant(files: Files) -> None:
    files.add("country_groups", slug="dach", name="DACH", countries="IT; FR")
    line = files.set("rights", 1, countries="IT; dahc")
    assert problems(files.root) == [
        f"guide/rights/data/rights.csv, line {line}, countries: “dahc” is not in country groups. Did you mean “dach”?"
    ]


def test_a_group_cannot_stand_inside_a_group(files: Files) -> None:
    files.add("country_groups", slug="one", name="One", countries="IT")
    line = files.add("country_groups", slug="two", name="Two", countries="one; FR")
    (problem,) = problems(files.root)
    assert f"country_groups.csv, line {line}, countries: “one” is not a country code" in problem


def test_a_right_in_a_group_without_countries_is_told(files: Files) -> None:
    files.add("country_groups", slug="nowhere", name="Nowhere", countries="")
    files.set("rights", 0, countries="nowhere")
    assert any("countries" in problem for problem in problems(files.root))


def test_a_file_that_is_not_there_is_told(files: Files) -> None:
    files.path("closures").unlink()
    assert problems(files.root) == [
        "guide/closures/data/closures.csv: The file cannot be read: No such file or directory."
    ]


def test_the_problems_of_all_files_are_told_together(files: Files) -> None:
    files.set("sports", 0, slug="Football")
    files.set("rights", 0, kind="radio")
    assert [problem.split(",")[0] for problem in problems(files.root)] == [
        "competitions/data/sports.csv",
        "guide/rights/data/rights.csv",
    ]


def test_the_groups_of_the_bundled_rights_are_written_out() -> None:
    rights = records(settings.BASE_DIR, "rights")
    assert len(rights) == 745
    for right in rights.values():
        assert right.countries, right.key
        assert all(word.isupper() for word in right.countries), right.key
        assert list(right.countries) == sorted(set(right.countries)), right.key


# Loading


@pytest.mark.django_db
class TestLoading:
    def test_one_load_is_one_revision(self, empty_guide: None, files: Files) -> None:
        outcomes = bundled.load(files.root, now=NOW)
        assert [outcome.table for outcome in outcomes] == list(NAMES)
        assert (Revision.objects.get().number, Revision.objects.get().changed_at) == (1, NOW)
        assert set(Change.objects.values_list("revision", "changed_at")) == {(1, NOW)}

    def test_everything_that_is_loaded_belongs_to_the_bundled_data(self, empty_guide: None, files: Files) -> None:
        bundled.load(files.root)
        for table, _ in bundled.FILES:
            origins = set(table.model._default_manager.values_list("origin", flat=True))
            assert origins <= {"bundled"}, table.name

    def test_loading_the_bundled_data_again_changes_nothing(self, bundled_data: None) -> None:
        before = dump()
        outcomes = bundled.load()
        assert dump() == before
        assert sum(outcome.unchanged for outcome in outcomes) == 2884
        assert not [outcome for outcome in outcomes if outcome.created or outcome.changed or outcome.withdrawn]

    def test_after_any_detour_the_files_say_what_the_database_says(self, empty_guide: None, files: Files) -> None:
        bundled.load(files.root)
        straight = stored_records()
        files.set("rights", 0, note="Another note", services="")
        files.remove("offers", 0)
        files.add("sports", slug="curling", name="Curling", names="fr=Curling")
        bundled.load(files.root)
        bundled.load(Files(files.root).shrink().root)
        sports = straight["sports"]
        assert {table: rows for table, rows in stored_records().items() if table != "sports"} | {
            "sports": sports
        } == straight
        assert sum(row.is_withdrawn for row in bundled.FILES[2][0].stored().values()) == 1

    def test_a_problem_of_a_reference_changes_nothing(self, empty_guide: None, files: Files) -> None:
        bundled.load(files.root)
        before = dump()
        files.set("sports", 0, name="Calcio")
        files.set("rights", 0, broadcaster="dazn-ti")
        with pytest.raises(TableError, match="“dazn-ti” is not in broadcasters"):
            bundled.load(files.root)
        assert dump() == before

    def test_an_overlap_changes_nothing(self, empty_guide: None, files: Files) -> None:
        bundled.load(files.root)
        Right.objects.filter(key="serie-a--dazn-it--2024").update(origin="editor")
        before = dump()
        files.set("sports", 0, name="Calcio")
        files.set("rights", 0, key="serie-a--dazn-it--again")
        with pytest.raises(OverlapError):
            bundled.load(files.root)
        assert dump() == before

    def test_an_offer_opens_only_competitions_that_there_are(self, empty_guide: None, files: Files) -> None:
        line = files.set("offers", 0, competitions="serie-a; seriea")
        with pytest.raises(TableError) as error:
            bundled.load(files.root)
        assert str(error.value) == (
            f"broadcasters/data/offers.csv, line {line}, competitions: "
            "“seriea” is not in competitions. Did you mean “serie-a”?"
        )

    def test_loading_costs_few_queries_however_many_rows(
        self, empty_guide: None, files: Files, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        bundled.load(files.root)
        with django_assert_max_num_queries(160):
            bundled.load(files.root)
        clear()
        bundled.load()
        with django_assert_max_num_queries(160):
            bundled.load()

    def test_the_bundled_data_stand_as_the_files_have_them(self, bundled_data: None) -> None:
        assert Right.objects.count() == 745
        assert Right.objects.published().count() == 742
        assert Country.objects.standing().count() == 250
        assert RightCountry.objects.published().values("country").distinct().count() == 217
        assert RightCountry.objects.published().valid_on(dt.date(2026, 11, 23)).filter(country_id="IT").count() == 22


def stored_records() -> dict[str, dict[str, Record]]:
    return {
        table.name: {key: row.record for key, row in table.stored().items() if not row.is_withdrawn}
        for table, _ in bundled.FILES
    }
