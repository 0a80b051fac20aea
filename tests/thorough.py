"""How much of a sweep or a search a run takes on: “make test-long” sets TEST_THOROUGH and takes all of it."""

import os

IS_THOROUGH = os.environ.get("TEST_THOROUGH", "") == "1"


def examples(count: int) -> int:
    """Of the examples that Hypothesis is to look for, a quarter where time matters."""
    return count if IS_THOROUGH else max(10, count // 4)
