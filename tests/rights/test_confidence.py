"""What the sources claim, held against the pages on record."""

import pytest

from guide.publication.evidence import EvidenceRecord
from guide.rights.confidence import supported_confidence
from guide.rights.models import Right


def page(url: str, kind: str = "press") -> EvidenceRecord:
    return EvidenceRecord.model_validate({"url": url, "kind": kind})


@pytest.mark.parametrize(
    ("pages", "supported"),
    [
        ([], "reported"),
        ([page("https://one.example/a")], "reported"),
        ([page("https://one.example/a", "list"), page("https://one.example/b", "listing")], "reported"),
        ([page("https://one.example/a"), page("https://www.one.example/b")], "reported"),
        ([page("https://one.example/a"), page("http://ONE.example/b")], "reported"),
        ([page("https://one.example/a"), page("https://two.example/a")], "confirmed"),
        ([page("https://league.example/", "official")], "confirmed"),
        ([page("https://one.example/a"), page("https://league.example/", "official")], "confirmed"),
    ],
)
def test_confirmed_needs_an_official_page_or_two_of_different_hosts(
    pages: list[EvidenceRecord], supported: str
) -> None:
    assert supported_confidence("confirmed", pages) == supported


@pytest.mark.parametrize("claim", ["reported", "inferred"])
def test_a_lower_claim_is_never_raised(claim: str) -> None:
    pages = [page("https://league.example/", "official"), page("https://two.example/a")]
    assert supported_confidence(claim, pages) == claim
    assert supported_confidence(claim, []) == claim


@pytest.mark.django_db
def test_every_bundled_right_has_the_confidence_that_its_pages_support(bundled_data: None) -> None:
    over_claimed = set(Right.objects.over_claimed().values_list("key", flat=True))
    assert over_claimed
    for right in Right.objects.prefetch_related("evidence"):
        pages = right.evidence.all()
        assert right.confidence == supported_confidence(right.claimed_confidence, pages), right.key
        assert (right.key in over_claimed) == (right.confidence != right.claimed_confidence)
        if right.key in over_claimed:
            assert (right.claimed_confidence, right.confidence) == ("confirmed", "reported")
            assert len({page.kind for page in pages} & {"official"}) == 0
