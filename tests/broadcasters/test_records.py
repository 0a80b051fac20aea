"""Rows of the catalogue of broadcasters."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from broadcasters.records import CountryGroupRecord
from tests.factories import a_broadcaster, a_carriage, a_country, a_service, an_offer


@pytest.mark.parametrize("zone", ["Europe/Rome", "Pacific/Auckland", "America/Argentina/Buenos_Aires", "UTC"])
def test_a_time_zone_is_an_iana_name(zone: str) -> None:
    assert a_country(time_zone=zone).time_zone == zone


@pytest.mark.parametrize("zone", ["", "CET+1", "Europe/Milan", "europe/rome ", "../etc/passwd"])
def test_what_is_no_time_zone_is_refused(zone: str) -> None:
    with pytest.raises(ValidationError):
        a_country(time_zone=zone)


def test_a_country_says_whether_it_is_in_the_european_union() -> None:
    assert (a_country(in_eu="yes").in_eu, a_country(in_eu="no").in_eu) == (True, False)
    with pytest.raises(ValidationError):
        a_country(in_eu="perhaps")


@pytest.mark.parametrize("code", ["it", "I", "ITA", ""])
def test_a_country_code_is_iso(code: str) -> None:
    with pytest.raises(ValidationError):
        a_country(code)


def test_a_group_names_codes_and_no_groups() -> None:
    group = CountryGroupRecord.model_validate({"slug": "dach", "name": "DACH", "countries": "DE; CH; AT"})
    assert group.countries == ("AT", "CH", "DE")
    for countries in ("DE; dach", "DE; DE"):
        with pytest.raises(ValidationError):
            CountryGroupRecord.model_validate({"slug": "x", "name": "X", "countries": countries})


def test_the_lists_of_a_broadcaster_have_no_order() -> None:
    assert a_broadcaster(aliases="B; A", countries="IT; FR") == a_broadcaster(aliases="A;B", countries="FR;IT")


@pytest.mark.parametrize("cells", [{"kind": "pirate"}, {"kind": ""}, {"status": "asleep"}, {"ended_on": "2026-1"}])
def test_a_broadcaster_is_of_a_known_kind_and_status(cells: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        a_broadcaster(**cells)


@pytest.mark.parametrize("kind", ["radio", ""])
def test_a_service_is_television_or_a_stream(kind: str) -> None:
    with pytest.raises(ValidationError):
        a_service(kind=kind)


def test_a_free_offer_costs_nothing() -> None:
    assert an_offer("0", period="free").price == Decimal(0)
    for price in ("5", ""):
        with pytest.raises(ValidationError, match="A free offer has the price 0"):
            an_offer(price, period="free")


def test_an_offer_cannot_require_itself() -> None:
    with pytest.raises(ValidationError, match="An offer cannot require itself"):
        an_offer(key="add-on", requires="add-on")


def test_an_offer_may_have_no_recorded_price_and_no_known_window() -> None:
    offer = an_offer("")
    assert (offer.price, offer.first_day, offer.last_day, offer.has_ads) == (None, None, None, None)


@pytest.mark.parametrize(
    "cells",
    [
        {"currency": ""},
        {"period": "week"},
        {"price": "-5"},
        {"commitment_months": "-1"},
        {"commitment_months": "a year"},
        {"first_day": "July"},
        {"url": "holder.example"},
    ],
    ids=lambda cells: "-".join(cells),
)
def test_what_an_offer_may_not_say(cells: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        an_offer(**cells)


def test_carriage_names_an_operator_a_service_and_a_country() -> None:
    assert a_carriage(seen_on="2025-08").seen_on == "2025-08"
    for name in ("operator", "service", "country"):
        with pytest.raises(ValidationError):
            a_carriage(**{name: ""})
