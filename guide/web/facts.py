"""The line of facts under a page's sentence: until when, whether it was checked, how sure it is."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from guide.rights.answer import Option
from guide.rights.models import Confidence
from guide.web import formats, words
from guide.web.words import Dots

WEAKEST_FIRST = (Confidence.INFERRED, Confidence.REPORTED, Confidence.CONFIRMED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    text: str
    icon: str = ""


def asked_about(day: dt.date | None) -> str:
    """What a page says where its address names a day; empty where it is about now."""
    return _("This answer is for {day}, by what is on record today.").format(day=formats.long_day(day)) if day else ""


def until(days: set[dt.date | None]) -> str:
    known = sorted(day for day in days if day)
    if not known:
        return _("End not stated")
    if len(days) == 1:
        return _("Until {day}").format(day=formats.long_day(known[0]))
    return _("First known end: {day}").format(day=formats.long_day(known[0]))


def checked(days: Sequence[dt.date | None]) -> Fact:
    known = [day for day in days if day]
    if not known:
        return Fact(text=_("Not checked yet"), icon="clock")
    if len(known) < len(days):
        return Fact(text=_("Not all checked yet"), icon="clock")
    return Fact(text=_("Checked {day}").format(day=formats.long_day(min(known))), icon="check")


def weakest(shown: Sequence[Option]) -> Dots | None:
    """A page is as sure as the weakest of what it says."""
    found = {option.confidence for option in shown}
    return next((words.confidence_dots(level) for level in WEAKEST_FIRST if level in found), None)
