"""Whatever the API's document allows or forbids is asked, and every answer is one that the document foresees."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis import checks

from guide.api.schema import document
from guide.wsgi import application
from tests.thorough import IS_THOROUGH

# On PostgreSQL, which takes less than SQLite does.
pytestmark = [pytest.mark.postgres, pytest.mark.django_db, pytest.mark.usefixtures("bundled_data")]

EXAMPLES = int(os.environ.get("TEST_FUZZ_EXAMPLES", "10"))
"""For each operation. "make test-fuzz" asks for more."""
IS_LONG = IS_THOROUGH or "TEST_FUZZ_EXAMPLES" in os.environ
PHASES = tuple(Phase) if IS_LONG else (Phase.generate, Phase.shrink)
"""The explicit examples are one for each rule of the document, and many."""


@pytest.fixture(scope="module", autouse=True)
def _connection_stays_open() -> Iterator[None]:
    """A request through WSGI may close a connection of some age; here that would end the test's transaction too."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


schema = schemathesis.openapi.from_dict(document())
schema.app = application


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    phases=PHASES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much, HealthCheck.too_slow],
)
def test_every_answer_is_one_that_the_document_foresees(case: Any) -> None:
    case.call_and_validate(
        # A slug that nothing answers to is allowed by the document and refused by the data.
        excluded_checks=[checks.positive_data_acceptance],
    )
