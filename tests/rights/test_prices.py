"""The price of an option: the cheapest complete way for anyone, and none at all where that is not known."""

from decimal import Decimal
from typing import Any

import pytest

from broadcasters.records import OfferRecord
from guide.publication.records import Record
from guide.rights.answer import Price
from tests.factories import a_broadcaster, a_competition, a_country, a_league, a_right, a_service, an_offer, ask, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_guide")]


def sold(*offers: OfferRecord, right: dict[str, Any] | None = None, also: list[Record] | None = None) -> None:
    """A league in Italy whose one holder sells these offers."""
    write(*a_league(), *(also or []), a_right(**(right or {})), *offers)


def price(on: str = "2026-11-23", country: str = "IT") -> Price | None:
    (option,) = ask(on=on, country=country).options
    return option.price_from


def amount(on: str = "2026-11-23") -> str | None:
    found = price(on)
    return f"{found.amount} {found.currency} a {found.period}" if found else None


def test_without_an_offer_no_price_is_known() -> None:
    sold()
    assert price() is None


def test_the_price_is_what_one_plan_costs_with_the_date_of_its_source() -> None:
    sold(an_offer("34.99", plan="Full", seen_on="2026-08", commitment_months="12"))
    assert price() == Price(
        amount=Decimal("34.99"),
        currency="EUR",
        period="month",
        commitment_months=12,
        plans=("Full",),
        as_of="2026-08",
    )


def test_of_several_the_cheapest_is_told() -> None:
    sold(an_offer("34.99"), an_offer("19.99"), an_offer("44.99"))
    assert amount() == "19.99 EUR a month"


def test_what_is_cheapest_is_judged_by_the_month() -> None:
    sold(an_offer("10"), an_offer("99", period="year"))  # 8.25 a month
    assert amount() == "99.00 EUR a year"


def test_a_dear_year_is_not_cheapest_for_its_period() -> None:
    sold(an_offer("8"), an_offer("99", period="year"), an_offer("98", period="season"))
    assert amount() == "8.00 EUR a month"


def test_a_price_for_an_event_is_told_only_where_there_is_no_other() -> None:
    sold(an_offer("9.99", period="event"), an_offer("49.99"))
    assert amount() == "49.99 EUR a month"
    write(an_offer("9.99", period="event"))
    assert amount() == "9.99 EUR a event"


def test_of_equal_prices_the_one_that_binds_less_is_told() -> None:
    sold(an_offer("10", plan="A", commitment_months="12"), an_offer("10", plan="B", commitment_months="0"))
    found = price()
    assert found is not None
    assert (found.plans, found.commitment_months) == (("B",), 0)


def test_a_free_offer_costs_nothing() -> None:
    sold(an_offer("0", period="free"), an_offer("10"))
    assert amount() == "0.00 EUR a free"


def test_an_add_on_costs_what_its_base_costs_too() -> None:
    sold(
        an_offer("14.90", key="add-on", plan="Sport", requires="base", seen_on="2026-09-01", commitment_months="1"),
        an_offer("20", key="base", plan="TV", competitions="", seen_on="2024", commitment_months="18"),
    )
    assert price() == Price(
        amount=Decimal("34.90"),
        currency="EUR",
        period="month",
        commitment_months=18,
        plans=("Sport", "TV"),
        as_of="2024",
    )


def test_of_the_dates_of_a_chain_the_oldest_is_told_however_exact_it_is() -> None:
    sold(
        an_offer("1", key="add-on", requires="base", seen_on="2024-08-13"),
        an_offer("1", key="base", requires="box", competitions="", seen_on="2024-08"),
        an_offer("1", key="box", competitions="", seen_on="2025"),
    )
    found = price()
    assert found is not None
    assert (found.amount, found.as_of) == (Decimal("3.00"), "2024-08")


def test_an_add_on_paid_by_the_year_on_a_base_paid_by_the_month_is_told_by_the_month() -> None:
    sold(
        an_offer("100", key="add-on", period="year", requires="base"),
        an_offer("10", key="base", competitions=""),
    )
    assert amount() == "18.33 EUR a month"


def test_an_add_on_to_a_free_base_costs_its_own_price() -> None:
    sold(
        an_offer("30", key="add-on", period="season", requires="base"),
        an_offer("0", key="base", period="free", competitions=""),
    )
    assert amount() == "30.00 EUR a season"


