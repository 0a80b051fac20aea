"""Reading tables: every row is a record or a problem that names its place."""

from collections.abc import Mapping
from typing import ClassVar, Literal

import pytest

from guide.publication.evidence import EvidenceRecord
from guide.publication.records import (
    Address,
    Amount,
    CountryCode,
    CountryOrGroup,
    Day,
    LanguageTag,
    Listed,
    LocalTexts,
    OptionalDay,
    Ordered,
    PartialDate,
    Record,
    Slug,
    Text,
    TimeOfDay,
    Whole,
    YesNo,
)
from guide.publication.tables import Entry, Problem, TableError, near, read_csv


class Thing(Record):
    """A record with a field of every sort."""

    nested: ClassVar[Mapping[str, type[Record]]] = {"evidence": EvidenceRecord}

    slug: Slug
    name: Text
    kind: Literal["cup", "league"] = "cup"
    began: OptionalDay = None
    ended: Day | None = None
    seen_on: PartialDate = ""
    at: TimeOfDay = None
    matches: Whole = None
    price: Amount = None
    has_ads: YesNo = None
    country: CountryCode = "IT"
    countries: Listed[CountryOrGroup] = ()
    languages: Ordered[LanguageTag] = ()
    names: LocalTexts = ()
    website: Address = ""
    evidence: Ordered[EvidenceRecord] = ()


def read(text: str | bytes) -> tuple[tuple[Entry[Thing], ...], tuple[Problem, ...]]:
    reading = read_csv(text.encode() if isinstance(text, str) else text, Thing, document="things.csv")
    return reading.entries, reading.problems


def things(text: str) -> list[Thing]:
    entries, problems = read(text)
    assert problems == ()
    return [entry.record for entry in entries]


def the_problem(text: str | bytes) -> Problem:
    _, problems = read(text)
    assert len(problems) == 1, problems
    return problems[0]


def test_rows_become_records_with_their_lines() -> None:
    entries, problems = read("slug,name\nserie-a,Serie A\nligue-1,Ligue 1\n")
    assert problems == ()
    assert [(entry.record.slug, entry.record.name, entry.document, entry.line) for entry in entries] == [
        ("serie-a", "Serie A", "things.csv", 2),
        ("ligue-1", "Ligue 1", "things.csv", 3),
    ]


def test_columns_may_stand_in_any_order_and_optional_ones_may_be_missing() -> None:
    assert things("name,slug\nSerie A,serie-a\n") == things("slug,name,website\nserie-a,Serie A,\n")


@pytest.mark.parametrize("text", ["slug,name\n", "slug,name", "slug,name\n\n\n"])
def test_a_table_without_rows_is_read_as_none(text: str) -> None:
    assert read(text) == ((), ())


def test_a_byte_order_mark_and_windows_line_ends_are_no_problem() -> None:
    assert things("\ufeffslug,name\r\nserie-a,Serie A\r\n") == things("slug,name\nserie-a,Serie A\n")


def test_blank_lines_are_passed_over_and_counted() -> None:
    entries, _ = read("slug,name\n\nserie-a,Serie A\n\n\nligue-1,Ligue 1\n")
    assert [entry.line for entry in entries] == [3, 6]


def test_a_cell_over_several_lines_keeps_the_count_of_lines() -> None:
    entries, problems = read(
        'slug,name\none,"Over\nthree\nlines"\ntwo,Two\nthree,\nfour,"Over ""two""\nlines"\nFIVE,Five\n'
    )
    assert [(entry.record.name, entry.line) for entry in entries] == [
        ("Over\nthree\nlines", 2),
        ("Two", 5),
        ('Over "two"\nlines', 7),
    ]
    assert [(problem.line, problem.column) for problem in problems] == [(6, "name"), (9, "slug")]


# The header


def test_an_unknown_column_is_named_with_what_may_have_been_meant() -> None:
    problem = the_problem("slug,nmae,name\na-b,x,y\n")
    assert problem == Problem(
        document="things.csv", line=1, column="nmae", message="Unknown column. Did you mean “name”?"
    )


def test_a_column_like_no_other_is_named_without_a_guess() -> None:
    assert the_problem("slug,name,zzz\n").message == "Unknown column."


def test_a_missing_column_is_named() -> None:
    problem = the_problem("slug\na-b\n")
    assert (problem.line, problem.column, problem.message) == (1, "name", "The column is missing.")


def test_a_column_that_stands_twice_is_named() -> None:
    problem = the_problem("slug,name,name\na-b,x,y\n")
    assert (problem.line, problem.column, problem.message) == (1, "name", "The column stands twice.")


def test_with_a_bad_header_no_row_is_read_and_everything_wrong_in_it_is_told() -> None:
    entries, problems = read("slgu,names\nSERIE A,\n")
    assert entries == ()
    assert [(problem.line, problem.column) for problem in problems] == [(1, "slgu"), (1, "slug"), (1, "name")]


# The file


