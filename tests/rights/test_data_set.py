"""The bundled files: nothing lost of what was handed over, nothing invented, and sound in themselves."""

import datetime as dt
import re
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings

from tests.files import NAMES, Row, rows_of

LANGUAGES = {"en", "fr", "it", "es", "de"}


@pytest.fixture(scope="session")
def facts(shared: Path) -> Path:
    """The dossier from which the bundled files were made."""
    return shared / "facts"


def ours(table: str) -> list[Row]:
    return rows_of(settings.BASE_DIR / NAMES[table])


def by(column: str, rows: list[Row]) -> dict[str, Row]:
    return {row[column]: row for row in rows}


def words(cell: str) -> set[str]:
    return {word.strip() for word in cell.split(";") if word.strip()}


def countries(cell: str) -> set[str]:
    """A cell of a bundled file with its country groups written out."""
    groups = {row["slug"]: words(row["countries"]) for row in ours("country_groups")}
    return set[str]().union(*(groups.get(word, {word}) for word in words(cell)))


def addresses(row: Row) -> list[str]:
    return [row[f"evidence_{number}_url"] for number in (1, 2, 3) if row[f"evidence_{number}_url"]]


# Against the dossier


def test_every_right_that_was_handed_over_is_here_and_no_other(facts: Path) -> None:
    given, here = rows_of(facts / "rights.csv"), ours("rights")
    assert len(given) == len(here) == 745
    assert {row["key"] for row in given} == {row["key"] for row in here}


def test_competitions_and_countries_have_as_many_rights_of_each_kind_as_were_handed_over(facts: Path) -> None:
    given = Counter(
        (row["competition"], country, row["kind"])
        for row in rows_of(facts / "rights.csv")
        for country in words(row["countries"])
    )
    here = Counter(
        (row["competition"], country, row["kind"]) for row in ours("rights") for country in countries(row["countries"])
    )
    assert here == given
    assert len({competition for competition, _, _ in here}) == 17
    assert len({country for _, country, _ in here}) == 217


@pytest.mark.parametrize(
    ("given_column", "column"),
    [
        ("competition", "competition"),
        ("broadcaster_slug", "broadcaster"),
        ("starts_on", "first_day"),
        ("ends_on", "last_day"),
        ("evidence_reaches", "evidence_reaches"),
        ("kind", "kind"),
        ("coverage", "scope"),
        ("coverage_matches", "matches"),
        ("coverage_of", "matches_of"),
        ("coverage_note", "coverage_note"),
        ("access", "access"),
        ("exclusivity", "exclusivity"),
    ],
)
def test_rights_say_what_was_handed_over(facts: Path, given_column: str, column: str) -> None:
    here = by("key", ours("rights"))
    given = rows_of(facts / "rights.csv")
    assert {row["key"]: here[row["key"]][column] for row in given} == {row["key"]: row[given_column] for row in given}


@pytest.mark.parametrize(("given_column", "column"), [("languages", "languages"), ("channel_slugs", "services")])
def test_rights_list_what_was_handed_over(facts: Path, given_column: str, column: str) -> None:
    here = by("key", ours("rights"))
    for row in rows_of(facts / "rights.csv"):
        assert words(here[row["key"]][column]) == words(row[given_column]), row["key"]


def test_every_source_is_among_the_evidence_of_its_right(facts: Path) -> None:
    here = by("key", ours("rights"))
    unsourced = set()
    for row in rows_of(facts / "rights.csv"):
        right = here[row["key"]]
        if row["evidence_kind"] == "unsourced":
            unsourced.add(row["key"])
            assert addresses(right) == [], "kept, and not published"
            continue
        assert row["source_url"] in addresses(right), row["key"]
        number = addresses(right).index(row["source_url"]) + 1
        assert right[f"evidence_{number}_kind"] == row["evidence_kind"], row["key"]
        assert right[f"evidence_{number}_published_on"] == row["source_date"], row["key"]
    assert len(unsourced) == 3


def test_no_address_that_stood_in_a_note_is_lost(facts: Path) -> None:
    here = by("key", ours("rights"))
    for row in rows_of(facts / "rights.csv"):
        for address in re.findall(r"https?://[^\s,;)\]]+", row["note"]):
            assert address.rstrip(".") in " ".join(here[row["key"]].values()), row["key"]


