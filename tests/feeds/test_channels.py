"""Channels of a directory: what it knows of services of ours waits for an editor, and nothing else is touched."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from broadcasters.catalogue import SERVICES
from broadcasters.models import Broadcaster, Service
from broadcasters.records import ServiceRecord
from guide.feeds.models import Decision, Feed, Proposal, Run
from guide.feeds.names import channel_name
from guide.feeds.proposals import approve, refuse
from guide.publication.locking import note_unlocked
from guide.rights.models import Right
from tests.factories import a_broadcaster, a_right, a_service, write
from tests.feeds.feeding import a_feed, counted, filed, said
from tests.servers import ROOT
from tests.stored import dump

FILE = ROOT / "tests" / "data" / "feeds" / "iptv_org" / "services.channels.csv"
CHANNELS = 15
HELD = (
    *("Alfa", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta", "Canal", "Canal Plus", "Theta", "Iota"),
    *("Kappa", "Lambda"),
)


HOLDER = a_broadcaster("holder", countries="IT; FR", website="https://holder.example/")


def a_channel(name: str, /, **cells: Any) -> ServiceRecord:
    return a_service(name.lower().replace(" ", "-"), **({"name": name, "kind": "tv"} | cells))


def ours() -> Iterator[ServiceRecord]:
    for name in HELD:
        yield a_channel(name, url="https://ours.example/eta" if name == "Eta" else "")
    yield a_service("stream")


@pytest.fixture
def feed(league: None) -> Feed:
    write(HOLDER, *ours())
    return a_feed(kind="channels", adapter="iptv-org-channels", is_trusted=False, publisher="The Directory")


@pytest.fixture
def say(feed: Feed, tmp_path: Path) -> Callable[..., Run]:
    """The run of a refresh with the file, or with only these rows of it, and cells replaced."""

    def say(*ids: str, **replaced: str) -> Run:
        head, *rows = FILE.read_text(encoding="utf-8").splitlines()
        chosen = [row for row in rows if not ids or row.partition(",")[0] in ids]
        text = "\n".join([head, *chosen, ""])
        for old, new in replaced.items():
            text = text.replace(old, new)
        path = tmp_path / "channels.csv"
        path.write_text(text, encoding="utf-8")
        return filed(feed, path)

    return say


def wished() -> dict[str, dict[str, Any]]:
    """By service what the proposals would change."""
    return {
        proposal.key: {
            name: value for name, value in proposal.after.items() if value != (proposal.before or {}).get(name)
        }
        for proposal in Proposal.objects.all()
    }


def record_of(slug: str) -> ServiceRecord:
    return SERVICES.stored([slug])[slug].record


def test_sites_ends_and_successors_wait_for_an_editor(say: Callable[..., Run]) -> None:
    before = dump()
    run = say()
    assert (said(run), counted(run)) == (("applied", ""), {"created": CHANNELS - 6, "proposed": 6})
    assert wished() == {
        "alfa": {"url": "https://alfa.example.org/"},
        "beta": {"ended_on": "2025-03-31"},
        "gamma": {"ended_on": "2026-06-30", "successor": "delta"},
        "eta": {"successor": "alfa"},
        "canal-plus": {"url": "https://plus.example.org/"},
        "theta": {"url": "https://theta.example.org/"},
    }
    proposal = Proposal.objects.get(key="gamma")
    assert proposal.note == (
        "The Directory says that Gamma Uno (Gamma.it, Italy) closed on 2026-06-30"
        " and was replaced by Delta.it@HD, here “delta”."
    )
    assert proposal.claims[0]["replaced_by"] == "Delta.it@HD"
    assert (proposal.table, proposal.run, proposal.decision) == ("services", run, Decision.OPEN)
    assert dump() == before


def test_read_again_nothing_is_new(say: Callable[..., Run]) -> None:
    say()
    # Something was published; what the channels mean may have changed.
    write(HOLDER.model_copy(update={"note": "New."}), now=timezone.now())
    run = say()
    assert (said(run), counted(run)) == (("unchanged", ""), {"unchanged": CHANNELS})
    assert said(say()) == ("unchanged", "same_document")


def test_the_rest_of_a_document_is_counted_as_before(say: Callable[..., Run]) -> None:
    say("Nobody.it", "Stream.it", "Zeta.fr")
    run = say("Nobody.it", "Zeta.fr", "Alfa.it", **{"nobody.example": "new.example"})
    assert counted(run) == {"changed": 1, "unchanged": 1, "proposed": 1, "gone": 1}


def test_what_was_approved_is_published_locked_and_not_proposed_again(say: Callable[..., Run]) -> None:
    say()
    decided = approve(Proposal.objects.all(), by="anna")
    assert (len(decided.approved), decided.outdated) == (6, [])
    gamma = record_of("gamma")
    assert (gamma.ended_on, gamma.successor, gamma.name, gamma.countries) == ("2026-06-30", "delta", "Gamma", ("IT",))
    row = Service.objects.get(slug="gamma")
    assert (row.origin, row.locked_fields) == ("test", ("ended_on", "successor"))
    assert counted(say()) == {"unchanged": CHANNELS}
    # Whoever keeps the rows loads them once more.
    write(*ours())
    assert record_of("gamma") == gamma
    assert counted(say(**{"nobody.example": "new.example"})) == {"changed": 1, "unchanged": CHANNELS - 1}


def test_no_stays_no_though_somebody_edits_the_row(say: Callable[..., Run]) -> None:
    say()
    refuse(Proposal.objects.filter(key="alfa"), by="anna")
    Service.objects.filter(slug="alfa").update(ended_on="2031")
    Service.objects.filter(slug="alfa").update(ended_on="", name="ALFA")
    assert counted(say(**{"nobody.example": "new.example"})) == {"changed": 1, "unchanged": CHANNELS - 1}
    assert Proposal.objects.get(key="alfa").decision == Decision.REFUSED
    assert counted(say(**{"alfa.example": "new.example"}))["proposed"] == 1
    assert Proposal.objects.get(key="alfa").decision == Decision.OPEN


def test_what_waits_leaves_the_queue_with_its_reason(say: Callable[..., Run]) -> None:
    say()
    Service.objects.filter(slug="alfa").update(url="https://ours.example/alfa")
    say(**{"2025-03-31": ""}, **{"nobody.example": "new.example"})
    decisions = dict(Proposal.objects.values_list("key", "decision"))
    assert decisions["alfa"] == Decision.OUTDATED
    assert decisions["eta"] == Decision.OPEN
    # It has a site now and no end.
    assert wished()["beta"] == {"url": "https://beta.example.org/"}


def test_what_an_editor_vouches_for_is_not_proposed(say: Callable[..., Run]) -> None:
    Service.objects.filter(slug="alfa").update(locked_fields=("url",))
    Service.objects.filter(slug="beta").update(is_locked=True)
    Service.objects.filter(slug="gamma").update(withdrawn_at=timezone.now())
    Service.objects.filter(slug="eta").update(successor=Service.objects.get(slug="zeta"))
    say()
    assert set(wished()) == {"canal-plus", "theta"}
    Service.objects.filter(slug="alfa").update(locked_fields=())
    note_unlocked(timezone.now())
    assert counted(say()) == {"proposed": 1, "unchanged": CHANNELS - 1}


def test_channels_of_a_withdrawn_broadcaster_are_nobodys(say: Callable[..., Run]) -> None:
    Broadcaster.objects.filter(slug="holder").update(withdrawn_at=timezone.now())
    assert counted(say()) == {"created": CHANNELS}


def test_a_service_of_several_countries_takes_no_side(feed: Feed, say: Callable[..., Run]) -> None:
    write(a_channel("Zeta", countries="IT; FR"))
    say("Zeta.fr")
    assert not Proposal.objects.exists()
    say("Zeta.fr", **{"FALSE,,,,https://zeta": "FALSE,,2025-03-31,,https://zeta"})
    proposal = Proposal.objects.get()
    assert proposal.note.endswith("closed on 2025-03-31. Our service can be opened in 2 countries.")
    say("Zeta.fr", "Nobody.it", **{"Nobody.it,Nobody": "Zeta.it,Zeta"})
    assert Proposal.objects.get().decision == Decision.OUTDATED


def test_a_right_that_names_a_service_after_its_end_speaks_against_it(say: Callable[..., Run]) -> None:
    write(a_right(services="beta", last_day="2027-06-30"))
    say()
    notes = dict(Proposal.objects.values_list("key", "note"))
    right = Right.objects.get()
    assert notes["beta"].endswith(f" Against it: by rights on record it shows something later ({right.key}).")
    assert "Against it" not in notes["gamma"] + notes["alfa"]


def test_an_address_that_the_table_cannot_hold_is_not_proposed(say: Callable[..., Run]) -> None:
    say("Alfa.it", **{"https://alfa.example.org/": f"https://alfa.example.org/{'a' * 480}"})
    assert not Proposal.objects.exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_editors_at_once_the_second_finds_the_row_changed(feed: Feed, say: Callable[..., Run]) -> None:
    say("Alfa.it")
    first = Proposal.objects.get()
    other = a_feed(slug="other", kind="channels", adapter="iptv-org-channels")
    second = Proposal.objects.create(
        feed=other,
        table="services",
        key="alfa",
        before=first.before,
        after={**first.after, "url": "https://b.example/"},
    )
    both = Barrier(2)

    def go(proposal: Proposal) -> tuple[int, int]:
        both.wait()
        try:
            decided = approve([proposal], by="anna")
            return len(decided.approved), len(decided.outdated)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(go, (first, second))) == [(0, 1), (1, 0)]
    assert sorted(Proposal.objects.values_list("decision", flat=True)) == [Decision.APPROVED, Decision.OUTDATED]


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Canal+", "CANAL PLUS", True),
        ("Canal+", "Canal", False),
        ("Rai Sport HD", "rai sport", True),
        ("L'Équipe", "l equipe", True),
        ("HD", "", False),
        ("Sport 4K", "Sport", False),
        ("Sport 1", "Sport 11", False),
    ],
)
def test_names_of_channels_are_the_same_but_for_how_they_are_written(one: str, other: str, is_same: bool) -> None:
    assert (channel_name(one) == channel_name(other)) is is_same


@pytest.mark.long
@pytest.mark.usefixtures("bundled_data")
def test_of_the_real_directory_some_channels_are_services_of_ours(shared: Path) -> None:
    feed = a_feed(kind="channels", adapter="iptv-org-channels", is_trusted=False, publisher="iptv-org")
    before = dump()
    run = filed(feed, shared / "samples" / "channels" / "iptv-org-database" / "channels.csv")
    counts = counted(run)
    assert (run.read, counts["rejected"], set(counts)) == (41_105, 7, {"created", "proposed", "rejected"})
    # More services of ours will be known by more names.
    assert counts["proposed"] == Proposal.objects.count() >= 50
    wishes = wished()
    assert {name for wish in wishes.values() for name in wish} <= {"url", "ended_on", "successor"}
    assert wishes["rai-1"] == {"url": "https://www.rai.it/rai1/"}
    assert wishes["fox-sports-mx"] == {"ended_on": "2021-12-01"}
    assert "ligue-1--fox-mx--2025" in Proposal.objects.get(key="fox-sports-mx").note
    # Only their channels in 4K are closed.
    assert not {"wowow", "nhk-bs-premium-4k"} & wishes.keys()
    assert dump() == before
