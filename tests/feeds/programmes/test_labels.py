"""The matcher held against a table labelled by hand, of real guides."""

from pathlib import Path

import pytest

from benchmarks.matcher import LEAST_PRECISION, LEAST_RECALL, judged, load, report


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.usefixtures("bundled_data")
def test_programmes_are_matched_as_a_careful_reader_would(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load(shared / "samples")
    found = judged(shared / "samples")
    assert len(found) == 427
    precision, recall = report(found)
    told = capsys.readouterr().out
    assert precision >= LEAST_PRECISION, told
    assert recall >= LEAST_RECALL, told
