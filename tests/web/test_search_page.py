"""The search as people use it: straight to the answer where there is no doubt, else links, else an honest word."""

from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guide.publication import revision
from guide.search.letters import LONGEST_TEXT
from tests.factories import a_broadcaster, a_closure, write
from tests.web.conftest import Open
from tests.web.markup import Element

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled_data")]


def groups(page: Element) -> dict[str, list[str]]:
    return {
        section.one("h2").text: [
            row.text for row in section.one("ul", class_="found").children if isinstance(row, Element)
        ]
        for section in page.all("section")
    }


def links(page: Element) -> dict[str, str]:
    return {link.text: link.attributes["href"] for link in page.one("main").all("a")}


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("q=serie+a&country=it", "/en/it/serie-a/"),
        ("q=Serie+A+Italy", "/en/it/serie-a/"),
        ("q=ldc+allemagne", "/en/de/uefa-champions-league/"),
        ("q=f1+in+the+netherlands", "/en/nl/formula-1/"),
        ("q=serie+a&country=UK", "/en/gb/serie-a/"),
        ("q=f1+germany&country=it", "/en/it/formula-1/"),
        ("q=allemagne", "/en/de/"),
        ("q=uk", "/en/gb/"),
        ("q=italy&country=it", "/en/it/"),
        ("q=&country=it", "/en/it/"),
        ("country=it", "/en/it/"),
    ],
)
def test_where_there_is_no_doubt_the_search_leads_to_the_answer(client: Client, query: str, address: str) -> None:
    response = client.get(f"/en/search/?{query}")
    assert (response.status_code, response["Location"]) == (302, address)


@pytest.mark.parametrize(
    "query",
    [
        "q=serie+a",  # which country?
        "q=seria+a+italy",  # misspelt
        "q=f1+de",  # Germany, or the beginning of something
        "q=pl",  # Poland, or the Premier League
        "q=calcio&country=it",  # a closed service, or football
        "q=germany&country=it",  # which of the two?
        "q=dazn&country=it",  # what of it?
    ],
)
def test_where_there_is_a_doubt_people_choose(open_page: Open, query: str) -> None:
    assert groups(open_page(f"/en/search/?{query}"))


def test_a_competition_without_a_country_leads_to_all_countries(open_page: Open) -> None:
    page = open_page("/fr/search/?q=champions+league")
    assert links(page)["Ligue des champions"] == "/fr/uefa-champions-league/"
    assert groups(page)["Compétitions"][0] == "Ligue des champions Football Trouvé sous «\xa0Champions League\xa0»"


def test_a_competition_with_a_country_leads_to_its_answer_there(open_page: Open) -> None:
    page = open_page("/en/search/?q=f1+itali")
    assert groups(page)["Competitions"] == ["Formula 1 Motor sport Found as “F1” IT Italy"]
    assert links(page)["Formula 1"] == "/en/it/formula-1/"
    # The country that the text names is the one at hand, but the choice in the form stays the visitor's.
    assert "Italy" in page.one("header").text
    assert not [option for option in page.all("option") if "selected" in option.attributes]


def test_a_country_asked_for_stays_chosen(open_page: Open) -> None:
    page = open_page("/en/search/?q=seria+a&country=it")
    assert page.one("option", selected="", value="it").text == "Italy"
    assert page.one("input", name="q").attributes["value"] == "seria a"
    assert links(page)["Serie A"] == "/en/it/serie-a/"


def test_calcio_is_a_closed_service_and_competitions(open_page: Open) -> None:
    found = groups(open_page("/en/search/?q=calcio"))
    assert list(found) == ["Closed services", "Competitions", "Broadcasters"]
    assert found["Closed services"] == ["Calcio 8 Sept 2025 FR France DE Germany IT Italy ES Spain US United States"]
    assert found["Competitions"][0] == "Serie A Football Found as “calcio Serie A”"
    assert links(open_page("/en/search/?q=calcio"))["IT Italy"] == "/en/it/closures/calcio-2025/"
    assert links(open_page("/en/search/?q=calcio&country=gb"))["Calcio"] == "/en/gb/closures/calcio-2025/"


def test_a_broadcaster_leads_to_its_page_in_its_countries_six_at_most(open_page: Open) -> None:
    page = open_page("/en/search/?q=dazn")
    (section,) = page.all("section")
    rows = groups(page)["Broadcasters"]
    assert rows[0].startswith("DAZN Streaming service AD Andorra AT Austria BE Belgium CA Canada FR France DE Germany")
    assert rows[0].endswith("and 8 more countries")
    assert section.all("a")[1].attributes["href"] == "/en/at/broadcaster/dazn/"
    assert links(page)["DAZN Italia"] == "/en/it/broadcaster/dazn-it/"


