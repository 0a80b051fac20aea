"""The search: what people type leads to what they mean, and never to something else that is merely near."""

import time
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guide.publication import revision
from guide.search import index
from guide.search.hits import Found, Hit, search
from guide.search.letters import LONGEST_TEXT, words_of
from guide.search.spellings import Kind
from tests.factories import (
    LEAGUE,
    a_broadcaster,
    a_closure,
    a_competition,
    a_country,
    a_league,
    a_service,
    a_sport,
    write,
)
from tests.stored import empty_guide
from tests.thorough import examples

__all__ = ["empty_guide"]

COMPETITION, COUNTRY, BROADCASTER, CLOSURE = Kind


def find(text: str, language: str = "en", **asked: Any) -> Found:
    return search(text, language=language, **asked)


def keys(text: str, **asked: Any) -> list[str]:
    return [hit.key for hit in find(text, **asked).hits]


def first(text: str, language: str = "en", **asked: Any) -> Hit:
    return find(text, language, **asked).hits[0]


# What is typed, and what comes first: its key, and the country in which it is asked for.
EXACT: list[tuple[str, str, str | None]] = [
    ("ldc", "uefa-champions-league", None),
    ("Série A", "serie-a", None),
    ("SERIE A", "serie-a", None),
    ("seriea", "serie-a", None),
    ("la liga", "la-liga", None),
    ("U.S. Open", "us-open", None),
    ("us open", "us-open", None),
    ("Königsklasse", "uefa-champions-league", None),
    ("KONIGSKLASSE", "uefa-champions-league", None),
    ("fussball weltmeisterschaft", "fifa-world-cup", None),
    ("championnat d’Italie", "serie-a", None),
    ("championnat d'italie", "serie-a", None),
    ("mundial", "fifa-world-cup", None),
    ("primera division spanien", "la-liga", None),
    ("dazn", "dazn", None),
    ("canal plus france", "canal-plus-fr", None),
    ("Canal+ France", "canal-plus-fr", None),
    ("canal-plus-fr", "canal-plus-fr", None),
    ("9now", "nine", None),
    ("tv8", "tv8-it", None),
    ("streameast", "streameast-2025", None),
    ("stream east", "streameast-2025", None),
    ("calcio", "calcio-2025", None),
    # Countries: by code, by name in each language, by what else they are called.
    ("IT", "IT", "IT"),
    ("uk", "GB", "GB"),
    ("el salvador", "SV", "SV"),
    ("allemagne", "DE", "DE"),
    ("Österreich", "AT", "AT"),
    ("Svizzera", "CH", "CH"),
    ("estados unidos", "US", "US"),
    ("USA", "US", "US"),
    ("holland", "NL", "NL"),
    ("England", "GB", "GB"),
    ("cote d'ivoire", "CI", "CI"),
    # A thing and a country, in any order, in any language.
    ("champions league germany", "uefa-champions-league", "DE"),
    ("germany champions league", "uefa-champions-league", "DE"),
    ("ligue 1 suisse", "ligue-1", "CH"),
    ("premier league uk", "premier-league", "GB"),
    ("f1 it", "formula-1", "IT"),
    ("f1 in italy", "formula-1", "IT"),
    ("spagna liga", "la-liga", "ES"),
    ("formula 1 united arab emirates", "formula-1", "AE"),
    ("formula1 uae", "formula-1", "AE"),
    ("ligue des champions au maroc", "uefa-champions-league", "MA"),
    ("bundesliga in der schweiz", "bundesliga", "CH"),
    ("dazn italy", "dazn", "IT"),
    # Words around it.
    ("watch serie a live free", "serie-a", None),
    ("where can i watch the nba", "nba", None),
    ("où regarder roland-garros gratuit en belgique", "roland-garros", "BE"),
    ("dove vedere la champions league", "uefa-champions-league", None),
]

