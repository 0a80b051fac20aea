"""Fixtures of this folder."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

Get = Callable[..., Any]


@pytest.fixture
def get(client: Client) -> Get:
    """Ask an address below /api/v1/ and read the JSON of the answer, which has the status that is expected."""

    def get(address: str, *, status: int = 200, **parameters: Any) -> Any:
        response = client.get(f"/api/v1/{address}", parameters)
        assert response.status_code == status, response.content[:1000]
        expected = "application/json" if status == 200 else "application/problem+json"
        assert response["Content-Type"] == expected
        return response.json()

    return get
