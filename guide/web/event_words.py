"""The words of events: what they and their parts are called."""

from django.utils.translation import gettext as _

from competitions.models import Event


def event_name(event: Event) -> str:
    """Its title in the language in which it was read; of a session also which part of the weekend it is."""
    if not (event.session and event.parent):
        return event.title
    return _("{event}, {session}").format(event=event.title, session=session_name(event.session))


def session_name(session: str) -> str:
    """Sessions are an open list: one without a word here is given as the data have it."""
    return {
        "fp1": _("first practice"),
        "fp2": _("second practice"),
        "fp3": _("third practice"),
        "practice": _("practice"),
        "qualifying": _("qualifying"),
        "qualifying1": _("first qualifying"),
        "qualifying2": _("second qualifying"),
        "sprint-qualifying": _("sprint qualifying"),
        "sprint": _("sprint"),
        "warmup": _("warm-up"),
        "race": _("race"),
    }.get(session, session.replace("-", " "))
