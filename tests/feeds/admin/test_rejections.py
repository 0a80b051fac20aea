"""Rejections in the admin: those of the latest reading, and the way to the name that heals them."""

from typing import Any

from guide.feeds.models import Rejection, Run
from tests.admin.editing import Editor
from tests.feeds.admin.conftest import Feeding, a_feed, matches


def shown(editor: Editor, query: str = "") -> list[Rejection]:
    page = editor.list(Rejection, query)
    assert page.status_code == 200
    return list(page.context["cl"].result_list)


def a_rejection(run: Run, code: str, raw: object = None, message: str = "No.") -> Rejection:
    return Rejection.objects.create(run=run, code=code, position="[0]", message=message, raw=raw)


def test_only_what_the_latest_reading_of_a_feed_rejected_is_work(editor: Editor, feed_with: Feeding) -> None:
    feed, other = a_feed(), a_feed("other")
    bad_day = matches(60) + "61,1,soon,Park,Aaton,Club 61,\n"
    first = feed_with(feed, bad_day)
    feed_with(other, bad_day)
    second = feed_with(feed, bad_day + "62,1,later,Park,Aaton,Club 62,\n")
    assert {(row.run.feed.slug, row.run_id) for row in shown(editor)} >= {("calendar", second.pk)}
    assert len(shown(editor)) == 3
    assert len(shown(editor, "?of=all")) == 4
    assert {row.run_id for row in shown(editor, f"?of=all&run__id__exact={first.pk}")} == {first.pk}

    # Nothing new: the document is not read again, and what it rejected still waits.
    feed_with(feed, bad_day + "62,1,later,Park,Aaton,Club 62,\n")
    assert len(shown(editor)) == 3
    feed_with(feed, matches(61))
    assert len(shown(editor)) == 1


def test_an_unknown_name_leads_to_where_its_alias_belongs(editor: Editor, feed_with: Feeding) -> None:
    run = feed_with(a_feed(), matches(3))
    options = editor.list(Rejection).context["cl"].model_admin
    raw = {"broadcaster": "Sky & Söhne HD", "competition": "Serie A"}
    link = str(options.remedy(a_rejection(run, "unknown_broadcaster", raw)))
    assert 'href="/admin/broadcasters/broadcaster/?q=Sky"' in link
    assert editor.client.get("/admin/broadcasters/broadcaster/?q=Sky").status_code == 200
    link = str(options.remedy(a_rejection(run, "unknown_competition", raw)))
    assert 'href="/admin/competitions/competition/?q=Serie"' in link
    odd_ones: list[Any] = [None, [], {"competition": 7}, {"competition": " "}, "Serie A"]
    for odd in odd_ones:
        link = str(options.remedy(a_rejection(run, "unknown_competition", odd)))
        assert 'href="/admin/competitions/competition/"' in link
    assert options.remedy(a_rejection(run, "bad_date", raw)) == ""


def test_an_unknown_team_leads_to_the_teams_and_a_missing_season_to_the_seasons(
    editor: Editor, feed_with: Feeding
) -> None:
    run = feed_with(a_feed(), matches(3) + "4,1,04/09/2026 18:00,Park,Aaton,FC Lyonn Est,\n")
    unknown = Rejection.objects.get(run=run)
    options = editor.list(Rejection).context["cl"].model_admin
    # Of the two sides it is the one that is not known, and “FC” finds everybody.
    assert unknown.code == "unknown_team"
    assert 'href="/admin/competitions/team/?q=Lyonn"' in str(options.remedy(unknown))
    assert editor.client.get("/admin/competitions/team/?q=Lyonn").status_code == 200
    unknown.message = "“Lyon Ouest” is no team of ours."
    assert 'href="/admin/competitions/team/"' in str(options.remedy(unknown))

    other = feed_with(a_feed("other", options={"competition": "ligue-1", "season": "2099-00"}), matches(1))
    missing = Rejection.objects.get(run=other)
    assert missing.code == "unknown_season"
    assert 'href="/admin/competitions/season/?q=ligue-1"' in str(options.remedy(missing))
    page = editor.client.get("/admin/competitions/season/?q=ligue-1")
    assert "ligue-1--2026-27" in page.content.decode()
    # A link in the list is as good as one in the row.
    assert "Find the team" in editor.list(Rejection).content.decode()
    assert "Find the season" in editor.open(missing).content.decode()


def test_what_a_document_says_is_never_markup(editor: Editor, feed_with: Feeding) -> None:
    hostile = "<script>alert(1)</script>"
    run = feed_with(a_feed(name=hostile), matches(3))
    run.message = hostile
    run.reason = "<b>"
    run.save()
    rejection = a_rejection(run, "unknown_broadcaster", {"broadcaster": hostile, hostile: [hostile]}, message=hostile)
    pages = [editor.list(Rejection), editor.open(rejection), editor.list(Run), editor.open(run)]
    for page in [*pages, editor.open(run.feed), editor.list(type(run.feed))]:
        text = page.content.decode()
        assert page.status_code == 200
        assert hostile not in text
        assert "<b>" not in text
        assert "&lt;script&gt;" in text
