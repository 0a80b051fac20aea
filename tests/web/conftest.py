"""Fixtures of this folder."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.factories import NOW
from tests.stored import empty_guide
from tests.web.markup import Element, read

__all__ = ["empty_guide"]

Open = Callable[..., Element]


@pytest.fixture
def open_page(client: Client) -> Open:
    """Open an address at noon of 23 November 2026 (or at another moment) and read the page."""

    def open_page(address: str, *, status: int = 200, at: Any = NOW) -> Element:
        with time_machine.travel(at, tick=False):
            response = client.get(address)
        assert response.status_code == status, response.content[:500]
        return read(response)

    return open_page
