"""One event as an entry of a calendar: VEVENT of RFC 5545."""

import datetime as dt

from django.conf import settings
from django.utils.text import slugify
from icalendar import Event as Entry

from competitions.models import Event, EventStatus
from guide.rights.answer import Answer
from guide.web.event_words import event_name
from guide.web.files import printable
from guide.web.ical import texts
from guide.web.ical.editions import Edition
from guide.web.lengths import end_of

STATUS = {
    EventStatus.SCHEDULED: "CONFIRMED",
    EventStatus.FINISHED: "CONFIRMED",
    EventStatus.POSTPONED: "TENTATIVE",
    EventStatus.SUSPENDED: "TENTATIVE",
    EventStatus.CANCELLED: "CANCELLED",
}
DAY = dt.timedelta(days=1)


def uid(identifier: str) -> str:
    """The name under which calendars know an entry for ever: it depends on no host and on no time."""
    return f"{identifier}@{slugify(settings.SITE_NAME) or 'shown'}"


def entry_of(answer: Answer, event: Event, edition: Edition, *, url: str) -> Entry:
    """The event of the answer. ``url`` is the page that says more.

    What has an exact time stands at it; what lasts for days, and what has no certain time yet, stands on its days and
    takes no time away. A start that is called off stays and says so.
    """
    days = texts.spans(event)
    status = STATUS[EventStatus(event.status)]
    if days and texts.is_vague(event) and status == "CONFIRMED":
        status = "TENTATIVE"
    lines = [texts.subject(event), texts.about_time(event), *texts.who_shows(answer), url]
    return entry(
        uid(event.public_id),
        edition,
        summary=event_name(event),
        days=days,
        instants=(event.starts_at, end_of(event, event.starts_at)) if event.starts_at else None,
        status=status,
        category=str(getattr(event, "sport_name", event.season.competition.sport.name)),
        location=event.venue,
        lines=lines,
        url=url,
    )


def entry(
    identifier: str,
    edition: Edition,
    *,
    summary: str,
    days: tuple[dt.date, dt.date] | None,
    instants: tuple[dt.datetime, dt.datetime] | None = None,
    status: str,
    category: str,
    location: str = "",
    lines: list[str],
    url: str,
) -> Entry:
    """Whole days, both included, or instants where there are none. Nothing in it comes from the clock."""
    found = Entry()
    found.add("uid", identifier)
    found.add("sequence", edition.sequence)
    found.add("dtstamp", edition.changed_at)
    found.add("last-modified", edition.changed_at)
    if days:
        first, last = days
        found.add("dtstart", first)
        # The end of whole days is the day after the last.
        found.add("dtend", last + DAY)
    elif instants:
        for name, instant in zip(("dtstart", "dtend"), instants, strict=True):
            found.add(name, instant.astimezone(dt.UTC))
    found.add("summary", printable(summary))
    found.add("status", status)
    found.add("transp", "TRANSPARENT" if days or status == "CANCELLED" else "OPAQUE")
    found.add("categories", [printable(category)])
    if location:
        found.add("location", printable(location))
    found.add("description", "\n".join(printable(line) for line in lines if line))
    found.add("url", url)
    return found
