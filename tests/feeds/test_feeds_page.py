"""docs/feeds.md tells every verdict, every reason, every code and every feed that comes with the guide."""

import re

import pytest

from guide.feeds import defaults
from guide.feeds.adapters.base import Code, Fault
from guide.feeds.fetching.errors import Reason
from guide.feeds.guards import Held
from guide.feeds.models import Verdict
from tests.servers import ROOT

PAGE = (ROOT / "docs" / "feeds.md").read_text(encoding="utf-8")
TOLD = set(re.findall(r"^\| `([a-z_]+)` \|", PAGE, re.MULTILINE))
SOURCES = [path for path in (ROOT / "guide" / "feeds").glob("*.py") if path.name != "proposals.py"]
WRITTEN = {
    found
    for path in SOURCES
    for found in re.findall(
        r'(?:_fail\(run, |_unchanged\(run, \w+, |NotObtainedError\(|reason=)"([a-z_]+)"',
        path.read_text(encoding="utf-8"),
    )
}
"""Reasons that stand in the code as text and in no enumeration."""


@pytest.mark.parametrize(
    "codes", [Verdict, Held, Fault, Reason, Code], ids=lambda codes: f"{codes.__module__}.{codes.__name__}"
)
def test_every_code_is_told(codes: type[Verdict | Held | Fault | Reason | Code]) -> None:
    assert {code.value for code in codes} <= TOLD


def test_every_reason_that_stands_in_the_code_is_told() -> None:
    assert {"not_modified", "same_document", "abandoned", "error", "bad_table", "unreadable"} <= WRITTEN
    assert WRITTEN <= TOLD


def test_nothing_is_told_that_does_not_exist() -> None:
    codes = {code.value for kind in (Verdict, Held, Fault, Reason, Code) for code in kind}
    assert TOLD - codes - WRITTEN == {"bundled"}


def test_every_feed_that_comes_with_the_guide_stands_in_the_page_with_its_licence() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| `")]
    for record in defaults.read():
        (row,) = (row for row in rows if f"`{record.slug}`" in row)
        _, _, licence, state, _ = row.split("|")
        assert licence.strip() == record.licence
        assert state.strip().startswith("on" if record.is_on else "off:")
