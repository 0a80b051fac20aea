"""GET /api/v1/lookup, asked as a partner site asks it."""

import json
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guide.publication import revision
from tests.queries import tables_asked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled_data")]

LOOKUP = "/api/v1/lookup"


def ask(client: Client, **parameters: Any) -> Any:
    response = client.get(LOOKUP, parameters)
    assert response.status_code == 200, response.content
    return response.json()["results"]


def names(rows: list[dict[str, Any]]) -> list[str]:
    return [row["broadcaster"]["slug"] for row in rows]


def problem(client: Client, status: int, query: str) -> Any:
    response = client.get(f"{LOOKUP}?{query}")
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert {"type", "title", "status", "detail"} <= body.keys()
    assert body["status"] == status
    return body


def test_an_answer_leads_to_the_calendar_of_the_competition_in_the_country(client: Client) -> None:
    for answer in ask(client, competition=["serie-a", "formula-1"], country=["IT", "UK"], lang="fr"):
        address = answer["links"]["ics"]
        competition, country = answer["query"]["competition"], answer["query"]["country"].lower()
        assert address == f"http://testserver/ical/competition/{competition}/{country}.ics?lang=fr"
        assert client.get(address)["Content-Type"] == "text/calendar; charset=utf-8"


def test_serie_a_in_italy_is_licensed_by_dazn_and_sky(client: Client) -> None:
    (answer,) = ask(client, competition="serie-a", country="IT", on="2026-11-23")
    assert answer["state"] == "licensed"
    assert answer["state_reason"] is None
    assert names(answer["options"]) == ["dazn-it", "sky-it"]
    dazn = answer["options"][0]
    assert dazn["rank"] == 1
    assert dazn["rank_reason"] == "widest coverage"
    assert dazn["coverage"] == {
        "scope": "all",
        "matches": 10,
        "of": 10,
        "unit": "round",
        "note": dazn["coverage"]["note"],
    }
    assert dazn["last_day"] == "2029-06-30"
    assert dazn["price_from"]["amount"] == "359.00"
    assert dazn["price_from"]["as_of"] == "2024"
    assert dazn["evidence"]
    assert answer["portability"] == {"eu_2017_1128": True, "home_country": None, "taken_along": []}


def test_an_unknown_answer_names_the_last_known_holder(client: Client) -> None:
    (answer,) = ask(client, competition="bundesliga", country="IT", on="2026-11-23")
    assert (answer["state"], answer["state_reason"]) == ("unknown", "lapsed")
    assert answer["options"] == []
    assert names(answer["last_known"]) == ["sky-it"]
    assert answer["last_known"][0]["season"] == "2025-26"


def test_a_country_of_which_nothing_is_known_is_an_answer(client: Client) -> None:
    (answer,) = ask(client, competition="uefa-euro", country="AQ", on="2026-11-23")
    assert (answer["state"], answer["state_reason"]) == ("unknown", "not_researched")


def test_uk_is_read_as_gb_and_the_answer_says_so(client: Client) -> None:
    (answer,) = ask(client, competition="serie-a", country="uk", on="2026-11-23")
    assert answer["country"] == {"code": "GB", "name": "United Kingdom"}
    assert answer["query"]["country"] == "GB"
    assert answer["query"]["country_as_given"] == "UK"
    (answer,) = ask(client, competition="serie-a", country="GB", on="2026-11-23")
    assert answer["query"]["country_as_given"] is None


def test_competitions_and_countries_repeat(client: Client) -> None:
    results = ask(client, competition=["serie-a", "ligue-1"], country=["FR", "IT", "FR"], on="2026-11-23")
    asked = [(answer["competition"]["slug"], answer["country"]["code"]) for answer in results]
    assert asked == [("serie-a", "FR"), ("serie-a", "IT"), ("ligue-1", "FR"), ("ligue-1", "IT")]


def test_names_are_localised(client: Client) -> None:
    (answer,) = ask(client, competition="uefa-champions-league", country="DE", lang="fr", on="2026-11-23")
    assert answer["competition"]["name"] == "Ligue des champions"
    assert answer["country"]["name"] == "Allemagne"
    assert answer["query"]["lang"] == "fr"


def test_filters_narrow_the_options_and_never_change_the_state(client: Client) -> None:
    asked = {"competition": "uefa-champions-league", "country": "DE", "on": "2026-11-23"}
    (answer,) = ask(client, **asked, access="free", kind="live")
    assert answer["state"] == "licensed"
    assert names(answer["options"]) == ["zdf"]
    (answer,) = ask(client, **asked, services="sky-sport-it")
    assert (answer["state"], answer["options"]) == ("licensed", [])


