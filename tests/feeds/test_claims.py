"""Claims about rights: they become proposals, and what an editor says of these lasts."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from broadcasters.models import Broadcaster
from guide.feeds.models import Decision, Feed, Proposal, Run
from guide.feeds.proposals import approve, mark_outdated, refuse
from guide.publication.models import Change, Revision
from guide.rights.models import Right
from guide.rights.overlap import OverlapError
from guide.rights.reconcile import RIGHTS
from tests.factories import LEAGUE, a_broadcaster, a_country, a_page, a_right, write
from tests.feeds.feeding import a_feed, codes, counted, filed, said
from tests.stored import dump

pytestmark = pytest.mark.usefixtures("league")
KEY = f"{LEAGUE}-rival-it-2026-27"


@pytest.fixture
def feed() -> Feed:
    return a_feed(
        kind="claims",
        adapter="claims-season",
        is_trusted=False,
        publisher="The List",
        options={"country": "IT"},
    )


@pytest.fixture
def per_match() -> Feed:
    options = {"country": "IT", "competition": LEAGUE, "season": "2026-27"}
    return a_feed(slug="matches", kind="claims", adapter="claims-per-match-csv", publisher="Matches", options=options)


class Claims:
    """A document of claims in a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def say(self, feed: Feed, *services: str, **cells: Any) -> Run:
        """The run of a refresh with a document that says this of the league."""
        row = {"name": "Test League", "services": services, "coverage": "all", "source": "https://list.example/a"}
        document = {"season": "2026/27", "competitions": {"A": row | cells}}
        self.path.write_text(json.dumps(document), encoding="utf-8")
        return filed(feed, self.path)

    def say_of_matches(self, feed: Feed, *rows: str) -> Run:
        self.path.write_text("\n".join(["match_no,stream,source_url,notes", *rows]), encoding="utf-8")
        return filed(feed, self.path)


@pytest.fixture
def claims(tmp_path: Path) -> Claims:
    return Claims(tmp_path / "claims")


def test_a_claim_becomes_a_proposal_and_nothing_is_published(feed: Feed, claims: Claims) -> None:
    before = dump()
    run = claims.say(feed, "Rival TV")
    assert (said(run), counted(run)) == (("applied", ""), {"proposed": 1})
    proposal = Proposal.objects.get()
    assert (proposal.key, proposal.before, proposal.decision, proposal.run) == (KEY, None, "open", run)
    assert proposal.note == "Nothing else is on record there."
    assert proposal.after["first_day"] == "2026-07-01"
    assert proposal.after["evidence"][0]["publisher"] == "The List"
    assert proposal.claims[0]["text"] == "Rival TV"
    assert dump() == before


def test_a_claim_that_agrees_is_one_more_page_for_the_right(feed: Feed, claims: Claims) -> None:
    write(a_right("rival", key="theirs"))
    assert counted(claims.say(feed, "Rival TV")) == {"proposed": 1}
    proposal = Proposal.objects.get()
    assert proposal.key == "theirs"
    assert [page["publisher"] for page in proposal.after["evidence"]] == ["News", "The List"]
    approve([proposal], by="anna")
    assert len(RIGHTS.stored(["theirs"])["theirs"].record.evidence) == 2
    assert Right.objects.get().origin == "test"
    # The page is on record now.
    assert counted(claims.say(feed, "Rival TV", note="New")) == {"unchanged": 1}


def test_a_page_that_the_right_has_already_is_not_proposed(feed: Feed, claims: Claims) -> None:
    write(a_right("rival", evidence=[a_page(publisher="The List")]))
    run = claims.say(feed, "Rival TV")
    assert (said(run), counted(run)) == (("unchanged", ""), {"unchanged": 1})
    assert not Proposal.objects.exists()


def test_a_claim_against_what_is_on_record_says_so(feed: Feed, claims: Claims) -> None:
    write(a_right("holder"))
    claims.say(feed, "Rival TV")
    assert Proposal.objects.get().note == "Against it: on record is holder."


def test_an_unknown_name_is_rejected_with_the_name_that_was_meant(feed: Feed, claims: Claims) -> None:
    run = claims.say(feed, "Rivall TV", "Holder")
    assert (counted(run), codes(run)) == ({"proposed": 1, "rejected": 1}, ["unknown_broadcaster"])
    rejection = run.rejections.get()
    assert "Did you mean “rival tv”?" in rejection.message
    run = claims.say(feed, "Holder", name="Tset League")
    assert codes(run) == ["unknown_competition"]


