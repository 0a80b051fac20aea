"""Channels of guides in the admin: what waits for a word, and which service of ours a channel may be."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadcasters.models import Service
from guide.feeds.models import Feed, GuideChannel
from tests.admin.editing import Editor, address, told
from tests.factories import NOW, a_broadcaster, a_country, a_service, write
from tests.feeds.admin.conftest import a_feed


@pytest.fixture
def guide(empty_guide: None) -> Feed:
    """A guide of Italy, beside services of Italy and of France."""
    write(a_country(), a_country("FR"), a_broadcaster(), a_service(), a_service("french", countries="FR"))
    return a_guide()


def a_guide(slug: str = "guide", **fields: Any) -> Feed:
    given = {"kind": "programmes", "adapter": "xmltv", "options": {"country": "IT"}, "zone": ""}
    return a_feed(slug, **(given | fields))


def a_channel(feed: Feed, channel: str = "one.example", service: str = "", **fields: Any) -> GuideChannel:
    placed = Service.objects.get(slug=service) if service else None
    return GuideChannel.objects.create(feed=feed, channel=channel, service=placed, **fields)


def shown(editor: Editor, query: str = "") -> list[str]:
    page = editor.list(GuideChannel, query)
    assert page.status_code == 200
    return [row.channel for row in page.context["cl"].result_list]


def service(slug: str) -> int:
    return Service.objects.get(slug=slug).pk


def someone_who_may(*codenames: str) -> Editor:
    paul = User.objects.create_user("paul", is_staff=True)
    paul.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return Editor.logged_in(paul)


def test_the_list_begins_with_what_waits_the_busiest_first(editor: Editor, guide: Feed) -> None:
    a_channel(guide, "quiet", programmes=1)
    a_channel(guide, "busy", programmes=9, example="2026-11-28 18:40Z Home-Club - Away-Club")
    a_channel(guide, "placed", service="holder-stream", programmes=20)
    a_channel(guide, "ignored", is_ignored=True, programmes=30)
    a_channel(a_guide("second"), "other", programmes=5)
    assert shown(editor) == ["busy", "other", "quiet"]
    assert "Home-Club - Away-Club" in editor.list(GuideChannel).content.decode()
    assert shown(editor, "?placed=yes") == ["placed"]
    assert shown(editor, "?placed=ignored") == ["ignored"]
    assert shown(editor, "?placed=all") == ["ignored", "placed", "busy", "other", "quiet"]
    assert shown(editor, f"?feed__id__exact={guide.pk}") == ["busy", "quiet"]
    assert shown(editor, "?placed=all&q=Holder-Stream") == ["placed"]
    assert shown(editor, "?q=Home-Club") == ["busy"]
    Service.objects.filter(slug="holder-stream").update(withdrawn_at=NOW)
    assert shown(editor) == ["placed", "busy", "other", "quiet"]
    assert shown(editor, "?placed=yes") == []


def test_an_editor_says_which_service_a_channel_is(editor: Editor, guide: Feed) -> None:
    channel = a_channel(guide, programmes=3)
    before = channel.updated_at
    assert editor.change(channel, service=service("holder-stream")).status_code == 302
    channel.refresh_from_db()
    assert (channel.service_id, channel.programmes) == (service("holder-stream"), 3)
    # By this the next refresh knows that the same document says more now.
    assert channel.updated_at > before
    assert editor.change(channel, service="").status_code == 302
    channel.refresh_from_db()
    assert channel.service_id is None


def test_neither_the_guide_nor_its_name_for_the_channel_can_be_changed(editor: Editor, guide: Feed) -> None:
    channel = a_channel(guide)
    editor.change(channel, channel="another", feed=a_guide("second").pk, service=service("holder-stream"))
    channel.refresh_from_db()
    assert (channel.channel, channel.feed_id) == ("one.example", guide.pk)
    assert editor.client.get(address(GuideChannel, "add")).status_code == 403


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"country": "IT"}, "The guide is of IT; “french” can be opened in: FR."),
        ({}, "The guide is of –; “french” can be opened in: FR."),
    ],
)
def test_a_service_of_another_country_is_refused(
    editor: Editor, guide: Feed, options: dict[str, str], said: str
) -> None:
    Feed.objects.update(options=options)
    channel = a_channel(guide)
    assert said in told(editor.change(channel, service=service("french")))
    channel.refresh_from_db()
    assert channel.service_id is None


def test_a_service_that_is_gone_is_refused(editor: Editor, guide: Feed) -> None:
    Service.objects.filter(slug="holder-stream").update(withdrawn_at=NOW)
    channel = a_channel(guide)
    assert "“holder-stream” has been withdrawn." in told(editor.change(channel, service=service("holder-stream")))


def test_a_channel_is_ignored_or_a_service_and_not_both(editor: Editor, guide: Feed) -> None:
    channel = a_channel(guide, service="holder-stream")
    assert "Take one of both." in told(editor.change(channel, is_ignored="on"))
    assert editor.change(channel, is_ignored="on", service="").status_code == 302
    channel.refresh_from_db()
    assert (channel.is_ignored, channel.service_id) == (True, None)


def test_whoever_may_only_look_places_nothing(guide: Feed) -> None:
    editor = someone_who_may("view_guidechannel")
    channel = a_channel(guide)
    assert shown(editor) == ["one.example"]
    assert editor.open(channel).status_code == 200
    typed = {"service": service("holder-stream")}
    assert editor.client.post(address(GuideChannel, "change", channel.pk), typed).status_code == 403
    channel.refresh_from_db()
    assert channel.service_id is None


def test_whoever_may_do_other_things_does_not_even_look(guide: Feed) -> None:
    editor = someone_who_may("view_feed", "change_feed", "change_service")
    channel = a_channel(guide)
    assert editor.list(GuideChannel).status_code == 403
    assert editor.open(channel).status_code == 403


def test_editors_delete_no_channel(editor: Editor, guide: Feed) -> None:
    assert editor.delete(a_channel(guide)).status_code == 403


def test_a_list_costs_the_same_with_3_and_with_30_channels(editor: Editor, guide: Feed) -> None:
    costs = []
    for count in (3, 30):
        GuideChannel.objects.all().delete()
        for number in range(count):
            a_channel(guide, f"channel-{number}", service="holder-stream")
        shown(editor, "?placed=all")
        with CaptureQueriesContext(connection) as asked:
            assert len(shown(editor, "?placed=all")) == count
        costs.append(len(asked))
    assert costs[0] == costs[1]
    assert costs[0] <= 12


def test_every_filter_and_order_answers(editor: Editor, guide: Feed) -> None:
    a_channel(guide)
    changes = editor.list(GuideChannel).context["cl"]
    queries = ["?q=x", "?_facets=True", *(f"?o={number}" for number in range(1, len(changes.list_display)))]
    queries += [choice["query_string"] for spec in changes.filter_specs for choice in spec.choices(changes)]
    for query in queries:
        assert editor.list(GuideChannel, query).status_code == 200, query


def test_what_a_guide_says_is_never_markup(editor: Editor, guide: Feed) -> None:
    hostile = "<script>alert(1)</script>"
    channel = a_channel(guide, hostile, example=hostile)
    for page in (editor.list(GuideChannel), editor.open(channel)):
        assert hostile not in page.content.decode()
        assert "&lt;script&gt;" in page.content.decode()