NEAR: list[tuple[str, str, str | None]] = [
    ("seria a", "serie-a", None),
    ("bundeslga", "bundesliga", None),
    ("wimbeldon", "wimbledon", None),
    ("champoins leage", "uefa-champions-league", None),
    ("ligue des chanpions", "uefa-champions-league", None),
    ("champoins leage germny", "uefa-champions-league", "DE"),
    ("oesterreich", "AT", "AT"),
    ("f1 germny", "formula-1", "DE"),
    # Unfinished, or cut short.
    ("champ", "uefa-champions-league", None),
    ("champions le", "uefa-champions-league", None),
    ("champ league", "uefa-champions-league", None),
    ("f1 itali", "formula-1", "IT"),
    ("bundesliga suis", "bundesliga", "CH"),
    ("ital", "IT", "IT"),
    ("s", "serie-a", None),
    ("league champions", "uefa-champions-league", None),
    # A small word may be a country, but nobody is sent there for it.
    ("f1 de", "formula-1", "DE"),
    ("champions league de", "uefa-champions-league", "DE"),
    # By the sport.
    ("tennis", "us-open", None),
    ("pallacanestro", "nba", None),
]

NOTHING = [
    *("psg", "psg france", "munchen", "juventus", "real madrid", "rugby", "eredivisie"),
    # One letter or one figure from something else is something else.
    *("serie b", "formula 2", "formula e", "moto2"),
    *("", " ", "?!", "+", "\x00", "\u202e", "🏆", "…—'", "Премьер-лига", "مباراة", "足球", "x" * 10_000),
]


