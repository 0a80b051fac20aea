"""Fixtures of this folder: an editor who has what editors have, and a superuser."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command

from tests.admin.editing import Editor
from tests.factories import a_listing, a_stage, a_team, an_event, write
from tests.stored import empty_guide

__all__ = ["empty_guide"]


@pytest.fixture
def editor(bundled_data: None) -> Editor:
    """Mona, who may do what the group of editors may."""
    call_command("make_editors", stdout=StringIO())
    mona = User.objects.create_user("mona", is_staff=True)
    mona.groups.add(Group.objects.get(name="Editors"))
    return Editor.logged_in(mona)


@pytest.fixture
def superuser(bundled_data: None) -> Editor:
    return Editor.logged_in(User.objects.create_superuser("root"))


@pytest.fixture
def match(bundled_data: None) -> None:
    """A match of two clubs in the final of Serie A 2026-27, listed in Spain, beside the bundled data."""
    season = "serie-a--2026-27"
    clubs = [a_team("alpha-club", sport="football", aliases="Alfa"), a_team("beta-club", sport="football")]
    stage = a_stage("Final", season=season)
    event = an_event("alpha-club", "beta-club", season=season, stage=stage.key)
    write(*clubs, stage, event, a_listing(event=event.key, service="dazn-1-es", country="ES"))
