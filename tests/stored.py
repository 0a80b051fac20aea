"""What stands in the tables of the guide: all of it as plain values, and none of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction

from guide.publication import revision

APPS = ("publication", "competitions", "broadcasters", "rights", "closures")


def tables() -> list[type[models.Model]]:
    return [model for app in APPS for model in apps.get_app_config(app).get_models(include_auto_created=True)]


def dump() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, column by column; equal dumps mean that nothing whatever has changed."""
    dumped = {}
    with connection.cursor() as cursor:
        for model in tables():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 (own names)
            dumped[model._meta.db_table] = sorted(cursor.fetchall(), key=repr)
    return dumped


def clear() -> None:
    """Empty all tables at once, without asking which row holds on to which."""
    with transaction.atomic(), _nothing_looked_up():
        for model in tables():
            rows = model._base_manager.all()
            rows._raw_delete(rows.db)


@contextmanager
def _nothing_looked_up() -> Iterator[None]:
    """On a PostgreSQL of which we are the superuser, no row is looked for that might hold on to a deleted one: of all
    tables, that takes longer than most tests.
    """
    with connection.cursor() as cursor:
        may_leave_it = False
        if connection.vendor == "postgresql":
            cursor.execute("SELECT current_setting('is_superuser') = 'on'")
            (may_leave_it,) = cursor.fetchone()
        if may_leave_it:
            cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        if may_leave_it:
            cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.fixture
def empty_guide(db: None) -> None:
    """For tests that begin with nothing on record."""
    clear()
    revision.forget()
