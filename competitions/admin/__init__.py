"""Editing competitions and seasons, teams, and what is played."""

from competitions.admin.competitions import CompetitionAdmin, SeasonAdmin, SportAdmin
from competitions.admin.events import EventAdmin, StageAdmin
from competitions.admin.teams import TeamAdmin

__all__ = ["CompetitionAdmin", "EventAdmin", "SeasonAdmin", "SportAdmin", "StageAdmin", "TeamAdmin"]