def test_an_empty_file_is_no_table() -> None:
    problem = the_problem(b"")
    assert (problem.line, problem.column) == (0, "")
    assert "The file is empty" in str(problem)


def test_a_file_in_another_encoding_is_named_with_the_byte() -> None:
    problem = the_problem("slug,name\nserie-a,Bär\n".encode("latin-1"))
    assert str(problem) == "things.csv: The file is not UTF-8 (byte 19)."


@pytest.mark.parametrize("text", ['slug,name\na-b,"open\n', 'slug,name\na-b,"x"y\n'])
def test_broken_quotes_are_told_with_the_line(text: str) -> None:
    problem = the_problem(text)
    assert problem.line == 0
    assert "The file is not CSV near line" in problem.message


def test_an_enormous_cell_is_told_and_does_not_crash() -> None:
    assert "The file is not CSV" in the_problem(f"slug,name\na-b,{'x' * 200_000}\n").message


@pytest.mark.parametrize(
    ("row", "cells"), [("serie-a", 1), ("serie-a,Serie A,", 3), ("serie-a,Serie A,x,y", 4), (" ", 1)]
)
def test_a_row_with_too_few_or_too_many_cells_is_told(row: str, cells: int) -> None:
    problem = the_problem(f"slug,name\n{row}\n")
    assert (problem.line, problem.column) == (2, "")
    assert problem.message == f"The row has {cells} cells, the header 2."


def test_a_bad_row_hides_no_other() -> None:
    entries, problems = read("slug,name,kind\nfine,Fine,cup\nBAD,,friendly\nx\nfine-too,Fine,\n")
    assert [entry.record.slug for entry in entries] == ["fine"]
    assert [(problem.line, problem.column) for problem in problems] == [
        (3, "slug"),
        (3, "name"),
        (3, "kind"),
        (4, ""),
        (5, "kind"),
    ]


# Every sort of cell: what is wrong with it is said in its own line and column.


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("slug", "", "This cell may not be empty."),
        ("slug", "Serie A", "“Serie A” is not a slug: use lower-case letters, digits and single hyphens."),
        ("slug", "serie---a", "“serie---a” is not a slug: use lower-case letters, digits and single hyphens."),
        ("slug", "-serie", "“-serie” is not a slug: use lower-case letters, digits and single hyphens."),
        ("slug", "série-a", "“série-a” is not a slug: use lower-case letters, digits and single hyphens."),
        ("name", "", "This cell may not be empty."),
        ("name", "   ", "This cell may not be empty."),
        ("kind", "friendly", "“friendly” is not known here: write 'cup' or 'league'."),
        ("began", "2026-02-30", "“2026-02-30” is not a day: write YYYY-MM-DD."),
        ("began", "30.06.2026", "“30.06.2026” is not a day: write YYYY-MM-DD."),
        ("began", "2026-06", "“2026-06” is not a day: write YYYY-MM-DD."),
        ("began", "2026-6-1", "“2026-6-1” is not a day: write YYYY-MM-DD."),
        ("seen_on", "2026-13", "“2026-13” is not a date: write YYYY-MM-DD, YYYY-MM or YYYY."),
        ("seen_on", "2026-1", "“2026-1” is not a date: write YYYY-MM-DD, YYYY-MM or YYYY."),
        ("seen_on", "June 2026", "“June 2026” is not a date: write YYYY-MM-DD, YYYY-MM or YYYY."),
        ("at", "25:00", "“25:00” is not a time of day: write HH:MM."),
        ("matches", "ten", "“ten” is not a whole number."),
        ("matches", "1.5", "“1.5” is not a whole number."),
        ("matches", "-1", "“-1” is not a whole number."),
        ("price", "34,99", "“34,99” is not an amount: write 34.99."),
        ("price", "€ 5", "“€ 5” is not an amount: write 34.99."),
        ("price", "-1", "“-1” is not an amount: write 34.99."),
        ("price", "NaN", "“NaN” is not an amount: write 34.99."),
        ("price", "Infinity", "“Infinity” is not an amount: write 34.99."),
        ("has_ads", "true", "“true” is neither yes nor no."),
        ("country", "", "This cell may not be empty."),
        ("country", "ITA", "“ITA” is not a country code: write ISO 3166-1 alpha-2, such as IT."),
        ("country", "it", "“it” is not a country code: write ISO 3166-1 alpha-2, such as IT."),
        ("country", "UK", None),
        ("country", "EL", None),
        ("countries", "IT; Italy", "“Italy” is neither a country code such as IT nor a country group such as dach."),
        ("countries", "IT; FR; IT", "“IT” stands twice."),
        ("countries", "GB; UK", None),
        ("languages", "it; Italian", "“Italian” is not a language tag: write BCP 47, such as it or pt-BR."),
        (
            "website",
            "serie-a.example",
            "“serie-a.example” is not an address: it starts with https:// and names a host.",
        ),
        ("website", "ftp://serie-a.example", None),
        ("website", "https://", None),
        ("website", "javascript:alert(1)//a.b", None),
    ],
)
def test_a_bad_cell_is_told_by_line_and_column(column: str, cell: str, message: str | None) -> None:
    row = {"slug": "serie-a", "name": "Serie A"} | {column: cell}
    quoted = ",".join('"' + value.replace('"', '""') + '"' for value in row.values())
    problem = the_problem(f"{','.join(row)}\n{quoted}\n")
    assert (problem.document, problem.line) == ("things.csv", 2)
    assert problem.column == column
    if message:
        assert problem.message == message
    assert str(problem) == f"things.csv, line 2, {problem.column}: {problem.message}"


