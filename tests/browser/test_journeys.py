"""What people do on the site, by keyboard and without a mouse."""

from typing import Any

import pytest

from tests.browser.watching import Watch

pytestmark = pytest.mark.browser


def tab_to(page: Any, selector: str) -> None:
    """Press Tab until the focus is there, as someone does who has no mouse."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Nobody comes to {selector} by keyboard.")


def search_by_keyboard(page: Any) -> None:
    page.goto("/en/")
    tab_to(page, "[role=search] [name=competition], [role=search] [name=q]")
    page.keyboard.type("Serie A", delay=20)
    tab_to(page, "[role=search] [name=country]")
    page.keyboard.type("Italy", delay=20)
    tab_to(page, "[role=search] button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/it/serie-a/")
    assert "shown live by" in page.locator(".sentence").inner_text()


def test_the_search_leads_to_the_answer_by_keyboard(page: Any, watch: Watch) -> None:
    search_by_keyboard(page)
    assert not watch.faults


def test_the_search_needs_no_script(page_without_script: Any) -> None:
    search_by_keyboard(page_without_script)


def test_the_skip_link_passes_the_masthead(page: Any) -> None:
    page.goto("/en/it/serie-a/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the answer"
    page.keyboard.press("Enter")
    assert page.locator(":focus").get_attribute("id") == "main"


@pytest.mark.parametrize("width", [390, 1280])
def test_evidence_opens_by_keyboard_within_the_window(page: Any, watch: Watch, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/en/it/serie-a/")
    panel = page.locator(".evidence .panel").first
    assert not panel.is_visible()
    tab_to(page, ".evidence summary")
    page.keyboard.press("Enter")
    assert panel.is_visible()
    box = panel.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    tab_to(page, ".evidence .panel a")
    assert not watch.faults
