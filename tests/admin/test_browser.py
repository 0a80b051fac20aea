"""The admin in a real browser under the site's content policy: whatever it would load or run elsewhere is an error."""

import shutil
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from guide.rights.models import Right

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = pytest.mark.browser


def near(label: str) -> str:
    """The row of a form whose label says so. By XPath: a form with a field called “matches” hides what CSS needs."""
    return f"xpath=//div[contains(@class, 'form-row')][.//label[starts-with(normalize-space(), '{label}')]]"


@pytest.mark.usefixtures("transactional_db", "bundled_data")
def test_lists_forms_and_their_widgets_work_and_break_no_rule(live_server: LiveServer, settings: Settings) -> None:
    # The live server serves static files itself, under their plain names.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    client = Client()
    client.force_login(User.objects.create_superuser("root"), backend="django.contrib.auth.backends.ModelBackend")
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    right = f"/admin/rights/right/{Right.objects.get(key='serie-a--dazn-it--2024').pk}/"
    said: list[str] = []

    def hear(message: Any) -> None:
        if message.type == "error" and "favicon" not in str(message.location):
            said.append(message.text)

    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context()
        context.add_cookies([session])
        page = context.new_page()
        page.on("console", hear)
        page.on("pageerror", lambda error: said.append(str(error)))

        for path in ("/admin/", "/admin/rights/right/", f"{right}change/", f"{right}history/", f"{right}delete/"):
            page.goto(live_server.url + path)

        page.goto(f"{live_server.url}/admin/rights/right/add/")
        page.locator(f"{near('Competition')}//span[@role='combobox']").click()
        page.keyboard.type("serie a")
        page.locator("xpath=//li[contains(@class, 'select2-results__option')][.='Serie A']").click()
        assert "Serie A" in page.locator(f"{near('Competition')}//span[@role='combobox']").inner_text()

        page.locator(f"{near('Countries')}//span[@role='combobox']").click()
        page.keyboard.type("ital")
        page.locator("xpath=//li[contains(@class, 'select2-results__option')][.='Italy']").click()

        page.locator("xpath=//input[@id='id_first_day']/following-sibling::span//a[1]").click()
        assert page.locator("xpath=//input[@id='id_first_day']").input_value()
        page.locator("xpath=//input[@id='id_last_day']/following-sibling::span//a[2]").click()
        page.locator("xpath=//div[@id='calendarbox1']//td/a[.='15']").click()
        assert page.locator("xpath=//input[@id='id_last_day']").input_value().endswith("-15")

        page.locator("xpath=//a[.='Add another Evidence']").click()
        assert page.locator("xpath=//input[@id='id_evidence-0-url']").is_visible()

        page.goto(f"{live_server.url}/admin/broadcasters/broadcaster/add/")
        page.locator("#id_name").press_sequentially("New TV")
        assert page.locator("#id_slug").input_value() == "new-tv"
        browser.close()
    assert said == []