def test_on_travels_in_time(client: Client) -> None:
    (answer,) = ask(client, competition="serie-a", country="FR", on="2026-03-01")
    assert names(answer["options"]) == ["lequipe"]
    (answer,) = ask(client, competition="serie-a", country="FR", on="2026-11-23T20:45:00Z")
    assert names(answer["options"]) == ["dazn-fr"]
    assert answer["query"]["on"] == "2026-11-23T20:45:00Z"
    (answer,) = ask(client, competition="serie-a", country="FR", on="2026-11-23T21:45:00+01:00")
    assert answer["query"]["on"] == "2026-11-23T20:45:00Z"


@time_machine.travel("2026-06-30T23:30:00Z", tick=False)
def test_now_is_the_day_of_the_country_that_is_asked_about(client: Client) -> None:
    answers = ask(client, competition="serie-a", country=["NZ", "US"])
    assert [answer["query"]["on"] for answer in answers] == ["2026-07-01", "2026-06-30"]


@pytest.mark.parametrize(
    ("query", "parameter", "words"),
    [
        ("competition=serie-a&country=XX", "country", "“XX” is not an ISO 3166-1"),
        ("competition=serie-a&country=ITA", "country", "“ITA” is not a country code"),
        ("competition=serie-a&country=", "country", "without a value"),
        ("competition=serie-a&country=IT&on=2026-13-40", "on", "“2026-13-40” is neither a day"),
        ("competition=serie-a&country=IT&on=2026-11-23T20:45:00", "on", "offset"),
        ("competition=serie-a&country=IT&on=0001-01-01", "on", "outside"),
        ("competition=serie-a&country=IT&on=9999-12-31T23:59:59-23:59", "on", "outside"),
        ("competition=serie-a&country=IT&on=", "on", "without a value"),
        ("competition=serie-a&country=IT&on=2026-11-23&on=2026-11-24", "on", "more than once"),
        ("competition=serie-a&country=IT&lang=xx", "lang", "“xx” is not known here"),
        ("competition=serie-a&country=IT&access=gratis", "access", "“gratis” is not known here"),
        ("competition=serie-a&country=IT&services=dazn-itt", "services", "Did you mean “dazn-it”?"),
        ("competition=serie-a", "country", "required"),
        ("country=IT", "competition", "Ask for competitions, for events or for a team"),
        ("competition=serie-a&event=evt_0000000000&country=IT", "competition", "Ask for competitions, for events or"),
        ("event=evt_0000000000&country=IT&on=2026-11-29", "on", "its own time"),
        ("competition=serie-a&contry=IT", "contry", "Did you mean “country”?"),
        ("competition=serie-a&country=IT&competition=" + "x" * 10_000, "competition", "60 characters"),
        ("competition=serie-a%00&country=IT", "competition", "Null characters"),
    ],
)
def test_a_bad_parameter_is_named(client: Client, query: str, parameter: str, words: str) -> None:
    body = problem(client, 400, query)
    messages = [error["detail"] for error in body["errors"] if error["parameter"] == parameter]
    assert any(words in message for message in messages), body
    assert parameter in body["detail"]


def test_more_than_fifty_answers_are_too_many(client: Client) -> None:
    countries = "&".join(f"country={code}" for code in ["IT", "FR", "DE", "ES", "GB", "US"])
    competitions = "&".join(f"competition=c{number}" for number in range(9))
    assert "at most 50" in problem(client, 400, f"{countries}&{competitions}")["detail"]


def test_an_unknown_competition_is_not_found_and_a_near_one_is_suggested(client: Client) -> None:
    body = problem(client, 404, "competition=seriea&country=IT")
    assert body["type"] == "urn:problem-type:unknown-competition"
    assert "Did you mean “serie-a”?" in body["detail"]


@pytest.mark.parametrize("path", ["/api/", "/api/v1/", "/api/v1/lookup/", "/api/v2/lookup", "/api/v1/nothing"])
@pytest.mark.parametrize("method", ["get", "post", "delete", "options"])
def test_no_address_under_api_answers_with_html(client: Client, path: str, method: str) -> None:
    response = getattr(client, method)(path)
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_a_wrong_method_and_a_wrong_type_are_problems(client: Client) -> None:
    assert client.put(LOOKUP).status_code == 405
    response = client.get(f"{LOOKUP}?competition=serie-a&country=IT", headers={"accept": "text/html"})
    assert response.status_code == 406
    assert response["Content-Type"] == "application/problem+json"


def test_an_error_nobody_foresaw_is_a_problem_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("the inside of the machine")

    monkeypatch.setattr("guide.api.views.lookup.answers", fail)
    client.raise_request_exception = False
    body = problem(client, 500, "competition=serie-a&country=IT")
    assert "machine" not in json.dumps(body)