def test_the_confidence_claimed_is_that_of_the_dossier(facts: Path) -> None:
    here = by("key", ours("rights"))
    for row in rows_of(facts / "rights.csv"):
        if row["confidence"] != "unsourced":
            assert here[row["key"]]["claimed_confidence"] == row["confidence"], row["key"]


def test_every_broadcaster_is_here_as_handed_over(facts: Path) -> None:
    given, here = rows_of(facts / "broadcasters.csv"), by("slug", ours("broadcasters"))
    assert len(given) == len(here) == 375
    for row in given:
        broadcaster = here[row["slug"]]
        assert (broadcaster["name"], broadcaster["parent"], broadcaster["kind"], broadcaster["website"]) == (
            row["name"],
            row["parent_slug"],
            row["kind"],
            row["website"],
        )
        assert countries(broadcaster["countries"]) == words(row["countries"]), row["slug"]
        assert words(broadcaster["aliases"]) == words(row["aliases"]), row["slug"]


def test_every_channel_is_a_service_with_the_same_holder_and_countries(facts: Path) -> None:
    given, here = rows_of(facts / "channels.csv"), by("slug", ours("services"))
    assert len(given) == len(here) == 403
    for row in given:
        service = here[row["slug"]]
        assert (service["name"], service["broadcaster"], service["kind"]) == (
            row["name"],
            row["broadcaster_slug"],
            row["kind"],
        )
        assert countries(service["countries"]) == words(row["countries"]), row["slug"]


def test_every_territory_is_a_country_group_with_the_same_countries(facts: Path) -> None:
    given = {row["slug"]: (row["name"], words(row["countries"])) for row in rows_of(facts / "territories.csv")}
    here = {row["slug"]: (row["name"], words(row["countries"])) for row in ours("country_groups")}
    assert len(here) == 60
    assert here == given


def test_every_offer_is_here_with_its_plan_and_price(facts: Path) -> None:
    given = Counter(
        (
            row["broadcaster_slug"],
            row["country"],
            row["offer_name"],
            *(row[name] for name in ("price", "currency", "period", "source_url", "source_date")),
        )
        for row in rows_of(facts / "offers.csv")
    )
    here = Counter(
        (
            row["broadcaster"],
            row["country"],
            row["plan"],
            *(row[name] for name in ("price", "currency", "period", "source_url", "seen_on")),
        )
        for row in ours("offers")
    )
    assert here.total() == 81
    assert here == given


def test_every_enforcement_action_is_a_closure(facts: Path) -> None:
    given, here = rows_of(facts / "enforcement.csv"), by("slug", ours("closures"))
    assert len(given) == len(here) == 32
    for row in given:
        closure = here[row["slug"]]
        for given_column, column in {
            "name": "name",
            "kind": "kind",
            "announced_on": "announced_on",
            "authority": "authority",
            "operator_location": "operator_country",
            "domains_count": "domains_count",
            "visits_count": "visits_count",
            "visits_period": "visits_period",
            "share_note": "share_note",
            "outcome": "outcome",
        }.items():
            assert closure[column] == row[given_column], (row["slug"], column)
        assert words(closure["countries"]) == words(row["countries_affected"]), row["slug"]
        assert words(closure["partners"]) == words(row["partners"]), row["slug"]
        assert words(closure["offered"]) == words(row["competitions"]), row["slug"]
        assert row["source_url"] in addresses(closure), row["slug"]


# In themselves


def test_the_files_hold_as_many_rows_as_they_must() -> None:
    assert {table: len(ours(table)) for table in NAMES} == {
        "sports": 5,
        "competitions": 17,
        "seasons": 133,
        "teams": 443,
        "stages": 25,
        "events": 284,
        "countries": 250,
        "country_groups": 60,
        "broadcasters": 375,
        "services": 403,
        "offers": 81,
        "carriage": 30,
        "rights": 745,
        "findings": 0,
        "blackouts": 1,
        "listings": 0,
        "closures": 32,
    }


