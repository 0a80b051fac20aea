"""The eyes of these tests: what they must see is put before them."""

from typing import Any

import pytest

from tests.browser.watching import Watch, faults_at

pytestmark = pytest.mark.browser


def test_what_is_wrong_with_a_page_is_seen(page: Any, watch: Watch) -> None:
    page.goto("/en/")
    page.evaluate("""() => {
        document.querySelector("h1").innerHTML = '<span tabindex="0">x</span>';
        document.querySelector("h1 span").style.fontSize = "10px";
        document.querySelector("main").insertAdjacentHTML("beforeend", '<img src="https://elsewhere.example/pixel">');
        document.querySelector("main").style.inlineSize = "200vw";
        document.querySelector("select").removeAttribute("id");
    }""")
    seen = " ".join(faults_at(page, 320, "light"))
    for fault in ("wider than the window", "small target", "axe: image-alt", "axe: select-name"):
        assert fault in seen
    assert any("asks another host: https://elsewhere.example/pixel" in fault for fault in watch.faults)
    assert any("Content Security Policy" in fault for fault in watch.faults)


def test_an_error_of_a_script_is_seen(page: Any, watch: Watch) -> None:
    page.goto("/en/")
    page.evaluate("() => { setTimeout(() => { throw new Error('a slip'); }) }")
    page.wait_for_timeout(50)
    assert watch.faults == ["script: a slip"]
