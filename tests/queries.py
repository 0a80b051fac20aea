"""What something asks the database."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext


def tables_asked(ask: Callable[[], Any]) -> list[str]:
    """For each query, in their order, the table that it reads first (``broadcasters_country``).

    The revision is left out: it is looked at once a second, whatever is asked.
    """
    # Django asks SQLite once a process; that is nobody's query.
    assert connection.features.supports_json_field
    with CaptureQueriesContext(connection) as queries:
        ask()
    return _tables(queries)


@contextmanager
def asking(number: int) -> Iterator[None]:
    """The block asks so many queries, the look at the revision left out."""
    assert connection.features.supports_json_field
    with CaptureQueriesContext(connection) as queries:
        yield
    tables = _tables(queries)
    assert len(tables) == number, "\n".join(tables)


FROM = re.compile(r'\bFROM "(\w+)"')


def _without_brackets(sql: str) -> str:
    while (shorter := re.sub(r"\([^()]*\)", "", sql)) != sql:
        sql = shorter
    return sql


def _tables(queries: CaptureQueriesContext) -> list[str]:
    tables = []
    for query in queries:
        found = FROM.search(_without_brackets(query["sql"])) or FROM.search(query["sql"])
        assert found, query["sql"]
        tables.append(found[1])
    return [table for table in tables if table != "publication_revision"]
