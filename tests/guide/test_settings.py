"""The settings as a process that starts finds them: each case reads them in a fresh interpreter."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import ROOT

SECRET = "s3cret-" * 10


def start(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Print some settings as JSON, under nothing but these variables."""
    names = [
        "DEBUG",
        "SECRET_KEY",
        "SITE_NAME",
        "ALLOWED_HOSTS",
        "SECURE_SSL_REDIRECT",
        "SESSION_COOKIE_SECURE",
        "SECURE_HSTS_SECONDS",
        "DATABASES",
        "CACHES",
    ]
    code = (
        "import json; from django.conf import settings; "
        f"print(json.dumps({{name: getattr(settings, name) for name in {names}}}, default=str))"
    )
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "guide.settings",
        "GUIDE_ENV_FILE": "",
        "GUIDE_VAR_DIR": str(folder),
    }
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment | variables, capture_output=True, text=True, check=False
    )


def test_outside_debug_nothing_starts_without_a_secret(tmp_path: Path) -> None:
    process = start(tmp_path)
    assert process.returncode
    assert "ImproperlyConfigured: GUIDE_SECRET_KEY must be set" in process.stderr.splitlines()[-1]


def test_production_is_what_happens_where_nothing_is_said(tmp_path: Path) -> None:
    found = json.loads(start(tmp_path, GUIDE_SECRET_KEY=SECRET).stdout)
    assert found["DEBUG"] is False
    assert found["SITE_NAME"] == "Shown"
    assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert found["SECURE_SSL_REDIRECT"] is found["SESSION_COOKIE_SECURE"] is True
    assert found["SECURE_HSTS_SECONDS"] == 3600
    assert found["DATABASES"]["default"]["NAME"] == str(tmp_path / "data" / "guide.sqlite3")
    assert found["DATABASES"]["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_debug_has_a_key_and_speaks_http(tmp_path: Path) -> None:
    found = json.loads(start(tmp_path, GUIDE_DEBUG="true").stdout)
    assert found["DEBUG"] is True
    assert "insecure" in found["SECRET_KEY"]
    assert found["SECURE_SSL_REDIRECT"] is False


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GUIDE_DEBUG", "maybe"),
        ("GUIDE_SECRET_KEY", "short"),
        ("GUIDE_HTTPS", "sometimes"),
        ("GUIDE_HSTS_SECONDS", "-1"),
        ("GUIDE_HSTS_SECONDS", "a year"),
        ("GUIDE_HSTS_INCLUDE_SUBDOMAINS", "some"),
        ("GUIDE_HSTS_PRELOAD", "?"),
        ("GUIDE_BEHIND_TLS_PROXY", "nginx"),
        ("GUIDE_PROXIES", "-1"),
        ("GUIDE_WORKER_CONCURRENCY", "0"),
        ("GUIDE_LOG_LEVEL", "loud"),
        ("DATABASE_URL", "mysql://localhost/guide"),
        ("DATABASE_URL", "guide.sqlite3"),
        ("REDIS_URL", "localhost:6379"),
    ],
)
def test_a_wrong_value_stops_the_start_by_name(tmp_path: Path, name: str, value: str) -> None:
    process = start(tmp_path, **{"GUIDE_SECRET_KEY": SECRET} | {name: value})
    assert process.returncode
    assert name in process.stderr.splitlines()[-1]


def test_a_secret_may_come_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(SECRET)
    assert json.loads(start(tmp_path, GUIDE_SECRET_KEY_FILE=str(file)).stdout)["SECRET_KEY"] == SECRET


def test_the_key_of_make_run_serves_manage_py_beside_it(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text(SECRET + "\n")
    assert json.loads(start(tmp_path).stdout)["SECRET_KEY"] == SECRET


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("GUIDE_SITE_NAME=Of the file\nGUIDE_LOG_LEVEL=ERROR\n")
    variables = {"GUIDE_SECRET_KEY": SECRET, "GUIDE_ENV_FILE": str(file)}
    assert json.loads(start(tmp_path, **variables).stdout)["SITE_NAME"] == "Of the file"
    assert json.loads(start(tmp_path, **variables, GUIDE_SITE_NAME="Ours").stdout)["SITE_NAME"] == "Ours"


def test_postgresql_keeps_and_checks_its_connections(tmp_path: Path) -> None:
    found = json.loads(start(tmp_path, GUIDE_SECRET_KEY=SECRET, DATABASE_URL="postgres://me@db/guide").stdout)
    database = found["DATABASES"]["default"]
    assert (database["ENGINE"], database["HOST"], database["NAME"]) == ("django.db.backends.postgresql", "db", "guide")
    assert (database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"]) == (60, True)


def test_with_database_and_redis_elsewhere_nothing_is_written_here(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    found = json.loads(
        start(
            folder, GUIDE_SECRET_KEY=SECRET, DATABASE_URL="postgres://me@db/guide", REDIS_URL="rediss://cache:6379/1"
        ).stdout
    )
    assert found["CACHES"]["default"]["LOCATION"] == "rediss://cache:6379/1"
    assert not folder.exists()


def test_the_example_names_every_variable_and_no_other() -> None:
    read = re.findall(
        r'env\.\w+\(\s*"([A-Z_]+)"',
        (ROOT / "guide" / "settings.py").read_text() + (ROOT / "guide" / "env.py").read_text(),
    )
    shown = re.findall(r"^# ([A-Z_]+)=", (ROOT / ".env.example").read_text(), flags=re.MULTILINE)
    assert sorted(shown) == sorted({*read, "PORT", "GUIDE_ENV_FILE"})
