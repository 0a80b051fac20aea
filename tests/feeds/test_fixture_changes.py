"""What becomes of events when lists move them, leave them out or contradict each other, an editor or the guide."""

from typing import Any

import pytest

from competitions.models import Event, EventSource
from guide.bundled import ORIGIN as BUNDLED
from guide.feeds.models import Run
from guide.publication.locking import note_unlocked
from guide.publication.models import Change
from tests.factories import NOW, SEASON, an_event, write
from tests.feeds.feeding import counted, said
from tests.feeds.fixture_lists import (
    A_DAY,
    DAY,
    Lists,
    a_feed,
    a_match,
    a_race,
    a_weekend,
    all_matches,
    identities,
    of_races,
    teams,
    the_event,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clubs")]


# Moved and called off


def test_a_postponed_match_gets_a_new_day(lists: Lists) -> None:
    feed = a_feed()
    lists(feed, a_match())
    before = the_event()
    assert counted(lists(feed, a_match(status="postponed"))) == {"changed": 1}
    assert the_event().status == "postponed"
    assert counted(lists(feed, a_match(date="2027-02-03", time="20:30"))) == {"changed": 1}
    event = the_event()
    assert (event.pk, event.public_id) == (before.pk, before.public_id)
    assert (event.status, str(event.day), event.precision) == ("scheduled", "2027-02-03", "exact")
    changes = Change.objects.filter(table="events", key=event.key).order_by("id")
    assert [change.action for change in changes] == ["created", "changed", "changed"]


def test_a_race_on_one_of_its_days_leaves_a_weekend_its_days(lists: Lists) -> None:
    write(a_weekend(), origin=BUNDLED)
    feed = of_races()
    # A race without sessions stands for itself.
    lists.races(feed, a_race(sessions={}))
    weekend = the_event()
    assert (str(weekend.day), str(weekend.last_day)) == ("2027-05-07", "2027-05-09")


def test_what_moves_is_told_field_by_field(lists: Lists) -> None:
    feed = a_feed()
    lists(feed, a_match(), a_match("Pike", "Carp"))
    assert lists.lines(feed, a_match("Otter", "Pike", "2026-12-06", round="Matchday 2"), a_match("Carp", "Roach")) == (
        f"- {SEASON}--pike--carp",
        f"+ {SEASON}--carp--roach",
        f"~ {SEASON}--otter--pike: round Matchday 1 → Matchday 2, day 2026-12-05 → 2026-12-06, "
        "starts_at 2026-12-05 17:00:00+00:00 → 2026-12-06 17:00:00+00:00",
    )


def test_a_time_that_is_written_in_another_zone_is_no_news(lists: Lists) -> None:
    feed = a_feed()
    lists(feed, a_match(time="18:00"))
    assert counted(lists(feed, a_match(time="11:00 UTC-6"))) == {"unchanged": 1}


# Left out


def test_a_cancelled_match_that_is_left_out_stays_cancelled(lists: Lists) -> None:
    feed = a_feed()
    lists(feed, a_match(status="cancelled"), a_match("Pike", "Carp"))
    run = lists(feed, a_match("Pike", "Carp"), a_match("Carp", "Pike"))
    assert counted(run) == {"created": 1, "unchanged": 1}
    event = the_event(home__slug="otter")
    assert (event.status, event.withdrawn_at) == ("cancelled", None)
    assert event.sources.get().missing_since is None


def test_a_match_that_is_left_out_is_missed_then_withdrawn_and_comes_back_as_itself(lists: Lists) -> None:
    feed = a_feed()
    first, left = a_match("Pike", "Carp"), a_match(date="2027-03-01")
    lists(feed, first, left)
    before = the_event(home__slug="otter")
    run = lists(feed, first)
    assert (said(run), counted(run)) == (("applied", ""), {"unchanged": 1, "gone": 1})
    assert before.sources.get().missing_since == NOW
    # Missing once is missing: it is not told again.
    Run.objects.update(adapter_version=0)
    assert counted(lists(feed, first, on=NOW + 6 * DAY)) == {"unchanged": 1}
    assert the_event(home__slug="otter").withdrawn_at is None
    # The same document: time alone has passed.
    run = lists(feed, first, on=NOW + 8 * DAY)
    assert (said(run), counted(run)) == (("applied", ""), {"unchanged": 1})
    assert the_event(home__slug="otter").withdrawn_at == NOW + 8 * DAY
    assert Change.objects.latest("id").action == "withdrawn"
    assert said(lists(feed, first, on=NOW + 9 * DAY)) == ("unchanged", "same_document")
    run = lists(feed, first, left, on=NOW + 10 * DAY)
    assert counted(run) == {"unchanged": 1, "changed": 1}
    event = the_event(home__slug="otter")
    assert (event.pk, event.public_id, event.withdrawn_at) == (before.pk, before.public_id, None)
    assert event.sources.get().missing_since is None
    assert Change.objects.latest("id").action == "restored"


def test_what_a_club_of_another_name_may_be_is_not_withdrawn(lists: Lists) -> None:
    feed = a_feed()
    lists(feed, a_match("Pike", "Carp"), a_match(date="2027-03-01"))
    document = [a_match("Pike", "Carp"), a_match("Otter 1900", date="2027-03-01")]
    assert counted(lists(feed, *document)) == {"unchanged": 1, "rejected": 1, "gone": 1}
    lists(feed, *document, on=NOW + 8 * DAY)
    assert the_event(home__slug="otter").withdrawn_at is None
    write(*teams(otter="Otter 1900"))
    assert counted(lists(feed, *document, on=NOW + 9 * DAY)) == {"unchanged": 2}
    assert not EventSource.objects.filter(missing_since__isnull=False).exists()


def test_what_another_list_still_names_is_not_withdrawn(lists: Lists) -> None:
    one, other = a_feed(), a_feed("other")
    both = [a_match("Pike", "Carp"), a_match(date="2027-03-01")]
    lists(one, *both)
    assert counted(lists(other, *both)) == {"unchanged": 2}
    lists(one, both[0])
    lists(one, both[0], on=NOW + 8 * DAY)
    assert the_event(home__slug="otter").withdrawn_at is None
    lists(other, both[0], on=NOW + 9 * DAY)
    lists(one, both[0], on=NOW + 17 * DAY)
    assert the_event(home__slug="otter").withdrawn_at == NOW + 17 * DAY
    # Who names it again keeps it.
    assert counted(lists(other, *both, on=NOW + 18 * DAY)) == {"unchanged": 1, "changed": 1}
    assert (the_event(home__slug="otter").origin, the_event(home__slug="otter").withdrawn_at) == (other.origin, None)


def test_a_list_does_not_speak_of_days_before_its_first(lists: Lists) -> None:
    feed = a_feed()
    lists(feed, *all_matches())
    run = lists(feed, *all_matches()[8:])
    assert counted(run) == {"unchanged": 4}
    assert not EventSource.objects.filter(missing_since__isnull=False).exists()


def test_many_that_are_left_out_are_held(lists: Lists) -> None:
    feed = a_feed()
    lists(feed, *all_matches())
    run = lists(feed, *all_matches()[:6])
    assert said(run) == ("held", "mass_deletion")
    assert "6 of 12 would go" in run.message
    assert not EventSource.objects.filter(missing_since__isnull=False).exists()


def test_a_list_without_matches_is_held(lists: Lists) -> None:
    feed = a_feed()
    lists(feed, a_match())
    assert said(lists(feed)) == ("held", "empty_document")


def test_a_list_of_another_season_says_nothing_of_this_one(lists: Lists) -> None:
    feed = a_feed()
    lists(feed, *all_matches())
    feed.options = feed.options | {"season": "2027-28"}
    feed.save()
    later = [match | {"date": match["date"].replace("2026", "2027")} for match in all_matches()[:2]]
    assert counted(lists(feed, *later)) == {"created": 2}
    assert not EventSource.objects.filter(missing_since__isnull=False).exists()
    assert Event.objects.filter(season__label="2026-27").count() == 12


def test_a_race_that_is_called_off_and_leaves_the_list_stays_called_off(lists: Lists) -> None:
    feed = of_races(gone_percent=100)
    races = [a_race("Bahrain", number=1), a_race("Dutch", number=2)]
    lists.races(feed, *races)
    before = identities()
    assert counted(lists.races(feed, races[0] | {"canceled": True}, races[1])) == {"changed": 3, "unchanged": 3}
    assert counted(lists.races(feed, races[1] | {"round": 1})) == {"unchanged": 3}
    assert identities() == before
    assert set(Event.objects.filter(key__contains="bahrain").values_list("status", flat=True)) == {"cancelled"}


def test_a_weekend_that_leaves_the_list_is_withdrawn_with_its_sessions(lists: Lists) -> None:
    feed = of_races()
    lists.races(feed, a_race("Bahrain"), a_race("Dutch", number=2))
    assert counted(lists.races(feed, a_race("Dutch")))["gone"] == 4
    lists.races(feed, a_race("Dutch"), on=NOW + 8 * DAY)
    assert not Event.objects.standing().filter(key__contains="bahrain").exists()
    assert counted(lists.races(feed, a_race("Bahrain"), a_race("Dutch"), on=NOW + 9 * DAY)) == {
        "changed": 3,
        "unchanged": 3,
    }
    assert Event.objects.standing().count() == 8


# Who has the say


def test_a_list_that_knows_less_changes_nothing(lists: Lists) -> None:
    lists(a_feed(), a_match())
    before = the_event()
    run = lists(a_feed("other"), a_match(date="2026-12-06", time=""))
    assert (said(run), counted(run)) == (("unchanged", ""), {"kept": 1})
    event = the_event()
    assert (event.starts_at, event.origin, event.updated_at) == (before.starts_at, before.origin, before.updated_at)
    assert event.sources.count() == 2


def test_who_knows_more_has_the_say_until_the_keeper_knows_as_much(lists: Lists) -> None:
    keeper, other = a_feed(), a_feed("other")
    lists(keeper, a_match(time=""))
    assert counted(lists(other, a_match(time="20:45"))) == {"changed": 1}
    event = the_event()
    assert (event.origin, event.scheduled_by, event.precision) == (keeper.origin, other.origin, "exact")
    # Whoever knows only the day has nothing to add, and who has the say may change it.
    assert counted(lists(keeper, a_match(date="2026-12-06", time=""))) == {"kept": 1}
    assert counted(lists(other, a_match(date="2026-12-07", time="20:45"))) == {"changed": 1}
    assert str(the_event().day) == "2026-12-07"
    assert counted(lists(other, a_match(date="2026-12-07", time=""))) == {"changed": 1}
    assert counted(lists(keeper, a_match(date="2026-12-08", time="18:00"))) == {"changed": 1}
    assert the_event().scheduled_by == ""
    assert counted(lists(other, a_match(date="2026-12-09", time=""))) == {"kept": 1}
    assert str(the_event().day) == "2026-12-08"


def test_what_an_editor_has_locked_stays_and_comes_when_it_is_unlocked(lists: Lists) -> None:
    feed = a_feed()
    lists(feed, a_match())
    locked = ("day", "starts_at")
    Event.objects.update(locked_fields=locked, day="2026-12-24", starts_at="2026-12-24T17:00:00Z")
    document = a_match(date="2026-12-10", round="Matchday 9")
    assert counted(lists(feed, document)) == {"changed": 1}
    event = the_event()
    assert (str(event.day), event.round, event.locked_fields) == ("2026-12-24", "Matchday 9", locked)
    Run.objects.update(adapter_version=0)
    assert counted(lists(feed, document)) == {"kept": 1}
    Event.objects.update(locked_fields=())
    note_unlocked(NOW + DAY)
    assert counted(lists(feed, document, on=NOW + DAY)) == {"changed": 1}
    assert str(the_event().day) == "2026-12-10"


@pytest.mark.parametrize("cells", [{"is_locked": True}, {"is_locked": True, "withdrawn_at": NOW}])
def test_a_row_that_is_locked_stays(lists: Lists, cells: dict[str, Any]) -> None:
    feed = a_feed()
    lists(feed, a_match())
    Event.objects.update(**cells)
    before = Event.objects.values().get()
    assert counted(lists(feed, a_match(date="2026-12-10"))) == {"kept": 1}
    assert Event.objects.values().get() == before


def test_what_the_bundled_data_no_longer_have_is_of_the_list_that_names_it(lists: Lists) -> None:
    match = an_event("otter", "pike", **A_DAY)
    other = an_event("carp", "roach", **A_DAY)
    write(match, other, origin=BUNDLED)
    write(other, origin=BUNDLED)
    feed = a_feed()
    assert counted(lists(feed, a_match())) == {"changed": 1}
    event = the_event(key=match.key)
    assert (event.origin, event.withdrawn_at, event.scheduled_by) == (feed.origin, None, "")
    write(other, origin=BUNDLED)
    assert the_event(key=match.key).withdrawn_at is None
