"""Doors for the worker: ids in, one call. What is to be done stands in rows, so a message may be lost or come twice."""

import logging

from celery import Task, shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.utils import timezone

from guide.feeds.models import Feed, Run, Trigger
from guide.feeds.obtaining import FromSnapshot, Source
from guide.feeds.refresh import refresh
from guide.feeds.retention import forget_documents
from guide.feeds.runs import BusyError, close_abandoned
from guide.feeds.sources import source_of

logger = logging.getLogger(__name__)


@shared_task
def sweep() -> None:
    """Each minute: close the runs of the dead, and send out what is due, where the settings let feeds be fetched."""
    now = timezone.now()
    if closed := close_abandoned(now=now):
        logger.warning("abandoned runs closed", extra={"runs": closed})
    if not settings.FEEDS_REFRESH:
        return
    for pk in Feed.objects.due(now).values_list("pk", flat=True):
        refresh_feed.delay(pk)


@shared_task(bind=True, max_retries=20)
def refresh_feed(
    self: "Task[..., None]",
    feed_id: int,
    trigger: str = Trigger.SCHEDULE,
    run_id: int | None = None,
    is_approved: bool = False,
) -> None:
    """Refresh one feed; from the document of an earlier run, where one is named. A second message finds it done, or
    busy.
    """
    feed = Feed.objects.filter(pk=feed_id).first()
    if feed is None:
        return
    if trigger == Trigger.SCHEDULE and not Feed.objects.due(timezone.now()).filter(pk=feed_id).exists():
        return
    source: Source = source_of(feed)
    if run_id is not None:
        run = Run.objects.select_related("snapshot").filter(pk=run_id, feed=feed).first()
        if run is None:
            return
        source = FromSnapshot(run)
    try:
        refresh(feed, source, trigger=Trigger(trigger), is_approved=is_approved)
    except BusyError as busy:
        # What a person has asked for is done once the other run is through; a scheduled one is then no longer due.
        if trigger == Trigger.PERSON:
            raise self.retry(exc=busy, countdown=30) from busy
    except SoftTimeLimitExceeded:
        # The run has been closed as failed, and says why; the next one begins anew.
        logger.warning("refresh took too long", extra={"feed": feed.slug})


@shared_task
def forget() -> None:
    """Each night: let go of documents and rejections that nobody will look at again."""
    forget_documents(now=timezone.now())