def test_a_broadcaster_that_is_not_in_the_country_is_rejected(feed: Feed, claims: Claims) -> None:
    write(
        a_country(),
        a_country("FR"),
        a_broadcaster("holder", countries="IT; FR"),
        a_broadcaster("rival", countries="FR", aliases="Rival TV"),
    )
    run = claims.say(feed, "Rival TV")
    assert codes(run) == ["unknown_broadcaster"]
    assert "which we do not know in IT" in run.rejections.get().message


def test_an_alias_heals_a_claim_of_the_same_document(feed: Feed, claims: Claims) -> None:
    assert counted(claims.say(feed, "Third")) == {"rejected": 1}
    write(a_broadcaster("third-channel", countries="IT", aliases="Third"), origin="editor", now=timezone.now())
    assert counted(claims.say(feed, "Third")) == {"proposed": 1}


def test_claims_of_single_matches_are_one_proposal(per_match: Feed, claims: Claims) -> None:
    run = claims.say_of_matches(per_match, "1,Rival,,", "2,Rival,,", "2,Holder,,", "3,TBC,,")
    assert counted(run) == {"proposed": 3, "rejected": 1}
    assert codes(run) == ["placeholder"]
    proposed = {proposal.key: proposal for proposal in Proposal.objects.all()}
    assert set(proposed) == {KEY, f"{LEAGUE}-holder-it-2026-27"}
    after = proposed[KEY].after
    assert (after["scope"], after["matches"], after["matches_unit"]) == ("some", 2, "season")
    assert len(proposed[KEY].claims) == 2


def test_the_same_claims_propose_nothing_anew(feed: Feed, claims: Claims) -> None:
    claims.say(feed, "Rival TV")
    assert said(claims.say(feed, "Rival TV")) == ("unchanged", "same_document")
    run = claims.say(feed, "Rival TV", verified="2026-11-01")
    assert (said(run), counted(run)) == (("unchanged", ""), {"unchanged": 1})
    assert Proposal.objects.count() == 1


def test_no_stays_no_until_the_claim_changes(feed: Feed, claims: Claims) -> None:
    claims.say(feed, "Rival TV")
    assert refuse(Proposal.objects.all(), by="anna") == [Proposal.objects.get()]
    assert counted(claims.say(feed, "Rival TV", verified="2026-11-01")) == {"unchanged": 1}
    refused = Proposal.objects.get()
    assert (refused.decision, refused.decided_by) == (Decision.REFUSED, "anna")
    assert counted(claims.say(feed, "Rival TV", coverage="selected")) == {"proposed": 1}
    again = Proposal.objects.get()
    assert (again.pk, again.decision, again.decided_by) == (refused.pk, Decision.OPEN, "")
    assert again.after["scope"] == "some"


def test_what_is_approved_is_published_under_the_name_of_the_feed(feed: Feed, claims: Claims) -> None:
    claims.say(feed, "Rival TV")
    before = Revision.objects.get().number
    decided = approve(Proposal.objects.all(), by="anna")
    assert ([proposal.key for proposal in decided.approved], decided.outdated) == ([KEY], [])
    right = Right.objects.get()
    assert (right.key, right.origin, right.is_published) == (KEY, "feed:league", True)
    change = Change.objects.get(key=KEY)
    assert (change.actor, change.action, change.revision) == ("anna", "created", before + 1)
    assert Proposal.objects.get().decision == Decision.APPROVED
    # A second word changes nothing.
    assert approve(Proposal.objects.all(), by="bruno").approved == []
    assert counted(claims.say(feed, "Rival TV", verified="2026-11-01")) == {"unchanged": 1}


def test_an_outdated_proposal_leaves_the_queue_and_comes_anew(feed: Feed, claims: Claims) -> None:
    write(a_right("rival", key="theirs"))
    claims.say(feed, "Rival TV")
    write(a_right("rival", key="theirs", note="Changed meanwhile."), now=timezone.now())
    before = dump()
    decided = approve(Proposal.objects.all(), by="anna")
    assert ([one.key for one in decided.outdated], decided.approved, dump()) == (["theirs"], [], before)
    outdated = Proposal.objects.get()
    assert (outdated.decision, outdated.decided_by) == (Decision.OUTDATED, "anna")
    # The document is the same, but not what it is compared with.
    assert counted(claims.say(feed, "Rival TV")) == {"proposed": 1}
    approve(Proposal.objects.all(), by="anna")
    assert RIGHTS.stored(["theirs"])["theirs"].record.note == "Changed meanwhile."


