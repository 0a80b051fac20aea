"""Lists: found by what an editor types, filtered by what there is to do, at a cost that does not grow with the rows."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from broadcasters.models import Broadcaster, Carriage, Country, CountryGroup, Offer, Service
from broadcasters.records import CountryGroupRecord
from competitions.event_table import event_id
from competitions.models import Competition, Event, EventSource, Season, Sport, Stage, Team
from guide.closures.models import Closure
from guide.publication.models import Change
from guide.publication.records import Record
from guide.rights.blackouts import Blackout
from guide.rights.models import Finding, Listing, Right
from tests import factories
from tests.admin.editing import PUBLIC_ADMINS, Editor
from tests.factories import a_broadcaster, a_country, a_league, a_service, an_event, write

everyone = pytest.mark.parametrize("model", PUBLIC_ADMINS, ids=lambda model: model.__name__)


def found(page: Any) -> list[str]:
    assert page.status_code == 200
    return [str(row) for row in page.context["cl"].result_list]


ONE: dict[type[Any], Callable[[int], list[Record]]] = {
    Sport: lambda n: [factories.a_sport(f"sport-{n}")],
    Competition: lambda n: [factories.a_competition(f"league-{n}")],
    Season: lambda n: [factories.a_season(f"{2100 + n}", f"{2100 + n}-01-01", f"{2100 + n}-12-31")],
    Team: lambda n: [factories.a_team(f"team-{n}", aliases="One; Two")],
    Stage: lambda n: [factories.a_stage(f"Round {n}")],
    Event: lambda n: [
        factories.a_team(f"team-{n}"),
        factories.a_team(f"rival-{n}"),
        factories.an_event(name="Day", key="day"),
        factories.an_event(f"team-{n}", f"rival-{n}", parent="day"),
    ],
    Country: lambda n: [a_country(f"A{chr(65 + n)}" if n < 26 else f"B{chr(39 + n)}")],
    CountryGroup: lambda n: [CountryGroupRecord(slug=f"g-{n}", name=f"G {n}", countries=("IT",))],
    Broadcaster: lambda n: [a_broadcaster(f"tv-{n}", parent="holder", countries="IT")],
    Service: lambda n: [a_service(f"stream-{n}")],
    Offer: lambda n: [factories.an_offer(services="holder-stream")],
    Carriage: lambda n: [a_service(f"stream-{n}"), factories.a_carriage(service=f"stream-{n}")],
    Right: lambda n: [a_broadcaster(f"tv-{n}"), factories.a_right(f"tv-{n}", services="holder-stream")],
    Finding: lambda n: [factories.a_finding()],
    Blackout: lambda n: [factories.a_blackout()],
    Listing: lambda n: [
        a_service(f"stream-{n}"),
        factories.a_team("home-club"),
        factories.a_team("away-club"),
        factories.an_event(),
        factories.a_listing(service=f"stream-{n}"),
    ],
    Closure: lambda n: [factories.a_closure(f"closed-{n}", countries="IT", operator_country="IT")],
}  # fmt: skip


@everyone
def test_a_list_costs_the_same_with_3_and_with_30_rows(superuser: Editor, empty_guide: None, model: Any) -> None:
    costs = []
    for count in (3, 30):
        rows = dict.fromkeys(record for number in range(count) for record in ONE[model](number))
        write(*a_league(), a_broadcaster("operator"), a_service(), *rows)
        superuser.list(model)  # what is asked once a process is asked now
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert len(found(superuser.list(model))) >= count
        costs.append(len(asked))
    assert costs[0] == costs[1]
    assert costs[0] <= 20


@pytest.mark.long
@pytest.mark.usefixtures("match")
@everyone
def test_every_filter_order_and_search_answers(editor: Editor, model: Any) -> None:
    page = editor.list(model)
    changes = page.context["cl"]
    queries = ["?q=serie+it", "?q=%E2%80%9C", "?_facets=True", "?all=1"]
    queries += [f"?o={number}" for number in range(1, len(changes.list_display))]
    queries += [choice["query_string"] for spec in changes.filter_specs for choice in [*spec.choices(changes)][:4]]
    for query in queries:
        assert editor.list(model, query).status_code == 200, query


@pytest.mark.usefixtures("match")
@everyone
def test_whatever_a_row_names_is_chosen_by_typing(editor: Editor, model: Any) -> None:
    fields = model._meta.get_fields()
    named = {field.name for field in fields if field.concrete and (field.many_to_one or field.many_to_many)}
    # The countries of these two are rows of their own, with a field of the form's own.
    through = {"countries"} if model in (Right, Finding) else set()
    assert named - through == set(admin.site._registry[model].autocomplete_fields)
    query = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "term": "a"}
    for name in named:
        response = editor.client.get(reverse("admin:autocomplete"), query | {"field_name": name})
        assert response.json()["results"]


@pytest.mark.parametrize(
    ("model", "typed", "first"),
    [
        (Right, "serie-a--dazn-it", "serie-a--dazn-it--2024"),
        (Right, "dazn italia it", "serie-a--dazn-it--2024"),
        (Competition, "ligue des champions", "UEFA Champions League"),
        (Country, "it", "Italy"),
        (CountryGroup, "dach", "Germany, Austria, Switzerland"),
        (Broadcaster, "dazn-it", "DAZN Italia"),
        (Season, "serie-a 2026-27", "Serie A 2026-27"),
        (Closure, "calcio", "Calcio"),
        (Team, "alfa", "Alpha-Club"),
        (Stage, "serie-a final", "Serie A 2026-27, Final"),
        (Event, "alfa beta", "serie-a--2026-27--alpha-club--beta-club"),
        (Event, event_id("serie-a--2026-27--alpha-club--beta-club"), "serie-a--2026-27--alpha-club--beta-club"),
    ],
)
@pytest.mark.usefixtures("match")
def test_a_row_is_found_by_what_an_editor_types(editor: Editor, model: Any, typed: str, first: str) -> None:
    assert any(first in row for row in found(editor.list(model, f"?q={typed}")))


def test_the_work_on_rights(editor: Editor) -> None:
    def keys(work: str) -> list[str]:
        with time_machine.travel(factories.NOW, tick=False):
            page = editor.list(Right, f"?work={work}")
        return list(page.context["cl"].queryset.values_list("key", flat=True))

    soon = Right.objects.filter(key__in=keys("ends"))
    assert soon
    assert all("2026-11-23" <= str(right.to_day) <= "2027-02-21" for right in soon)
    assert len(keys("claims")) == Right.objects.over_claimed().count()
    assert keys("verified")
    assert all(not Right.objects.get(key=key).is_published for key in keys("evidence"))


def test_the_work_on_events(editor: Editor, empty_guide: None) -> None:
    def keys(work: str) -> list[str]:
        with time_machine.travel(factories.NOW, tick=False):
            page = editor.list(Event, f"?work={work}")
        return [event.key for event in page.context["cl"].result_list]

    clubs = [factories.a_team(f"club-{number}") for number in range(4)]
    soon, at = {"day": "2026-12-05", "precision": "day"}, "2026-12-05T14:00:00Z"
    weekend = an_event(name="Weekend", key="weekend", **soon)
    write(
        *a_league(),
        *clubs,
        weekend,
        an_event(name="Race", key="race", parent="weekend"),
        an_event("club-0", "club-1", key="open", **soon),
        an_event("club-0", "club-2", key="called-off", status="cancelled", **soon),
        an_event("club-0", "club-3", key="later", day="2026-12-20", precision="day"),
        an_event("club-1", "club-2", key="provisional", **soon | {"starts_at": at, "precision": "provisional"}),
    )
    assert sorted(keys("time")) == ["open", "provisional"]
    assert keys("missing") == []
    event = Event.objects.get(key="later")
    EventSource.objects.create(event=event, origin="league", missing_since=factories.NOW)
    assert keys("missing") == ["later"]


def test_the_work_on_teams(editor: Editor, match: None) -> None:
    work = found(editor.list(Team, "?work=alias"))
    assert "Beta-Club" in work
    assert "Alpha-Club" not in work


def test_a_list_of_events_says_how_sure_the_time_is_and_whose_word_it_is(editor: Editor, match: None) -> None:
    Event.objects.filter(key="serie-a--2026-27--alpha-club--beta-club").update(scheduled_by="feed-of-days")
    page = editor.list(Event, "?q=alfa").content.decode()
    assert "18:45" in page
    assert "Alpha-Club – Beta-Club" in page
    assert "feed-of-days" in page
    Event.objects.filter(scheduled_by="feed-of-days").update(precision="provisional")
    assert "18:45, provisional" in editor.list(Event, "?q=alfa").content.decode()
    Event.objects.filter(scheduled_by="feed-of-days").update(precision="day", starts_at=None)
    assert "time not known" in editor.list(Event, "?q=alfa").content.decode()


def test_withdrawn_rows_are_no_work(editor: Editor) -> None:
    right = Right.objects.over_claimed().order_by("key")[0]
    editor.act("withdraw", right, reason="It never was.")
    assert right.key not in found(editor.list(Right, "?work=claims"))
    assert found(editor.list(Right, "?standing=no")) == [right.key]


def test_a_right_leads_to_its_public_answers(editor: Editor) -> None:
    right = Right.objects.get(key="serie-a--dazn-it--2024")
    assert 'href="/en/it/serie-a/"' in editor.list(Right, f"?q={right.key}").content.decode()
    with time_machine.travel(factories.NOW, tick=False):
        page = editor.open(right).content.decode()
    assert 'href="/en/it/serie-a/"' in page
    assert 'href="/api/v1/lookup?competition=serie-a&amp;country=IT"' in page
    assert "1 of 2" in page
    for address in ("/en/it/serie-a/", "/api/v1/lookup?competition=serie-a&country=IT"):
        assert editor.client.get(address).status_code == 200


def test_the_log_leads_to_the_rows_and_tells_the_difference(editor: Editor) -> None:
    right = Right.objects.get(key="serie-a--dazn-it--2024")
    editor.change(right, in_countries=["SM"], note="Now only there.")
    change = Change.objects.latest("id")
    assert f"key__exact={right.key}" in editor.list(Change).content.decode()
    page = editor.client.get(reverse("admin:publication_change_change", args=[change.pk])).content.decode()
    assert "<del>IT</del>" in page
    assert "<ins>SM</ins>" in page
    assert "<ins>Now only there.</ins>" in page
    assert editor.list(Right, f"?key__exact={right.key}").status_code == 200


def test_the_history_of_a_row_is_its_public_changes(editor: Editor) -> None:
    right = Right.objects.get(key="serie-a--dazn-it--2024")
    editor.change(right, note="Read again.", change_reason="A reader wrote.")
    page = editor.client.get(reverse("admin:rights_right_history", args=[right.pk])).content.decode()
    assert "A reader wrote." in page
    assert "<ins>Read again.</ins>" in page
    assert "bundled data loaded" in page


def test_no_log_is_written_by_hand(superuser: Editor) -> None:
    for model in (
        "publication_change",
        "publication_revision",
        "axes_accessattempt",
        "axes_accesslog",
        "guide_heartbeat",
    ):
        assert superuser.client.get(reverse(f"admin:{model}_changelist")).status_code == 200
        assert superuser.client.get(reverse(f"admin:{model}_add")).status_code == 403
