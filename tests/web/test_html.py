"""The markup of every kind of page, by html-validate: one Node process for all of them."""

import subprocess
import sys
from pathlib import Path

import pytest
import time_machine
from django.template.loader import render_to_string
from django.test import Client

from tests.factories import NOW, write
from tests.servers import ROOT
from tests.web.pages import PAGES, made_up

pytestmark = pytest.mark.once

HTML = ROOT / "tests" / "html"
NODE = Path(sys.executable).with_name("node")
VALIDATOR = HTML / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"


def faults(folder: Path) -> list[str]:
    """What is wrong with the pages in a folder, as ``page.html:line:column: error [rule] message``."""
    for needed in (NODE, VALIDATOR):
        if not needed.exists():
            pytest.fail(
                f"{needed} is not there, so no page can be validated. “make html-tools” fetches it from npm's "
                "registry; where that is out of reach, name another: .venv/bin/npm config set registry ADDRESS",
                pytrace=False,
            )
    ran = subprocess.run(
        [NODE, VALIDATOR, "--config", HTML / "htmlvalidate.mjs", "--formatter", "text", "--max-warnings", "0", folder],
        capture_output=True,
        text=True,
        check=False,
    )
    # 0: nothing wrong, 1: something wrong; all else is a validator that could not work.
    assert ran.returncode in (0, 1), ran.stderr
    assert not ran.stderr, ran.stderr
    return [line.removeprefix(f"{folder}/") for line in ran.stdout.splitlines()]


@pytest.mark.django_db
@pytest.mark.usefixtures("bundled_data")
def test_every_kind_of_page_is_valid(client: Client, tmp_path: Path) -> None:
    write(*made_up())
    pages: dict[str, str] = {"server-error": render_to_string("500.html")}
    for sample in PAGES:
        with time_machine.travel(NOW, tick=False):
            response = client.get(sample.address)
        assert response.status_code == sample.status, sample
        pages[sample.name] = response.content.decode()
    for name, markup in pages.items():
        (tmp_path / f"{name}.html").write_text(markup)
    assert not faults(tmp_path)


def test_a_fault_is_told_by_page_line_and_rule(tmp_path: Path) -> None:
    markup = render_to_string("500.html").replace("<h1>", '\n<h1 id="a b">')
    (tmp_path / "page.html").write_text(markup)
    (line,) = (number for number, text in enumerate(markup.splitlines(), start=1) if text.startswith("<h1"))
    told = faults(tmp_path)
    assert any(fault.startswith(f"page.html:{line}:") and "[valid-id]" in fault for fault in told), told


def test_each_page_has_a_name_of_its_own() -> None:
    names = [sample.name for sample in PAGES]
    assert len(names) == len(set(names))