@pytest.mark.parametrize(
    "base",
    [
        {"price": ""},
        {"eligibility": "under 26"},
        {"requires_note": "A set-top box"},
        {"last_day": "2026-11-22"},
        {"first_day": "2026-11-24"},
        {"currency": "GBP"},
        {"period": "event"},
    ],
    ids=lambda cells: next(iter(cells)),
)
def test_an_add_on_whose_base_is_not_for_anyone_has_no_price(base: dict[str, str]) -> None:
    sold(an_offer("10", requires="base"), an_offer(**({"price": "5", "key": "base", "competitions": ""} | base)))
    assert price() is None


def test_an_add_on_whose_base_is_withdrawn_has_no_price() -> None:
    add_on = an_offer("10", key="add-on", requires="base")
    sold(add_on, an_offer("5", key="base", competitions=""))
    assert amount() == "15.00 EUR a month"
    write(add_on)
    assert price() is None, "what was withdrawn cannot be bought, and alone the add-on is not complete"


def test_a_chain_of_more_than_three_is_not_believed() -> None:
    sold(
        an_offer("1", key="one", requires="two"),
        an_offer("1", key="two", requires="three", competitions=""),
        an_offer("1", key="three", requires="four", competitions=""),
        an_offer("1", key="four", competitions=""),
    )
    assert price() is None


@pytest.mark.parametrize(
    "cells",
    [
        {"price": ""},
        {"requires_note": "A subscription to something else"},
        {"eligibility": "students"},
        {"competitions": ""},
        {"competitions": "test-cup"},
        {"last_day": "2026-11-22"},
        {"first_day": "2026-11-24"},
        {"broadcaster": "other"},
        {"services": "elsewhere"},
        {"country": "FR"},
    ],
    ids=lambda cells: "-".join(next(iter(cells.items()))),
)
def test_an_offer_that_does_not_serve_is_never_a_price(cells: dict[str, str]) -> None:
    catalogue = [
        a_country("FR"),
        a_competition("test-cup"),
        a_broadcaster("other"),
        a_service(),
        a_service("elsewhere"),
    ]
    sold(an_offer(**cells), right={"services": "holder-stream"}, also=catalogue)
    assert price() is None
    write(an_offer("12"), an_offer(**cells))
    assert amount() == "12.00 EUR a month"


def test_an_offer_counts_on_its_first_and_on_its_last_day() -> None:
    sold(an_offer("10", first_day="2026-09-01", last_day="2026-11-23"))
    assert [price(on) is not None for on in ("2026-08-31", "2026-09-01", "2026-11-23", "2026-11-24")] == [
        False,
        True,
        True,
        False,
    ]


def test_a_withdrawn_offer_is_no_price() -> None:
    sold(an_offer("10", key="gone"))
    write(an_offer("20", country="FR"), a_country("FR"), a_country())
    assert price() is None


def test_what_another_sells_counts_where_it_opens_a_service_of_the_right() -> None:
    sold(
        an_offer("25", broadcaster="tim", services="holder-stream", plan="With the line"),
        right={"services": "holder-stream"},
        also=[a_broadcaster("tim", kind="telecom"), a_service()],
    )
    assert amount() == "25.00 EUR a month"


def test_a_service_that_is_not_shown_in_the_country_is_opened_by_no_offer() -> None:
    sold(
        an_offer("25", services="holder-stream"),
        right={"services": "holder-stream"},
        also=[a_country("FR"), a_service(countries="FR")],
    )
    assert price() is None


def test_a_right_has_the_price_of_its_own_services_only() -> None:
    sold(
        an_offer("10", services="small"),
        an_offer("30", services="big"),
        right={"services": "big"},
        also=[a_service("small"), a_service("big")],
    )
    assert amount() == "30.00 EUR a month"


def test_highlights_and_delayed_pictures_have_no_price() -> None:
    write(*a_league(), a_right(kind="highlights"), a_right(kind="delayed"), an_offer("10"))
    assert [option.price_from for option in ask().options] == [None, None]


def test_an_offer_that_has_ended_is_no_price_on_any_later_day() -> None:
    sold(
        an_offer("5", last_day="2026-01-12"), an_offer("15", first_day="2026-01-13"), right={"first_day": "2025-01-01"}
    )
    assert (amount("2026-01-12"), amount("2026-01-13")) == ("5.00 EUR a month", "15.00 EUR a month")
