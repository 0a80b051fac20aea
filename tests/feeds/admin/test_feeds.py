"""Feeds in the admin: what an editor may set, and what the list says of how they go."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from kombu.exceptions import OperationalError

from guide.feeds.models import Feed, Proposal, Rejection, Run, Verdict
from tests.admin.editing import Editor, told
from tests.feeds.admin.conftest import Feeding, a_feed, matches

NEW: dict[str, Any] = {
    "slug": "openfootball",
    "name": "openfootball",
    "kind": "fixtures",
    "adapter": "openfootball-json",
    "address": "https://football.example/en.1.json",
    "options": '{"competition": "premier-league", "aliases": {"Spurs": "Tottenham"}}',
    "zone": "Europe/London",
    "interval": "06:00:00",
}
GUIDE: dict[str, Any] = {"kind": "programmes", "adapter": "xmltv", "options": "{}"}


def in_list(editor: Editor, query: str = "") -> list[str]:
    page = editor.list(Feed, query)
    assert page.status_code == 200
    return [feed.slug for feed in page.context["cl"].result_list]


def a_run(feed: Feed, verdict: str, *, ago: dt.timedelta = dt.timedelta(0), **fields: Any) -> Run:
    moment = timezone.now() - ago
    values = {"started_at": moment, "ended_at": moment, "next_at": moment + feed.interval}
    return Run.objects.create(feed=feed, verdict=verdict, **(values | fields))


def test_an_editor_adds_a_feed_and_changes_it(editor: Editor) -> None:
    assert editor.add(Feed, **NEW).status_code == 302
    feed = Feed.objects.get(slug="openfootball")
    assert feed.options == {"competition": "premier-league", "aliases": {"Spurs": "Tottenham"}}
    assert (feed.interval, feed.is_on, feed.is_trusted) == (dt.timedelta(hours=6), False, False)
    assert editor.change(feed, is_on="on", slug="another").status_code == 302
    feed.refresh_from_db()
    assert (feed.is_on, feed.slug) == (True, "openfootball")


def test_a_guide_is_set_to_a_country_of_ours(editor: Editor) -> None:
    assert editor.add(Feed, **NEW | GUIDE | {"options": '{"country": "IT"}'}).status_code == 302


def test_the_bundled_data_need_no_adapter(editor: Editor) -> None:
    response = editor.add(Feed, **NEW | {"kind": "bundled", "adapter": "", "address": "bundled:", "options": "{}"})
    assert response.status_code == 302


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"adapter": "xmltv"}, "For this kind there are: openfootball-json"),
        ({"adapter": ""}, "For this kind there are:"),
        ({"kind": "bundled"}, "The bundled data need no adapter."),
        ({"address": "bundled:"}, "and nothing else has"),
        ({"kind": "bundled", "adapter": ""}, "have the address “bundled:”"),
        ({"address": "http://football.example/"}, "is not encrypted"),
        ({"address": "ftp://football.example/"}, "does not begin with"),
        ({"address": "https://169.254.169.254/latest/"}, "no public address"),
        ({"address": "https://localhost/"}, "no host of the public internet"),
        ({"zone": "Europe/Rom"}, "Did you mean “Europe/Rome”?"),
        ({"zone": "../../etc/passwd"}, "is no time zone"),
        ({"options": "[1]"}, "The options are an object"),
        ({"options": '{"season": 2026}'}, "“season” is no text"),
        ({"options": '{"aliases": {"Spurs": 1}}'}, "“aliases” is an object of texts"),
        ({"options": '{"aliases": "Spurs"}'}, "“aliases” is an object of texts"),
        ({"options": "{"}, "valid JSON"),
        (GUIDE, "The options of the feed name no country"),
        (GUIDE | {"options": '{"country": "IX"}'}, "“IX” is no country."),
        ({"interval": "0"}, "The interval is a minute at least."),
        ({"gone_percent": "101"}, "less than or equal to 100"),
        ({"slug": "Ligue 1"}, "slug"),
    ],
)
def test_a_feed_that_could_not_work_is_not_saved(editor: Editor, typed: dict[str, Any], said: str) -> None:
    response = editor.add(Feed, **NEW | typed)
    assert response.status_code == 200
    assert said in response.content.decode().replace("&quot;", '"')
    assert not Feed.objects.filter(address=NEW["address"]).exists()


def test_every_adapter_can_be_chosen(editor: Editor, db: None) -> None:
    page = editor.client.get("/admin/feeds/feed/add/").content.decode()
    for key in ("rights-csv", "claims-by-country", "xmltv"):
        assert f'<option value="{key}">' in page


def test_the_list_says_how_a_feed_goes(editor: Editor) -> None:
    never = a_feed("never", is_on=True)
    off = a_feed("off")
    late = a_feed("late", is_on=True)
    a_run(late, Verdict.UNCHANGED, ago=dt.timedelta(days=3))
    a_run(late, Verdict.FAILED, reason="timeout")
    fresh = a_feed("fresh", is_on=True)
    a_run(fresh, Verdict.APPLIED, ago=dt.timedelta(hours=30))
    page = editor.list(Feed).content.decode()
    assert '<span class="verdict verdict-failed">failed</span> timeout' in page
    assert "3\xa0days ago" in page
    assert "1\xa0day ago" in page
    assert in_list(editor, "?overdue=yes") == [late.slug, never.slug]
    assert in_list(editor, "?overdue=no") == [fresh.slug, off.slug]
    assert in_list(editor, "?verdict=none") == [never.slug, off.slug]
    assert in_list(editor, "?verdict=failed") == [late.slug]


def test_refresh_now_only_asks_a_worker(editor: Editor, queue: list[Any]) -> None:
    feeds = [a_feed(), a_feed("other")]
    assert "A worker will refresh: 2." in told(editor.act("refresh_now", *feeds))
    assert sorted(queue) == [("calendar", None), ("other", None)]
    assert not Run.objects.exists()


def test_a_queue_that_is_out_of_reach_is_told(editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    def enqueue(feed: Feed) -> None:
        raise OperationalError

    monkeypatch.setattr("guide.feeds.admin.feeds.enqueue", enqueue)
    assert "cannot be reached" in told(editor.act("refresh_now", a_feed()))


def test_whoever_may_only_look_sets_nothing(db: None, queue: list[Any]) -> None:
    paul = User.objects.create_user("paul", is_staff=True)
    paul.user_permissions.set(Permission.objects.filter(codename="view_feed"))
    editor, feed = Editor.logged_in(paul), a_feed()
    assert editor.open(feed).status_code == 200
    assert editor.client.post(f"/admin/feeds/feed/{feed.pk}/change/", NEW).status_code == 403
    assert editor.client.get("/admin/feeds/feed/add/").status_code == 403
    editor.act("refresh_now", feed)
    assert queue == []


def test_a_feed_with_runs_is_deleted_by_a_superuser_alone(superuser: Editor) -> None:
    paul = User.objects.create_user("paul", is_staff=True)
    paul.user_permissions.set(Permission.objects.filter(content_type__app_label="feeds"))
    editor = Editor.logged_in(paul)
    feed, empty = a_feed(), a_feed("empty")
    run = a_run(feed, Verdict.APPLIED)
    Rejection.objects.create(run=run, code="bad_date", position="[0]", message="No.", raw=None)
    assert editor.delete(feed).status_code == 403
    assert editor.delete(empty).status_code == 200
    assert list(Feed.objects.all()) == [feed]
    assert superuser.delete(feed).status_code == 200
    assert not Feed.objects.exists()


def test_editors_delete_no_feed(editor: Editor) -> None:
    assert editor.delete(a_feed()).status_code == 403


def proposals(feed: Feed, count: int) -> None:
    rows = [
        Proposal(feed=feed, table="rights", key=f"key-{n}", after={"key": f"key-{n}"}, claims=[{"text": "x"}])
        for n in range(count)
    ]
    Proposal.objects.bulk_create(rows)


@pytest.mark.parametrize("model", [Feed, Run, Proposal, Rejection], ids=lambda model: model.__name__)
def test_a_list_costs_the_same_with_3_and_with_30_rows(superuser: Editor, model: Any) -> None:
    costs = []
    for count in (3, 30):
        Feed.objects.all().delete()
        for number in range(count):
            feed = a_feed(f"feed-{number}")
            run = a_run(feed, Verdict.FAILED, read=1, reason="timeout")
            Rejection.objects.create(run=run, code="unknown_broadcaster", position="[0]", message="No.", raw={})
            proposals(feed, 1)
        superuser.list(model)
        with CaptureQueriesContext(connection) as asked:
            assert len(superuser.list(model).context["cl"].result_list) == count
        costs.append(len(asked))
    assert costs[0] == costs[1]
    assert costs[0] <= 16


@pytest.mark.parametrize("model", [Feed, Run, Proposal, Rejection], ids=lambda model: model.__name__)
def test_every_filter_order_and_search_answers(editor: Editor, feed_with: Feeding, model: Any) -> None:
    feed = a_feed()
    feed_with(feed, matches(60) + "61,1,soon,Park,Aaton,Club 61,\n")
    proposals(feed, 2)
    changes = editor.list(model).context["cl"]
    queries = ["?q=calendar+x", "?q=%E2%80%9C", "?_facets=True", "?all=1"]
    queries += [f"?o={number}" for number in range(1, len(changes.list_display))]
    queries += [choice["query_string"] for spec in changes.filter_specs for choice in spec.choices(changes)]
    for query in queries:
        assert editor.list(model, query).status_code == 200, query
