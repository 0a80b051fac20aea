"""One server and one Chromium for all tests of this folder, which "make test-browser" runs."""

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test.utils import setup_databases, teardown_databases
from pytest_django import DjangoDbBlocker

from guide import bundled
from tests.browser.watching import AXE, Watch
from tests.factories import write
from tests.processes import WebServer
from tests.servers import ROOT
from tests.web.pages import made_up

# Elsewhere than in "make test-browser" nothing here is run, and what it imports need not be installed.
collect_ignore_glob = [] if find_spec("playwright") else ["test_*.py"]

PICTURES = ROOT / "var" / "screenshots"
EDITOR, PASSWORD = "mona", "not a secret 1"
ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def site(
    django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a server on a database with the bundled data, the made-up rows and an editor."""
    log = tmp_path_factory.mktemp("site") / "web.log"
    with django_db_blocker.unblock():
        # Not by the mark django_db: it would hold a transaction open round each test, and no server could write.
        databases = setup_databases(verbosity=0, interactive=False)
        bundled.load()
        write(*made_up())
        os.environ["DJANGO_SUPERUSER_PASSWORD"] = PASSWORD
        call_command("createsuperuser", "--no-input", username=EDITOR, email="mona@guide.example", verbosity=0)
        with WebServer("tests.browser.application:application", log=log) as server:
            yield server.address
        teardown_databases(databases, verbosity=0)


@pytest.fixture(scope="session")
def chromium(site: str) -> Iterator[Any]:
    """A browser. It comes after the server, since Django lets nobody near its database while a browser is driven."""
    from playwright.sync_api import sync_playwright

    program = os.environ.get("GUIDE_TEST_CHROMIUM") or shutil.which("chromium")
    if program is None:
        pytest.fail(
            "There is no Chromium here. Install one (on Debian and Ubuntu: apt-get install chromium) or say where it "
            "is: GUIDE_TEST_CHROMIUM=/path/to/chrome make test-browser",
            pytrace=False,
        )
    if not AXE.exists():
        pytest.fail(f"{AXE} is not there. “make html-tools” fetches it from npm's registry.", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def context(site: str, chromium: Any) -> Any:
    """Where the pages of all tests are opened; a new context costs more than a new page."""
    # Without motion: else a colour may be measured while it fades into another.
    return chromium.new_context(base_url=site, reduced_motion="reduce")


@pytest.fixture
def page(context: Any) -> Iterator[Any]:
    page = context.new_page()
    yield page
    page.close()
    context.clear_cookies()


@pytest.fixture(scope="session")
def context_without_script(site: str, chromium: Any) -> Any:
    return chromium.new_context(base_url=site, java_script_enabled=False)


@pytest.fixture
def page_without_script(context_without_script: Any) -> Iterator[Any]:
    page = context_without_script.new_page()
    yield page
    page.close()


@pytest.fixture
def watch(page: Any, site: str) -> Watch:
    """What goes wrong in the page while a test uses it."""
    return Watch(page, site)


@pytest.fixture(scope="session")
def pictures() -> Path:
    """Where the screenshots go. Several processes of one run put theirs in."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    return PICTURES
