"""What the pages ask the database, however much stands in it."""

from collections import Counter

import pytest
from django.test import Client

from tests.copies import ten_times
from tests.queries import tables_asked

pytestmark = [pytest.mark.long, pytest.mark.once, pytest.mark.django_db, pytest.mark.usefixtures("bundled_data")]

PAGES = [
    "/en/it/serie-a/",
    "/fr/fr/ligue-1/",
    "/en/it/",
    "/en/formula-1/",
    "/en/it/broadcaster/sky-it/",
    "/it/it/closures/calcio-2025/",
    "/en/it/today/",
    "/en/it/week/",
    "/en/it/free/",
    "/en/",
]


def test_ten_times_the_data_cost_the_same_queries(client: Client) -> None:
    def asked() -> dict[str, Counter[str]]:
        return {page: Counter(tables_asked(lambda page=page: client.get(page))) for page in PAGES}  # type: ignore[misc]

    asked()  # the search index is built by whoever asks first
    once = asked()
    ten_times()
    client.get("/en/search/?q=dazn")
    assert asked() == once
