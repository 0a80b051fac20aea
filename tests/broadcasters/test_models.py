"""Countries and their days, and how broadcasters and offers are asked."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoAssertNumQueries

from broadcasters.models import Broadcaster, Carriage, Country, CountryGroup, Offer, Service
from broadcasters.names import country_name
from tests.factories import (
    LEAGUE,
    a_broadcaster,
    a_carriage,
    a_competition,
    a_country,
    a_league,
    a_service,
    an_offer,
    write,
)


def country(zone: str) -> Country:
    return Country(code="XX", name="X", time_zone=zone)


@pytest.mark.parametrize(
    ("ended_on", "day", "has_ended"),
    [
        ("", "2099-12-31", False),
        ("2025-08-01", "2025-08-01", False),
        ("2025-08-01", "2025-08-02", True),
        ("2026-03", "2026-03-31", False),
        ("2026-03", "2026-04-01", True),
        ("2025", "2025-12-31", False),
        ("2025", "2026-01-01", True),
    ],
)
def test_a_broadcaster_is_over_after_the_last_day_that_its_end_may_mean(
    ended_on: str, day: str, has_ended: bool
) -> None:
    assert Broadcaster(ended_on=ended_on).has_ended(dt.date.fromisoformat(day)) is has_ended


def test_a_service_is_over_with_its_own_end_or_that_of_its_broadcaster() -> None:
    first, last = dt.date(2026, 3, 31), dt.date(2026, 4, 1)
    going, gone = Broadcaster(), Broadcaster(ended_on="2026-03")
    assert not Service(broadcaster=going).has_ended(last)
    for service in (Service(broadcaster=going, ended_on="2026-03"), Service(broadcaster=gone)):
        assert (service.has_ended(first), service.has_ended(last)) == (False, True)


class TestToday:
    @pytest.mark.parametrize(
        ("zone", "now", "day"),
        [
            ("Pacific/Auckland", "2026-06-30T11:59:59+00:00", "2026-06-30"),
            ("Pacific/Auckland", "2026-06-30T12:00:00+00:00", "2026-07-01"),
            ("Pacific/Honolulu", "2026-07-01T09:59:59+00:00", "2026-06-30"),
            ("Pacific/Honolulu", "2026-07-01T10:00:00+00:00", "2026-07-01"),
            ("Pacific/Kiritimati", "2026-06-30T10:00:00+00:00", "2026-07-01"),
            ("Asia/Kathmandu", "2026-06-30T18:15:00+00:00", "2026-07-01"),
            ("Europe/Rome", "2026-03-28T23:30:00+00:00", "2026-03-29"),
            ("Europe/London", "2026-10-25T23:30:00+00:00", "2026-10-25"),
        ],
    )
    def test_it_is_the_day_of_the_countrys_calendars(self, zone: str, now: str, day: str) -> None:
        assert country(zone).today(dt.datetime.fromisoformat(now)) == dt.date.fromisoformat(day)

    @pytest.mark.django_db
    def test_every_bundled_country_has_a_zone(self, bundled_data: None) -> None:
        now = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
        for row in Country.objects.all():
            assert abs((row.today(now) - now.date()).days) <= 1, row.code


class TestNames:
    @pytest.mark.parametrize(
        ("code", "language", "name"),
        [
            ("DE", "en", "Germany"),
            ("DE", "fr", "Allemagne"),
            ("GB", "it", "Regno Unito"),
            ("XK", "en", "Kosovo"),
            ("ZZ", "en", "Unknown Region"),
            ("QQ", "en", "QQ"),
        ],
    )
    def test_a_country_has_a_name_in_a_language(self, code: str, language: str, name: str) -> None:
        assert country_name(code, language) == name

    @pytest.mark.django_db
    @pytest.mark.parametrize("language", ["en", "fr", "it", "es", "de"])
    def test_every_bundled_country_has_a_name_of_its_own(self, bundled_data: None, language: str) -> None:
        codes = Country.objects.values_list("code", flat=True)
        names = {country_name(code, language) for code in codes}
        assert len(names) == 250
        assert not names & set(codes)


@pytest.mark.django_db
@pytest.mark.usefixtures("empty_guide")
class TestRows:
    def test_a_code_is_validated_in_forms(self) -> None:
        Country(code="IT", name="Italy", time_zone="Europe/Rome", in_eu=True).full_clean()
        for code in ("UK", "EL", "it", "ITA"):
            with pytest.raises(ValidationError):
                Country(code=code, name="X", time_zone="Europe/Rome", in_eu=True).full_clean()

    def test_offers_are_asked_by_the_competitions_that_they_open(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        write(
            *a_league(),
            a_country(),
            a_country("FR"),
            a_competition(),
            a_competition("test-cup"),
            a_service("one"),
            a_service("two"),
            an_offer(key="both", services="one; two", competitions=f"{LEAGUE}; test-cup"),
            an_offer(key="none", competitions=""),
            an_offer(key="none-of-a-service", competitions="test-cup", requires="both"),
            an_offer(key="elsewhere", country="FR"),
        )
        with django_assert_num_queries(1):
            rows = [
                (offer.key, offer.competition, offer.service, offer.requires.key if offer.requires else None)
                for offer in Offer.objects.standing().in_countries(["IT"]).opening([LEAGUE, "test-cup"])
            ]
        assert sorted(rows, key=str) == [
            ("both", "test-cup", "one", None),
            ("both", "test-cup", "two", None),
            ("both", LEAGUE, "one", None),
            ("both", LEAGUE, "two", None),
            ("none-of-a-service", "test-cup", None, "both"),
        ]

    def test_rows_call_themselves_by_their_names(self) -> None:
        write(
            *a_league(),
            a_broadcaster(name="DAZN", aliases="Dazn"),
            a_service(name="DAZN 1"),
            an_offer(plan="Full", bundles="Netflix"),
            a_carriage(operator="holder"),
        )
        told = [str(model.objects.get()) for model in (Country, Broadcaster, Service, Offer, Carriage)]
        assert told == ["Country IT", "DAZN", "DAZN 1", "Full, IT", "DAZN: DAZN 1, IT"]
        offer = Offer.objects.get()
        assert [str(row) for row in (*offer.competitions.all(), *offer.bundles.all())] == [LEAGUE, "Netflix"]
        assert str(Broadcaster.objects.get().aliases.get()) == "Dazn"

    def test_a_group_is_only_a_way_to_type_countries(self) -> None:
        write(a_country("DE"), a_country("AT"))
        group = CountryGroup.objects.create(slug="de-at", name="Germany and Austria")
        group.countries.set(Country.objects.all())
        assert (str(group), group.countries.count()) == ("Germany and Austria", 2)