def test_a_cell_with_a_character_that_no_database_takes_is_told() -> None:
    problem = the_problem("slug,name\nserie-a,Serie\x00A\n")
    assert (problem.line, problem.column) == (2, "name")


# Numbered columns

EVIDENCE = ["kind", "publisher", "title", "url", "published_on", "seen_on"]


def evidence_table(*pages: dict[str, str], columns: list[str] = EVIDENCE) -> str:
    header = [f"evidence_{number}_{name}" for number in (1, 2, 3) for name in columns]
    cells = [page.get(name, "") for page in (*pages, {}, {}, {})[:3] for name in columns]
    return f"slug,name,{','.join(header)}\nserie-a,Serie A,{','.join(cells)}\n"


def test_numbered_columns_are_gathered_into_a_list() -> None:
    one = {"kind": "press", "publisher": "News", "url": "https://news.example/1", "published_on": "2026-07"}
    two = {"kind": "official", "url": "https://league.example/2", "seen_on": "2026-11-18"}
    (thing,) = things(evidence_table(one, two))
    assert thing.evidence == (EvidenceRecord.model_validate(one), EvidenceRecord.model_validate(two))


def test_numbered_columns_that_are_empty_throughout_are_no_item() -> None:
    two = {"kind": "official", "url": "https://league.example/2"}
    assert [page.url for page in things(evidence_table({}, two))[0].evidence] == ["https://league.example/2"]
    assert things(evidence_table())[0].evidence == ()
    assert things(evidence_table({"kind": "  "}))[0].evidence == ()


def test_what_is_wrong_in_a_numbered_column_is_told_by_its_name() -> None:
    one = {"kind": "press", "url": "https://news.example/1"}
    problem = the_problem(evidence_table(one, {"kind": "rumour", "url": "https://x.example/"}))
    assert (problem.line, problem.column) == (2, "evidence_2_kind")
    assert problem.message.startswith("“rumour” is not known here: write 'official', 'press', 'list' or 'listing'")
    problem = the_problem(evidence_table(one, {"kind": "press"}))
    assert (problem.column, problem.message) == ("evidence_2_url", "This cell may not be empty.")


def test_after_a_gap_the_number_told_is_still_that_of_the_column() -> None:
    problem = the_problem(evidence_table({}, {"kind": "rumour", "url": "https://x.example/"}))
    assert problem.column == "evidence_2_kind"


def test_an_item_without_a_column_that_it_needs_is_told() -> None:
    columns = [name for name in EVIDENCE if name != "url"]
    _, problems = read(evidence_table({"kind": "press"}, columns=columns))
    assert [(problem.line, problem.column) for problem in problems] == [(2, "evidence_1_url")]


@pytest.mark.parametrize("column", ["evidence_1_urls", "evidence_0_url", "evidence_url", "proof_1_url", "evidence"])
def test_a_numbered_column_that_is_none_is_unknown(column: str) -> None:
    problem = the_problem(f"slug,name,{column}\nserie-a,Serie A,\n")
    assert (problem.line, problem.column) == (1, column)


# The rest


def test_a_reading_with_problems_is_not_usable() -> None:
    fine = read_csv(b"slug,name\nserie-a,Serie A\n", Thing, document="things.csv")
    assert fine.usable() == fine.entries
    bad = read_csv(b"slug,name\nserie-a,Serie A\nBAD,\n", Thing, document="things.csv")
    with pytest.raises(TableError) as error:
        bad.usable()
    assert error.value.problems == bad.problems
    assert str(error.value).count("\n") == 1


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("seriea", " Did you mean “serie-a”?"),
        ("serie-b", " Did you mean “serie-a”?"),
        ("curling", ""),
        ("", ""),
    ],
)
def test_a_near_word_is_suggested_and_no_far_one(word: str, said: str) -> None:
    assert near(word, ["serie-a", "ligue-1"]) == said
    assert near(word, []) == ""


def test_a_problem_without_a_column_or_line_reads_well() -> None:
    assert str(Problem(document="a.csv", line=0, column="", message="No.")) == "a.csv: No."
    assert str(Problem(document="a.csv", line=3, column="", message="No.")) == "a.csv, line 3: No."
    assert str(Problem(document="a.csv", line=3, column="name", message="No.")) == "a.csv, line 3, name: No."
