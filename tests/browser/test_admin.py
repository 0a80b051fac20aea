"""The admin in a real browser under the site's content policy: whatever it would load or run elsewhere is a fault."""

from typing import Any

import pytest

from tests.browser.conftest import EDITOR, PASSWORD
from tests.browser.watching import Watch

pytestmark = pytest.mark.browser

LISTS = (
    "rights/right",
    "rights/listing",
    "competitions/event",
    "feeds/guidechannel",
    "feeds/proposal",
    "feeds/rejection",
)


@pytest.fixture
def admin(page: Any) -> Any:
    """A page of an editor's who has logged in."""
    page.goto("/admin/")
    page.locator("#id_username").fill(EDITOR)
    page.locator("#id_password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("#user-tools").wait_for()
    return page


def near(label: str) -> str:
    """The row of a form whose label says so. By XPath: a form with a field called “matches” hides what CSS needs."""
    return f"xpath=//div[contains(@class, 'form-row')][.//label[starts-with(normalize-space(), '{label}')]]"


@pytest.mark.parametrize("rows", LISTS)
def test_lists_and_forms_open(admin: Any, watch: Watch, pictures: Any, rows: str) -> None:
    assert admin.goto(f"/admin/{rows}/").status == 200
    name = rows.partition("/")[2]
    admin.screenshot(path=pictures / f"admin-{name}.png", full_page=True)
    row = admin.locator("#result_list tbody th a").first
    if row.count():
        row.click()
        admin.wait_for_url("**/change/**")
        change = admin.url.partition("?")[0]
        admin.screenshot(path=pictures / f"admin-{name}-form.png", full_page=True)
        history = change.removesuffix("change/") + "history/"
        assert admin.goto(history).status == 200
        assert admin.url == history
    assert not watch.faults


def test_the_widgets_of_the_forms_work(admin: Any, watch: Watch) -> None:
    page = admin
    page.goto("/admin/rights/right/add/")
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

    page.goto("/admin/broadcasters/broadcaster/add/")
    page.locator("#id_name").press_sequentially("New TV")
    assert page.locator("#id_slug").input_value() == "new-tv"
    assert not watch.faults
