"""Fixtures for every test."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from pytest_django import DjangoDbBlocker

from guide import bundled
from guide.env import var_dir
from guide.publication import revision
from guide.rights.models import Right
from guide.search import index
from tests.processes import CeleryWorker
from tests.servers import ROOT
from tests.stored import empty_guide  # noqa: F401 (a fixture for every test)


def pytest_configure() -> None:
    # Each client of a test starts the middleware anew: without this, each would look through all static files.
    settings.WHITENOISE_AUTOREFRESH = True


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--db") == "postgres":
        return
    for item in items:
        for marker, reason in (("postgres", "needs PostgreSQL"), ("once", "is tested with PostgreSQL")):
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=f"{reason}: --db=postgres"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """On SQLite the tests use a file: in memory there is no write-ahead log, and no second process can look in."""
    database: dict[str, Any] = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database.setdefault("TEST", {})["NAME"] = var_dir("data") / "test.sqlite3"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The bundled data stand in the database, loaded once; what a test writes is rolled back after it."""
    with django_db_blocker.unblock():
        bundled.load()


@pytest.fixture
def bundled_data(db: None) -> None:
    """For tests that read the bundled data: a test with real transactions, run before, has emptied the tables."""
    if not Right.objects.exists():
        bundled.load()


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """No test sees what another has cached. The cache of a test run is its own, so it may be emptied whole."""
    cache.clear()
    revision.forget()
    index.forget()


@pytest.fixture
def celery_worker(transactional_db: None, tmp_path: Path) -> Any:
    """A real worker, a process of its own, on the queue of this test run and on the test's database."""
    with CeleryWorker(log=tmp_path / "worker.log") as worker:
        yield worker


@pytest.fixture(scope="session")
def shared() -> Path:
    """The material that is handed over beside the checkout."""
    path = ROOT.parent / "shared"
    if not path.is_dir():
        pytest.skip("needs ../shared, which is not here")
    return path
