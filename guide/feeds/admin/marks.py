"""What the lists share: verdicts in words that stand out, spans of time, and a queue that is out of reach."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext
from kombu.exceptions import OperationalError

from guide.feeds.models import Verdict

STYLES = {"all": ("feeds/admin.css",)}


def verdict_mark(verdict: str | None, reason: str | None = "") -> str | SafeString:
    """The verdict in words; the colour says nothing more."""
    if not verdict:
        return gettext("never ran")
    return format_html('<span class="verdict verdict-{}">{}</span> {}', verdict, Verdict(verdict).label, reason or "")


def ago(at: dt.datetime | None) -> str:
    """“3 hours ago”, in the largest unit only."""
    if at is None:
        return gettext("never")
    return gettext("{time} ago").format(time=timesince(at, timezone.now(), depth=1))


def moment(at: dt.datetime) -> str:
    """To the minute, and short enough for a column among many."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


@contextmanager
def queue_told(request: HttpRequest) -> Iterator[None]:
    """Where the queue cannot be reached, the editor is told so."""
    try:
        yield
    except OperationalError:
        said = gettext("The queue of tasks cannot be reached, so nothing will be refreshed. Try again in a while.")
        messages.error(request, said)