@pytest.mark.parametrize("table", NAMES)
def test_every_key_stands_once(table: str) -> None:
    counts = Counter(next(iter(row.values())) for row in ours(table))
    assert [key for key, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("table", NAMES)
def test_files_are_utf_8_with_plain_line_ends_and_one_at_the_end(table: str) -> None:
    data = (settings.BASE_DIR / NAMES[table]).read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    assert data.endswith(b"\n")
    data.decode("utf-8")


def spellings(row: Row) -> set[str]:
    texts = [row["name"], *words(row["names"]), *words(row["aliases"])]
    return {re.sub(r"^[a-z]{2,3}=", "", text).casefold() for text in texts}


def test_no_spelling_means_two_competitions() -> None:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for row in ours("competitions"):
        for text in {*spellings(row), row["slug"]}:
            owners[text].add(row["slug"])
    assert {text: slugs for text, slugs in owners.items() if len(slugs) > 1} == {}


def test_every_competition_is_known_in_five_languages() -> None:
    for row in ours("competitions"):
        tagged = set(re.findall(r"(?:^|; )([a-z]{2})=", row["names"])) | set(
            re.findall(r"(?:^|; )([a-z]{2})=", row["aliases"])
        )
        # The name itself is English.
        assert tagged | {"en"} >= LANGUAGES, row["slug"]


def test_every_sport_has_a_name_in_five_languages() -> None:
    for row in ours("sports"):
        assert set(re.findall(r"([a-z]{2})=", row["names"])) == LANGUAGES - {"en"}, row["slug"]


def test_seasons_reach_from_2024_to_2031_without_overlapping() -> None:
    spans: defaultdict[str, list[tuple[dt.date, dt.date]]] = defaultdict(list)
    for row in ours("seasons"):
        spans[row["competition"]].append(
            (dt.date.fromisoformat(row["first_day"]), dt.date.fromisoformat(row["last_day"]))
        )
    assert set(spans) == {row["slug"] for row in ours("competitions")}
    for competition, seasons in spans.items():
        seasons.sort()
        assert all(first <= last for first, last in seasons), competition
        assert all(one[1] < other[0] for one, other in pairwise(seasons)), competition
    editions = {slug: [first.year for first, _ in spans.pop(slug)] for slug in ("fifa-world-cup", "uefa-euro")}
    assert editions == {"fifa-world-cup": [2026, 2030], "uefa-euro": [2024, 2028]}
    for competition, seasons in spans.items():
        assert {first.year for first, _ in seasons} >= set(range(2024, 2032)), competition


def test_a_right_has_an_end_or_a_reach_of_its_evidence_and_never_both() -> None:
    for row in ours("rights"):
        assert bool(row["last_day"]) != bool(row["evidence_reaches"]), row["key"]


def test_the_key_of_a_right_begins_with_its_competition() -> None:
    for row in ours("rights"):
        assert row["key"].startswith(f"{row['competition']}--"), row["key"]


def test_nobody_has_looked_at_the_pages_yet() -> None:
    for row in ours("rights"):
        assert row["verified_on"] == "", row["key"]
        assert [row[f"evidence_{number}_seen_on"] for number in (1, 2, 3)] == ["", "", ""], row["key"]


# The press that closures quote outside their evidence. Never the address of a closed service.
PRESS = {
    "advanced-television.com",
    "creativesunite.eu",
    "gavel2goal.com",
    "punto-informatico.it",
    "sherwood.news",
    "tecnoandroid.it",
}


def test_addresses_stand_in_closures_only_as_evidence() -> None:
    for row in ours("closures"):
        for column, cell in row.items():
            if not column.startswith("evidence_"):
                assert "://" not in cell, (row["slug"], column)
                assert "www." not in cell, (row["slug"], column)
                hosts = set(re.findall(r"\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b", cell.lower()))
                assert hosts <= PRESS, (row["slug"], column)


def test_the_evidence_of_closures_is_never_the_closed_service() -> None:
    for row in ours("closures"):
        assert addresses(row), row["slug"]
        kinds = {row[f"evidence_{number}_kind"] for number in (1, 2, 3)} - {""}
        assert kinds <= {"official", "press"}, row["slug"]