def test_what_is_found_nowhere_in_particular_leads_as_far_as_it_can(open_page: Open) -> None:
    write(a_broadcaster("nowhere"), a_closure("nowhere-site"))
    page = open_page("/en/search/?q=nowhere")
    assert groups(page) == {"Broadcasters": ["Nowhere Broadcaster"], "Closed services": ["Nowhere-Site"]}
    assert links(page) == {"Nowhere-Site": "/en/closures/nowhere-site/"}


@pytest.mark.parametrize("text", ["psg", "Премьер-лига", "<script>alert(1)</script>", "?", "\x00", "{unmatched}"])
def test_where_nothing_is_found_the_page_says_so_and_helps_on(open_page: Open, text: str) -> None:
    page = open_page(f"/en/search/?q={quote(text)}")
    if text != "\x00":
        assert page.one("p", class_="sentence").text == f"We found nothing for “{text}”."
        assert "the guide covers 17 competitions so far" in page.text
    assert links(page) == {"All competitions": "/en/#competitions"}
    assert page.all("form", role="search")


def test_where_only_the_country_is_known_its_competitions_are_offered(open_page: Open) -> None:
    for query in ("q=psg+france", "q=psg&country=fr"):
        assert links(open_page(f"/en/search/?{query}")) == {
            "All competitions, France": "/en/fr/",
            "All competitions": "/en/#competitions",
        }


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20&country="])
def test_a_search_for_nothing_asks_for_something(open_page: Open, query: str) -> None:
    page = open_page(f"/en/search/{query}")
    assert page.one("h1").text == "What are you looking for?"
    assert links(page) == {"All competitions": "/en/#competitions"}


def test_an_overlong_text_is_cut(open_page: Open) -> None:
    field = open_page(f"/en/search/?q={'x' * 10_000}").one("input", name="q")
    assert field.attributes["value"] == "x" * LONGEST_TEXT
    assert field.attributes["maxlength"] == str(LONGEST_TEXT)


def test_a_search_in_no_country_is_refused(open_page: Open) -> None:
    assert open_page("/en/search/?q=serie+a&country=xx", status=404).all("form", role="search")


def test_the_form_is_labelled_and_needs_no_script(open_page: Open) -> None:
    form = open_page("/en/").one("form", role="search")
    assert (form.attributes["method"], form.attributes["action"]) == ("get", "/en/search/")
    labels = {label.attributes["for"]: label.text for label in form.all("label")}
    assert labels[form.one("input").attributes["id"]] == "Competition, broadcaster or country"
    assert labels[form.one("select").attributes["id"]] == "Country"
    assert form.one("select").all("option")[0].text == "Any country"


def test_another_language_shows_the_same_search(open_page: Open) -> None:
    french = open_page("/en/search/?q=f1+itali").one("footer").one("a", hreflang="fr")
    assert french.attributes["href"] == "/fr/search/?q=f1+itali"


def test_results_may_be_cached_and_are_not_indexed(client: Client, open_page: Open) -> None:
    assert "public, max-age=60" in client.get("/en/search/?q=calcio")["Cache-Control"]
    assert open_page("/en/search/?q=calcio").one("meta", name="robots").attributes["content"] == "noindex"


@pytest.mark.parametrize("query", ["q=s", "q=sky", "q=dazn", "q=sport", "q=open&country=us"])
def test_the_fullest_results_are_light_in_every_language(open_page: Open, query: str) -> None:
    for language, _ in settings.LANGUAGES:
        assert groups(open_page(f"/{language}/search/?{query}"))


def test_what_is_withdrawn_is_not_on_the_page(open_page: Open) -> None:
    write(a_broadcaster("nowhere"), a_closure("nowhere-site"))
    assert len(groups(open_page("/en/search/?q=nowhere"))) == 2
    write(a_broadcaster("other"), a_closure("other-site"))
    revision.forget()
    assert "We found nothing" in open_page("/en/search/?q=nowhere").text


def asked(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    # The revision is looked at once a second, whoever asks.
    return [query["sql"] for query in queries if "publication_revision" not in query["sql"]]


def test_a_page_of_results_asks_one_query_once_the_index_stands(client: Client) -> None:
    # The index takes twelve, the form one: the countries.
    assert len(asked(client, "/en/search/?q=calcio")) == 12 + 1
    assert len(asked(client, "/en/search/?q=calcio")) == 1
    assert len(asked(client, "/en/search/?q=sky")) == 1
    # The country that is asked for; and how many competitions there are, where none was found.
    assert len(asked(client, "/en/search/?q=seria+a&country=it")) == 2
    assert len(asked(client, "/en/search/?q=psg")) == 2
