"""Every kind of page in a real browser: every width, light and dark, on paper, and without script."""

from pathlib import Path
from typing import Any

import pytest

from tests.browser.watching import OUTERMOST, WIDTHS, Watch, faults_at
from tests.web.pages import PAGES, Sample

pytestmark = pytest.mark.browser

every_page = pytest.mark.parametrize("sample", PAGES, ids=lambda sample: sample.name)

ANSWER = "h1, .sentence, table caption, tbody th"


@every_page
def test_a_page_is_usable_at_every_width(page: Any, watch: Watch, pictures: Path, sample: Sample) -> None:
    assert page.goto(sample.address).status == sample.status
    faults: list[str] = []
    for scheme, widths in (("light", WIDTHS), ("dark", OUTERMOST)):
        for width in widths:
            faults += faults_at(page, width, scheme)
            page.screenshot(path=pictures / f"{sample.name}-{scheme}-{width}.png", full_page=True)
    faults += watch.faults
    assert not faults, "\n".join(faults)


@every_page
def test_a_page_on_paper_keeps_answer_and_table(page: Any, pictures: Path, sample: Sample) -> None:
    page.goto(sample.address)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 720, "height": 1000})
    assert all(element.is_visible() for element in page.locator(ANSWER).all())
    assert not any(element.is_visible() for element in page.locator("form, .masthead nav").all())
    page.screenshot(path=pictures / f"{sample.name}-print.png", full_page=True)


@every_page
def test_a_page_without_script_says_the_same(page: Any, page_without_script: Any, watch: Watch, sample: Sample) -> None:
    said = []
    for one in (page, page_without_script):
        one.goto(sample.address)
        assert all(element.is_visible() for element in one.locator(ANSWER).all())
        said.append(one.locator(ANSWER).all_inner_texts())
    assert said[0] == said[1] != []
    assert not watch.faults


def test_the_reference_lists_every_operation_under_our_own_policy(page: Any, watch: Watch, pictures: Path) -> None:
    paths = page.request.get("/api/v1/openapi.json").json()["paths"]
    assert page.goto("/developers/reference/").status == 200
    page.locator(".opblock").first.wait_for()
    operations = sum(method in ("get", "post") for path in paths.values() for method in path)
    assert page.locator(".opblock").count() == operations
    page.screenshot(path=pictures / "reference.png")
    assert not watch.faults