def test_what_waits_follows_the_row_and_is_the_same_proposal(feed: Feed, claims: Claims) -> None:
    write(a_right("rival", key="theirs"))
    claims.say(feed, "Rival TV")
    write(a_right("rival", key="theirs", note="Changed meanwhile."), now=timezone.now())
    assert counted(claims.say(feed, "Rival TV")) == {"unchanged": 1}
    assert mark_outdated(Proposal.objects.all(), by="anna") == []
    approve(Proposal.objects.all(), by="anna")
    record = RIGHTS.stored(["theirs"])["theirs"].record
    assert (record.note, len(record.evidence)) == ("Changed meanwhile.", 2)


def test_no_stays_no_when_somebody_edits_another_column(feed: Feed, claims: Claims) -> None:
    write(a_right("rival", key="theirs"))
    claims.say(feed, "Rival TV")
    refuse(Proposal.objects.all(), by="anna")
    write(a_right("rival", key="theirs", note="Changed meanwhile."), now=timezone.now())
    assert counted(claims.say(feed, "Rival TV")) == {"unchanged": 1}
    assert Proposal.objects.get().decision == Decision.REFUSED


def test_what_was_approved_is_not_undone_by_whoever_keeps_the_row(feed: Feed, claims: Claims) -> None:
    theirs = a_right("rival", key="theirs")
    write(theirs)
    claims.say(feed, "Rival TV")
    approve(Proposal.objects.all(), by="anna")
    assert Right.objects.get().locked_fields == ("evidence",)
    outcome = write(theirs.model_copy(update={"note": "New."}))["rights"]
    assert outcome.changed == ("theirs",)
    record = RIGHTS.stored(["theirs"])["theirs"].record
    assert (record.note, len(record.evidence)) == ("New.", 2)


def test_a_proposal_for_a_row_that_was_withdrawn_since_brings_nothing_back(feed: Feed, claims: Claims) -> None:
    write(a_right("rival", key="theirs"))
    claims.say(feed, "Rival TV")
    Right.objects.update(withdrawn_at=timezone.now(), is_published=False)
    assert len(approve(Proposal.objects.all(), by="anna").outdated) == 1
    assert not Right.objects.standing().exists()


def test_a_right_that_was_withdrawn_can_be_proposed_and_approved_again(feed: Feed, claims: Claims) -> None:
    claims.say(feed, "Rival TV")
    approve(Proposal.objects.all(), by="anna")
    write(a_right("holder"))
    Right.objects.filter(key=KEY).update(withdrawn_at=timezone.now(), is_published=False)
    assert counted(claims.say(feed, "Rival TV", verified="2026-11-01")) == {"proposed": 1}
    approve(Proposal.objects.all(), by="anna")
    assert Right.objects.standing().filter(key=KEY).exists()


def test_of_proposals_of_which_one_meets_another_right_none_is_approved(feed: Feed, claims: Claims) -> None:
    claims.say(feed, "Rival TV", "Holder")
    # The proposal for “rival” is as it was, and meets a right of another key.
    write(a_right("rival", key="theirs"))
    before = dump()
    with pytest.raises(OverlapError):
        approve(Proposal.objects.all(), by="anna")
    assert dump() == before
    assert set(Proposal.objects.values_list("decision", flat=True)) == {"open"}


def test_a_claim_without_a_season_is_about_the_one_that_runs(per_match: Feed, claims: Claims) -> None:
    per_match.options = {"country": "IT", "competition": LEAGUE}
    per_match.save()
    claims.say_of_matches(per_match, "1,Rival,,")
    assert Proposal.objects.get().key == KEY


def test_a_claim_about_a_season_that_is_not_on_record_is_rejected(per_match: Feed, claims: Claims) -> None:
    per_match.options = {"country": "IT", "competition": LEAGUE, "season": "2031-32"}
    per_match.save()
    run = claims.say_of_matches(per_match, "1,Rival,,")
    assert codes(run) == ["bad_date"]
    assert "“2031-32”" in run.rejections.get().message


def test_a_withdrawn_broadcaster_is_no_broadcaster(feed: Feed, claims: Claims) -> None:
    Broadcaster.objects.filter(slug="rival").update(withdrawn_at=timezone.now())
    assert codes(claims.say(feed, "Rival TV")) == ["unknown_broadcaster"]