@pytest.mark.django_db
@pytest.mark.usefixtures("bundled_data")
class TestWhatPeopleType:
    def test_a_name_of_any_language_an_alias_or_a_code_is_exact_and_comes_first(
        self, subtests: pytest.Subtests
    ) -> None:
        for text, key, country in EXACT:
            with subtests.test(text):
                hit = first(text)
                assert (hit.key, hit.country, hit.is_exact) == (key, country, True)

    def test_what_is_misspelt_or_unfinished_is_found_and_not_exact(self, subtests: pytest.Subtests) -> None:
        for text, key, country in NEAR:
            with subtests.test(text):
                hit = first(text)
                assert (hit.key, hit.country, hit.is_exact) == (key, country, False)

    def test_what_is_not_in_the_guide_is_not_found(self, subtests: pytest.Subtests) -> None:
        for text in NOTHING:
            with subtests.test(text[:40]):
                assert [hit for hit in find(text).hits if hit.kind == COMPETITION] == []

    def test_the_country_is_known_even_where_the_thing_is_not(self) -> None:
        assert find("psg france") == Found(hits=(), country="FR")
        assert find("bbc italy").country == "IT"
        for text in ("psg", "psg tv", "live tv", "rugby in"):
            assert find(text).country is None

    def test_calcio_is_a_closed_service_and_the_italian_word_for_football(self) -> None:
        found = find("calcio", limit=30).hits
        assert [(hit.kind, hit.key) for hit in found[:2]] == [(CLOSURE, "calcio-2025"), (COMPETITION, "serie-a")]
        assert [hit.key for hit in found if hit.is_exact] == ["calcio-2025"]
        assert {"fifa-world-cup", "uefa-euro", "bundesliga"} <= {hit.key for hit in found}

    def test_what_can_be_two_things_is_both(self) -> None:
        found = find("pl").hits
        assert [(hit.key, hit.is_exact) for hit in found[:3]] == [
            ("premier-league", True),
            ("PL", True),
            (found[2].key, False),
        ]
        assert find("pl").country is None

    def test_an_unfinished_country_may_be_several(self) -> None:
        found = find("f1 aust")
        assert [(hit.key, hit.country) for hit in found.hits] == [("formula-1", "AT"), ("formula-1", "AU")]
        assert found.country is None

    def test_a_country_in_a_name_is_part_of_the_name(self) -> None:
        assert keys("us open") == ["us-open"]
        assert first("championnat de france").country is None

    def test_a_small_word_may_be_a_country_or_the_middle_of_a_name(self) -> None:
        found = find("liga de").hits
        assert (found[0].key, found[0].country, found[0].is_exact) == ("la-liga", "DE", False)
        assert ("uefa-champions-league", None) in [(hit.key, hit.country) for hit in found]
        assert find("liga de campeones").country is None

    def test_a_broadcaster_is_found_where_it_shows(self) -> None:
        found = find("dazn germany").hits
        assert [(hit.key, hit.country) for hit in found] == [("dazn", "DE"), ("dazn-dach", "DE")]
        (elsewhere,) = find("bbc italy").hits
        assert (elsewhere.key, elsewhere.country, elsewhere.countries) == ("bbc", None, ("GB",))

    def test_a_service_leads_to_its_broadcaster(self) -> None:
        hit = first("sky sport uno")
        assert (hit.kind, hit.key, hit.matched) == (BROADCASTER, "sky-it", "Sky Sport Uno")

    def test_names_are_in_the_language_asked_for_whatever_was_typed(self) -> None:
        hit = first("champions league", "fr")
        assert (hit.name, hit.detail, hit.matched) == ("Ligue des champions", "Football", "Champions League")
        assert first("germany", "it").name == "Germania"
        assert first("f1", "de").detail == "Motorsport"

    def test_the_country_asked_for_outranks_the_one_in_the_text(self) -> None:
        found = find("f1 germany", country="IT")
        assert (found.hits[0].key, found.hits[0].country, found.country) == ("formula-1", "IT", "IT")
        assert first("serie a", country="FR").country == "FR"
        assert first("germany", country="IT").country == "DE"
        assert find("", country="IT") == Found(hits=(), country="IT")

    def test_a_closed_service_is_found_from_everywhere(self) -> None:
        assert (first("calcio", country="GB").key, first("calcio", country="GB").country) == ("calcio-2025", "GB")

    def test_kinds_and_limit_narrow_the_hits(self) -> None:
        assert {hit.kind for hit in find("ital", kinds=[COUNTRY], limit=50).hits} == {COUNTRY}
        assert first("calcio", kinds=[COMPETITION]).key == "serie-a"
        assert first("calcio italy", kinds=[COMPETITION]).country == "IT"
        assert len(find("s", limit=3).hits) == 3
        assert find("s", limit=3).hits == find("s", limit=30).hits[:3]

    def test_the_same_text_finds_the_same_in_the_same_order_in_a_new_process(self) -> None:
        texts = ["s", "sky", "open", "calcio", "liga", "f1 aust", "champoins leage"]
        before = [find(text, limit=100) for text in texts]
        index.forget()
        assert [find(text, limit=100) for text in texts] == before

    @settings(max_examples=examples(200), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(text=st.text() | st.text(alphabet="aeislru1 +-'é", max_size=40), country=st.sampled_from([None, "IT"]))
    def test_no_text_raises(self, text: str, country: str | None) -> None:
        found = find(text, country=country, limit=7)
        assert len(found.hits) <= 7
        assert len({(hit.kind, hit.key, hit.country) for hit in found.hits}) == len(found.hits)

    def test_a_text_is_read_as_far_as_a_hundred_characters(self) -> None:
        assert first("serie a" + " " * LONGEST_TEXT + "germany").country is None
        assert find("a " * 5000) == find("a " * 10)


WORST = [
    "sport " * 20,
    "united " * 20,
    "a " * 50,
    "sky sport tv " * 8,
    "misspeltt wordds evrywhere championz leagu germony francce itally spaain",
    "e" * 10_000,
]


@pytest.mark.django_db
@pytest.mark.usefixtures("bundled_data")
def test_a_search_takes_milliseconds() -> None:
    """Usually under one and at worst some ten; the limits here leave room for a busy machine."""
    find("anything")
    spent = sorted(_seconds(text) for text, _, _ in EXACT + NEAR)
    assert spent[int(len(spent) * 0.95)] < 0.1
    assert max(_seconds(text) for text in WORST) < 0.5


def _seconds(text: str) -> float:
    started = time.process_time()
    find(text)
    return time.process_time() - started


# What is held in memory ------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.usefixtures("bundled_data")
def test_the_first_search_after_a_publication_asks_twelve_queries_and_the_next_none() -> None:
    for expected in (12, 0):
        with CaptureQueriesContext(connection) as queries:
            find("serie a")
        # The revision is looked at once a second, whoever asks.
        assert len([query for query in queries if "publication_revision" not in query["sql"]]) == expected


@pytest.mark.django_db
@pytest.mark.usefixtures("empty_guide")
class TestWhatIsPublished:
    def test_a_new_alias_is_found_and_an_old_one_no_longer(self) -> None:
        write(*a_league(), a_competition(LEAGUE, aliases="fr=Vieux nom"))
        assert keys("vieux nom") == [LEAGUE]
        write(a_competition(LEAGUE, aliases="fr=Nouveau nom"))
        revision.forget()
        assert keys("vieux nom") == []
        assert keys("nouveau nom") == [LEAGUE]

    def test_what_is_withdrawn_is_not_found(self) -> None:
        write(
            a_sport(),
            a_competition(),
            a_competition("gone-league"),
            a_country("IT"),
            a_country("FR"),
            a_broadcaster("gone-holder", countries="IT"),
            a_broadcaster(countries="FR; IT"),
            a_service("gone-stream"),
            a_service("gone-channel", broadcaster="gone-holder"),
            a_closure(countries="FR; IT"),
            a_closure("gone-site"),
        )
        gone = ["gone-league", "gone-holder", "gone-stream", "gone-channel", "gone-site", "france"]
        assert [len(keys(text)) for text in gone] == [1] * len(gone)
        write(
            a_competition(),
            a_country("IT"),
            a_broadcaster(countries="IT"),
            a_service(),
            a_closure(countries="IT"),
        )
        revision.forget()
        assert [keys(text) for text in gone] == [[]] * len(gone)
        assert find("test league france") == Found(hits=(), country=None)
        assert first("holder").countries == first("closed").countries == ("IT",)

    def test_an_empty_guide_finds_nothing(self) -> None:
        assert find("serie a italy") == Found(hits=(), country=None)


@pytest.mark.django_db(transaction=True)
def test_many_threads_at_once_build_it_once() -> None:
    write(*a_league())
    revision.forget()
    revision.current()
    barrier = Barrier(6)
    asked: list[int] = []
    found: list[str] = []

    def look() -> None:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=10)
            with CaptureQueriesContext(connection) as queries:
                found.extend(keys("test league"))
            asked.append(sum("competitionalias" in query["sql"] for query in queries))
        finally:
            connection.close()

    threads = [Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert found == [LEAGUE] * 6
    assert sum(asked) == 1


# Words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ligue des champions", "ligue des champions"),
        ("Fußball-Weltmeisterschaft", "fussball weltmeisterschaft"),
        ("Øyafestivalen Łódź Ægir Œuvre", "oyafestivalen lodz aegir oeuvre"),
        ("TÜRKİYE ırmak", "turkiye irmak"),
        ("Canal+ & RMC", "canal plus rmc"),
        ("+ Canal", "canal"),
        ("championnat d’Italie", "championnat d italie"),
        ("beIN_SPORTS™", "bein sportstm"),
        ("Ｓｅｒｉｅ Ａ", "serie a"),
        ("a\x00b\u200bc", "a b c"),
    ],
)
def test_words_compare_without_accents_case_and_punctuation(text: str, words: str) -> None:
    assert words_of(text) == tuple(words.split())
