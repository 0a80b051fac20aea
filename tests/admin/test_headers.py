"""The headers with which the admin, the pages and the API are served."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.admin.editing import Editor

ADDRESSES = ["/admin/login/", "/en/", "/api/v1/meta", "/healthz", "/en/nowhere/", "/api/v1/nothing"]
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_response_says_what_browsers_may_do_with_it(client: Client, address: str) -> None:
    headers = client.get(address).headers
    assert {part.strip() for part in headers["Content-Security-Policy"].split(";")} == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("address", ["/admin/", "/admin/rights/right/", "/admin/rights/right/add/", "/admin/logout/"])
def test_no_page_of_the_admin_is_kept_by_a_cache(editor: Editor, address: str) -> None:
    assert "no-store" in editor.client.get(address)["Cache-Control"]


@pytest.mark.django_db
def test_the_log_in_is_not_kept_either_and_its_cookie_is_for_no_script(client: Client) -> None:
    response = client.get("/admin/login/")
    assert "no-store" in response["Cache-Control"]
    cookie = response.cookies["csrftoken"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


@pytest.mark.django_db
def test_the_session_is_for_no_script_and_ends_with_the_working_day(client: Client) -> None:
    User.objects.create_user("mona", password="not a secret 1", is_staff=True)
    response = client.post("/admin/login/", {"username": "mona", "password": "not a secret 1"})
    cookie = response.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 36_000)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/en/", "/en/it/", "/api/v1/meta"])
def test_the_public_gets_no_cookie(client: Client, address: str) -> None:
    assert not client.get(address).cookies