def test_the_same_body_has_the_same_etag_and_costs_no_body_again(client: Client) -> None:
    asked = {"competition": "serie-a", "country": "IT", "on": "2026-11-23"}
    first = client.get(LOOKUP, asked)
    assert first["ETag"].startswith('"')
    second = client.get(LOOKUP, asked, headers={"if-none-match": first["ETag"]})
    assert second.status_code == 304
    assert second.content == b""
    assert second["ETag"] == first["ETag"]
    assert client.get(LOOKUP, {**asked, "lang": "it"})["ETag"] != first["ETag"]


def spans(response: Any) -> dict[str, int]:
    parts = [part.strip().split("=") for part in response["Cache-Control"].split(",")]
    return {name: int(value[0]) for name, *value in parts if value}


def test_no_cache_keeps_an_answer_past_the_moment_at_which_it_changes(client: Client) -> None:
    with time_machine.travel("2026-11-23T22:58:30Z", tick=False):  # a minute and a half before midnight in Rome
        kept = spans(client.get(LOOKUP, {"competition": "serie-a", "country": "IT"}))
    assert kept["max-age"] == 60
    assert kept["max-age"] + kept["stale-while-revalidate"] + kept["stale-if-error"] == 90
    assert (
        spans(client.get(LOOKUP, {"competition": "serie-a", "country": "IT", "on": "2026-11-23"}))["stale-if-error"]
        == 86_400
    )


def test_the_answer_depends_on_no_cookie_and_no_language_of_the_browser(client: Client) -> None:
    response = client.get(LOOKUP, {"competition": "serie-a", "country": "IT"}, headers={"accept-language": "fr"})
    assert "Cookie" not in response.get("Vary", "")
    assert "Accept-Language" not in response.get("Vary", "")
    assert response.json()["results"][0]["country"]["name"] == "Italy"


def test_a_lookup_asks_nine_queries(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    revision.current()
    with django_assert_num_queries(9) as queries:
        # Country and competition, then rights, findings, blackouts, seasons, services, evidence, offers.
        client.get(LOOKUP, {"competition": "serie-a", "country": "IT"})
    tables = ["country", "competition", "rightcountry", "findingcountry", "blackout", "season", "service", "evidence"]
    tables.append("offer")
    for table, query in zip(tables, queries.captured_queries, strict=True):
        assert f'_{table}"' in query["sql"].split("WHERE")[0], (table, query["sql"])


# On the move


def test_at_home_in_italy_and_in_france_for_a_week_the_italian_services_go_along(client: Client) -> None:
    asked = {"competition": ["serie-a", "bundesliga"], "country": ["FR", "IT", "GB"], "on": "2026-11-23"}
    answers = ask(client, **asked, home_country="IT")
    along = {
        (answer["competition"]["slug"], answer["country"]["code"]): names(answer["portability"]["taken_along"])
        for answer in answers
    }
    assert along["serie-a", "FR"] == ["dazn-it", "sky-it"]
    assert along["serie-a", "IT"] == []  # that is home
    assert along["serie-a", "GB"] == []  # outside of the Union
    assert along["bundesliga", "FR"] == []  # not known at home either
    assert {answer["portability"]["home_country"] for answer in answers} == {"IT"}


def test_what_is_part_free_goes_along_as_well(client: Client) -> None:
    (answer,) = ask(client, competition="la-liga", country="IT", on="2026-11-23", home_country="ES")
    assert "dazn-es" in names(answer["portability"]["taken_along"])


def test_no_cache_keeps_an_answer_past_midnight_at_home(client: Client) -> None:
    with time_machine.travel("2026-11-23T23:58:30Z", tick=False):  # in Rome the day has turned, in Lisbon it will soon
        asked = {"competition": "serie-a", "country": "IT", "home_country": "PT"}
        kept = spans(client.get(LOOKUP, asked))
    assert sum(kept[name] for name in ("max-age", "stale-while-revalidate", "stale-if-error")) == 90


def test_only_what_is_paid_for_goes_along_and_filters_hold_for_it(client: Client) -> None:
    asked = {"competition": "uefa-champions-league", "country": "IT", "on": "2026-11-23", "home_country": "DE"}
    (answer,) = ask(client, **asked)
    assert names(answer["portability"]["taken_along"]) == ["dazn-dach", "amazon-prime-video"]
    (answer,) = ask(client, **asked, services="prime-video")
    assert names(answer["portability"]["taken_along"]) == ["amazon-prime-video"]


def test_a_home_that_is_no_country_is_named(client: Client) -> None:
    body = problem(client, 400, "competition=serie-a&country=IT&home_country=XX")
    assert [error["parameter"] for error in body["errors"]] == ["home_country"]


def test_a_home_costs_one_query(client: Client) -> None:
    address = f"{LOOKUP}?competition=serie-a&country=IT&country=FR"
    at_home = tables_asked(lambda: client.get(f"{address}&home_country=DE"))
    away = tables_asked(lambda: client.get(address))
    assert sorted(at_home) == sorted([*away, "broadcasters_country"])
