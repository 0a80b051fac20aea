"""Logging in: wrong passwords are counted for a name from an address, and nobody else pays for them."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from guide.visitors import address_of

PASSWORD = "a horse, a staple, a battery"
LOG_IN = "/admin/login/?next=/admin/"


@pytest.fixture(autouse=True)
def editors(db: None, settings: Settings) -> None:
    # What is slow by intention, fast: this is about counting.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    for name in ("mona", "noor"):
        User.objects.create_user(name, password=PASSWORD, is_staff=True)


def log_in(name: str, password: str, **headers: Any) -> Any:
    return Client().post(LOG_IN, {"username": name, "password": password}, **headers)


def fail(name: str = "mona", times: int = 5, **headers: Any) -> Any:
    for _time in range(times):
        response = log_in(name, "wrong", **headers)
    return response


def test_the_fifth_wrong_password_locks_the_name_out(db: None) -> None:
    assert fail(times=4).status_code == 200
    response = log_in("mona", "wrong", HTTP_ACCEPT_LANGUAGE="en")
    assert response.status_code == 429
    assert 880 <= int(response["Retry-After"]) <= 900
    assert "no-store" in response["Cache-Control"]
    assert "Please wait 15 minutes and try again." in response.content.decode()
    assert "mona" not in response.content.decode()
    assert log_in("mona", PASSWORD).status_code == 429


@pytest.mark.parametrize("language", ["fr", "it", "es", "de"])
def test_the_page_is_in_the_language_of_the_browser(language: str) -> None:
    response = fail(HTTP_ACCEPT_LANGUAGE=language)
    assert response["Content-Language"] == language
    assert f'<html lang="{language}"' in response.content.decode()


def test_four_slips_are_forgiven(db: None) -> None:
    fail(times=4)
    assert log_in("mona", PASSWORD).status_code == 302
    assert fail(times=4).status_code == 200


def test_another_name_from_the_same_address_still_works() -> None:
    fail("mona")
    assert log_in("noor", PASSWORD).status_code == 302


def test_the_same_name_from_another_address_still_works() -> None:
    fail("mona", REMOTE_ADDR="198.51.100.7")
    assert log_in("mona", PASSWORD, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_another_browser_begins_no_new_count() -> None:
    for number in range(5):
        response = log_in("mona", "wrong", HTTP_USER_AGENT=f"Browser {number}")
    assert response.status_code == 429


def test_after_a_quarter_of_an_hour_the_right_password_works_again() -> None:
    with time_machine.travel("2026-11-23T12:00Z", tick=False) as clock:
        fail()
        clock.shift(dt.timedelta(minutes=14))
        # Trying on does not make it longer.
        assert log_in("mona", PASSWORD).status_code == 429
        clock.shift(dt.timedelta(minutes=2))
        assert log_in("mona", PASSWORD).status_code == 302


def test_a_name_that_nobody_has_is_counted_and_answered_alike() -> None:
    assert fail("nobody").status_code == 429


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "", "192.0.2.1"),
        (0, "203.0.113.9", "192.0.2.1"),  # anybody can send the header
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.9.9.9, 203.0.113.9", "203.0.113.9"),  # the first is what the visitor wrote
        (2, "10.9.9.9, 203.0.113.9, 198.51.100.2", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),  # has passed one proxy only
        (1, "", "192.0.2.1"),
        (1, "unknown", "192.0.2.1"),
        (1, "203.0.113.9:4711", "203.0.113.9"),
        (1, "[2001:db8:1:2:3:4:5:6]:4711", "2001:db8:1:2::"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),  # one network is one visitor
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
    ],
)
def test_the_address_of_a_visitor(settings: Settings, proxies: int, forwarded: str, address: str) -> None:
    settings.PROXIES = proxies
    request = RequestFactory().get("/", headers={"x-forwarded-for": forwarded}, REMOTE_ADDR="192.0.2.1")
    assert address_of(request) == address


def test_behind_a_proxy_visitors_are_counted_each_by_itself(settings: Settings) -> None:
    settings.PROXIES = 1
    fail(HTTP_X_FORWARDED_FOR="198.51.100.7", REMOTE_ADDR="10.0.0.1")
    assert log_in("mona", PASSWORD, HTTP_X_FORWARDED_FOR="203.0.113.9", REMOTE_ADDR="10.0.0.1").status_code == 302


def test_without_a_proxy_nobody_gets_round_the_count_with_a_header() -> None:
    for number in range(5):
        response = log_in("mona", "wrong", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
    assert response.status_code == 429


def test_a_session_lasts_for_a_working_day(client: Client) -> None:
    with time_machine.travel("2026-11-23T08:00Z", tick=False) as clock:
        client.post(LOG_IN, {"username": "mona", "password": PASSWORD})
        clock.shift(dt.timedelta(hours=9))
        assert client.get("/admin/").status_code == 200
        clock.shift(dt.timedelta(hours=2))
        assert client.get("/admin/").status_code == 302
