"""What an editor changes of an event by hand, and the fixture list that comes after it."""

from competitions.models import Event
from tests.admin.editing import Editor, told
from tests.feeds.admin.conftest import Feeding, a_feed, matches


def test_a_time_that_an_editor_has_set_stays_and_the_rest_follows_the_list(editor: Editor, feed_with: Feeding) -> None:
    feed, key = a_feed(), "ligue-1--2026-27--aaton--club-0"
    feed_with(feed, matches(3))
    event = Event.objects.get(key=key)
    response = editor.change(event, day="2026-09-05", starts_at_0="2026-09-05", starts_at_1="19:30:00")
    assert response.status_code == 302, told(response)
    event.refresh_from_db()
    assert event.locked_fields == ("day", "starts_at")
    assert feed_with(feed, matches(3).replace("Park", "Garden").replace("18:00", "20:00")).changed == 3
    event.refresh_from_db()
    assert (str(event.day), f"{event.starts_at:%H:%M}", event.venue) == ("2026-09-05", "19:30", "Garden")
    assert (event.sources.get().origin, event.scheduled_by) == (feed.origin, "")
