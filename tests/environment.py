"""The environment of a test run, set before Django reads its settings. A pytest plugin; see addopts in pyproject.toml.

The tests run on the settings of production, with servers of their own. --db=postgres: PostgreSQL and Redis.
--db=sqlite: what "make run" uses, an SQLite file and the queue in a folder.
"""

import os
import secrets
import subprocess
import sys
from collections.abc import Generator
from urllib.parse import urlsplit

import pytest

from tests.servers import ROOT, Servers

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
SERVERS = pytest.StashKey[Servers]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--db",
        choices=["sqlite", "postgres"],
        default="sqlite",
        help="the database of the tests; postgres brings Redis along",
    )


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, None, None]:
    """Runs before pytest-django reads the settings. Under xdist, the workers inherit what the first process has set."""
    if WORKER:
        one_each()
    else:
        early_config.stash[SERVERS] = prepare(early_config.known_args_namespace.db)
        early_config.add_cleanup(early_config.stash[SERVERS].stop)
    return (yield)


def prepare(database: str) -> Servers:
    given = {"postgres": os.environ.get("TEST_DATABASE_URL", ""), "redis": os.environ.get("TEST_REDIS_URL", "")}
    wanted = ["postgres", "redis"] if database == "postgres" else []
    servers = Servers(*(name for name in wanted if not given[name]))
    addresses = {name: given[name] or servers.addresses[name] for name in wanted}
    # What is the test's own and no setting stays: GUIDE_TEST_CHROMIUM.
    for name in [name for name in os.environ if name.startswith("GUIDE_") and not name.startswith("GUIDE_TEST_")]:
        del os.environ[name]
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "guide.settings",
        "DATABASE_URL": addresses.get("postgres", ""),
        "REDIS_URL": addresses.get("redis", ""),
        "GUIDE_ENV_FILE": "",
        "GUIDE_VAR_DIR": str(servers.folder / "var"),
        "GUIDE_STATIC_ROOT": str(servers.folder / "static"),
        "GUIDE_SECRET_KEY": secrets.token_urlsafe(64),
        "GUIDE_ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
        # The test client speaks http.
        "GUIDE_HTTPS": "false",
        "GUIDE_FEEDS_REFRESH": "false",
    }
    # Static files are looked up in a manifest, as in production.
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"], cwd=ROOT, check=True)
    return servers


def one_each() -> None:
    """Of what is not in the database, which pytest-django parts already, each worker of xdist has its own."""
    os.environ["GUIDE_VAR_DIR"] += f"-{WORKER}"
    if url := os.environ["REDIS_URL"]:
        number = int(urlsplit(url).path.strip("/") or 0) + 1 + int(WORKER.removeprefix("gw"))
        os.environ["REDIS_URL"] = urlsplit(url)._replace(path=f"/{number}").geturl()
