"""Every rule of the schema, broken once: the database refuses it from anybody, and a form says it in words."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from broadcasters.models import (
    Broadcaster,
    BroadcasterAlias,
    Carriage,
    Country,
    Offer,
    OfferBundle,
    OfferCompetition,
    Service,
)
from competitions.models import (
    Competition,
    CompetitionAlias,
    CompetitionName,
    Event,
    EventAlias,
    EventName,
    EventSource,
    Season,
    SportName,
    StageAlias,
    StageName,
    Team,
    TeamAlias,
    TeamName,
)
from guide.closures.models import ClosureEvidence
from guide.publication.models import Change, Revision
from guide.rights.blackouts import Blackout
from guide.rights.constraints import CopiedFrom
from guide.rights.models import Evidence, Finding, FindingCountry, Listing, Right, RightCountry
from tests.factories import (
    NOW,
    a_blackout,
    a_broadcaster,
    a_carriage,
    a_closure,
    a_competition,
    a_country,
    a_finding,
    a_league,
    a_listing,
    a_page,
    a_right,
    a_service,
    a_sport,
    a_stage,
    a_team,
    an_event,
    an_offer,
    write,
)
from tests.stored import APPS

pytestmark = pytest.mark.django_db

DAY, DAY_BEFORE = dt.date(2026, 7, 2), dt.date(2026, 7, 1)
BACKWARDS = {"first_day": DAY, "last_day": DAY_BEFORE}


@dataclass(frozen=True)
class Violation:
    """A copy of a good row with some columns set so that one constraint is broken."""

    name: str
    model: type[models.Model]
    cells: dict[str, Any]

    def row(self) -> models.Model:
        row = self.model._default_manager.order_by("pk").first()
        assert row is not None, "the world holds a row of each table"
        row.pk = None
        row._state.adding = True
        # What must be unique besides is made so.
        for column, value in {"key": "another", "slug": "another", "public_id": "another"}.items():
            if hasattr(row, column):
                setattr(row, column, value)
        for column, value in self.cells.items():
            setattr(row, column, value)
        return row

    @property
    def constraint(self) -> models.BaseConstraint:
        return next(one for one in self.model._meta.constraints if one.name == self.name)


VIOLATIONS = [
    # publication
    Violation("revision_is_one_row", Revision, {"id": 2}),
    Violation("change_action_known", Change, {"action": "invented"}),
    # competitions
    Violation("sport_one_name_a_language", SportName, {"text": "Another"}),
    Violation("competition_calendar_known", Competition, {"calendar": "weekly"}),
    Violation("competition_slug_long_enough", Competition, {"slug": "sa"}),
    Violation("competition_one_name_a_language", CompetitionName, {"text": "Another"}),
    Violation("competition_alias_once", CompetitionAlias, {}),
    Violation("season_window_in_order", Season, BACKWARDS | {"label": "other"}),
    Violation("season_dates_known", Season, {"dates": "rumoured", "label": "other"}),
    Violation("season_label_once", Season, {}),
    Violation("team_kind_known", Team, {"kind": "robot"}),
    Violation("team_one_name_a_language", TeamName, {"text": "Another"}),
    Violation("team_alias_once", TeamAlias, {}),
    Violation("stage_one_name_a_language", StageName, {"text": "Another"}),
    Violation("stage_alias_once", StageAlias, {}),
    Violation("event_status_known", Event, {"status": "abandoned"}),
    Violation("event_instant_as_precise_as_it_says", Event, {"precision": "day"}),
    Violation("event_instant_as_precise_as_it_says", Event, {"starts_at": None}),
    Violation("event_without_day_is_unknown", Event, {"day": None}),
    Violation("event_without_day_is_unknown", Event, {"precision": "unknown", "starts_at": None}),
    Violation("event_days_in_order", Event, {"last_day": DAY_BEFORE}),
    Violation("event_ends_after_its_start", Event, {"ends_at": NOW}),
    Violation("event_has_sides_or_name", Event, {"home_id": None, "away_id": None}),
    Violation("event_one_name_a_language", EventName, {"text": "Another"}),
    Violation("event_alias_once", EventAlias, {}),
    Violation("event_source_once", EventSource, {}),
    # broadcasters
    *(Violation("country_code_is_iso", Country, {"code": code}) for code in ("UK", "EL", "fr", "F", "F1", "")),
    Violation("broadcaster_kind_known", Broadcaster, {"kind": "pirate"}),
    Violation("broadcaster_status_known", Broadcaster, {"status": "asleep"}),
    Violation("broadcaster_not_its_own_parent", Broadcaster, {"id": 10**6, "parent_id": 10**6}),
    Violation("broadcaster_alias_once", BroadcasterAlias, {}),
    Violation("service_kind_known", Service, {"kind": "radio"}),
    Violation("service_not_its_own_successor", Service, {"id": 10**6, "successor_id": 10**6}),
    Violation("offer_window_in_order", Offer, BACKWARDS),
    Violation("offer_period_known", Offer, {"period": "decade"}),
    Violation("offer_price_not_negative", Offer, {"price": -1}),
    Violation("offer_free_costs_nothing", Offer, {"period": "free", "price": 5}),
    Violation("offer_not_on_top_of_itself", Offer, {"id": 10**6, "requires_id": 10**6}),
    Violation("offer_competition_once", OfferCompetition, {}),
    Violation("offer_bundle_once", OfferBundle, {}),
    Violation("carriage_once", Carriage, {}),
    # rights
    Violation("right_window_in_order", Right, BACKWARDS),
    Violation("right_end_or_reach", Right, {"last_day": DAY, "evidence_reaches": DAY, "first_day": None}),
    Violation("right_end_or_reach", Right, {"last_day": None, "evidence_reaches": None}),
    Violation("right_kind_known", Right, {"kind": "radio"}),
    Violation("right_scope_known", Right, {"scope": "everything"}),
    Violation("right_unit_known", Right, {"matches_unit": "decade"}),
    Violation("right_exclusivity_known", Right, {"exclusivity": "perhaps"}),
    Violation("right_access_known", Right, {"access": "stolen"}),
    Violation("right_claim_known", Right, {"claimed_confidence": "sure"}),
    Violation("right_confidence_known", Right, {"confidence": "sure"}),
    Violation("right_matches_not_more_than_all", Right, {"matches": 11, "matches_of": 10}),
    Violation("right_withdrawn_is_not_published", Right, {"is_published": True, "withdrawn_at": NOW}),
    Violation("right_country_once", RightCountry, {}),
    Violation("right_country_follows_right", RightCountry, {"country_id": "FR", "package": "other"}),
    Violation("right_country_follows_right", RightCountry, {"country_id": "FR", "from_day": DAY}),
    Violation("finding_window_in_order", Finding, BACKWARDS),
    Violation("finding_end_or_reach", Finding, {"last_day": None, "evidence_reaches": None}),
    Violation("finding_kind_known", Finding, {"kind": "rumour"}),
    Violation("finding_country_once", FindingCountry, {}),
    Violation("blackout_window_in_order", Blackout, BACKWARDS),
    Violation("blackout_weekday_exists", Blackout, {"weekday": 8}),
    Violation("blackout_weekday_exists", Blackout, {"weekday": 0}),
    Violation("blackout_times_in_order", Blackout, {"from_time": dt.time(17), "to_time": dt.time(14)}),
    Violation("blackout_times_in_order", Blackout, {"from_time": dt.time(14), "to_time": dt.time(14)}),
    Violation("blackout_times_in_order", Blackout, {"from_time": dt.time(14), "to_time": None}),
    Violation("blackout_times_in_order", Blackout, {"from_time": None, "to_time": dt.time(14)}),
    Violation("right_excludes_within_a_part", Right, {"excludes_others": True}),
    Violation("listing_kind_known", Listing, {"kind": "radio"}),
    Violation("listing_ends_after_its_start", Listing, {"starts_at": NOW, "ends_at": NOW}),
    Violation("evidence_kind_known", Evidence, {"kind": "rumour"}),
    Violation("evidence_of_one_thing", Evidence, {"right_id": None, "finding_id": None, "blackout_id": None}),
    Violation("evidence_of_one_thing", Evidence, {"right_id": 1, "finding_id": 1, "blackout_id": None}),
    # closures
    Violation("closure_evidence_kind_known", ClosureEvidence, {"kind": "rumour"}),
]
# Over the primary key and others, only so that the rows of countries can refer to it; and what another constraint says
# as well, of which the database tells whichever it meets first.
UNBREAKABLE = {"right_copied_columns", "event_precision_known"}
# PostgreSQL's exclusion constraint has tests of its own, in tests/rights/test_overlap.py.
ELSEWHERE = {"right_windows_apart"}


@pytest.fixture
def world(empty_guide: None) -> None:
    """One good row of each table."""
    write(
        *a_league(),
        a_sport(names="it=Sport"),
        a_competition(names="it=Lega", aliases="it=Serie"),
        a_team(names="it=Squadra", aliases="The team"),
        a_team("away-club"),
        a_stage(names="it=Finale", aliases="The final"),
        an_event(names="it=Il derby", aliases="The derby"),
        a_country(),
        a_country("FR"),
        a_broadcaster(aliases="The holder"),
        a_service(),
        an_offer(bundles="Netflix"),
        a_carriage(operator="holder"),
        a_right(),
        a_finding(evidence=[a_page()]),
        a_blackout(),
        a_listing(),
        a_closure(evidence=[a_page()]),
    )
    EventSource.objects.create(event=Event.objects.get(), origin="feed")


def named(model: type[models.Model]) -> set[str]:
    return {constraint.name for constraint in model._meta.constraints}


def our_models() -> list[type[models.Model]]:
    return [model for app in APPS for model in apps.get_app_config(app).get_models(include_auto_created=True)]


def test_no_constraint_is_forgotten_here() -> None:
    every = set[str]().union(*(named(model) for model in our_models()))
    assert every == {violation.name for violation in VIOLATIONS} | UNBREAKABLE | ELSEWHERE


def test_every_choice_of_a_column_binds_the_database() -> None:
    """``choices`` alone bind forms only."""
    for model in our_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.Field) and field.choices and model is not RightCountry:
                checks = [
                    str(constraint.condition)
                    for constraint in model._meta.constraints
                    if isinstance(constraint, models.CheckConstraint)
                ]
                assert any(f"{field.name}__in" in check for check in checks), f"{model.__name__}.{field.name}"


@pytest.mark.parametrize("violation", VIOLATIONS, ids=lambda violation: violation.name)
def test_the_database_refuses_it_from_whoever_skips_the_forms(world: None, violation: Violation) -> None:
    row = violation.row()

    def insert() -> None:
        with transaction.atomic():
            violation.model._default_manager.bulk_create([row])
            connection.check_constraints()

    with pytest.raises(IntegrityError) as error:
        insert()
    if connection.vendor == "postgresql" or isinstance(violation.constraint, models.CheckConstraint):
        assert violation.name in str(error.value)


@pytest.mark.parametrize("violation", VIOLATIONS, ids=lambda violation: violation.name)
def test_a_form_says_it_in_words(world: None, violation: Violation) -> None:
    if isinstance(violation.constraint, CopiedFrom):
        violation.constraint.validate(violation.model, violation.row())  # no form shows these columns
        return
    with pytest.raises(ValidationError) as error:
        violation.constraint.validate(violation.model, violation.row())
    (message,) = error.value.messages
    assert violation.name not in message
    assert "_" not in message
    assert "Constraint" not in message
    assert message[0].isupper()
    assert message.endswith(".")


def test_the_good_row_of_each_table_breaks_nothing(world: None) -> None:
    for model in {violation.model for violation in VIOLATIONS}:
        row = model._default_manager.order_by("pk").first()
        assert row is not None
        row.validate_constraints()
