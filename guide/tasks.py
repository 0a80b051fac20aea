"""Tasks of the project itself."""

import datetime as dt

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from celery import shared_task
from django.utils import timezone

from guide.models import Heartbeat
from guide.rights import turning

LOG_INS_KEPT = dt.timedelta(days=30)
"""What is known of log-ins holds visitors' addresses, and is kept no longer than it helps."""


@shared_task
def heartbeat() -> None:
    """Write down that a worker lives. /readyz shows it."""
    Heartbeat.beat(now=timezone.now())


@shared_task
def turn_day() -> None:
    """Write down what time alone has changed."""
    turning.turn_day(now=timezone.now())


@shared_task
def forget_log_ins() -> None:
    """Delete what is on record of log-ins that lie too far back."""
    past = timezone.now() - LOG_INS_KEPT
    for model in (AccessAttempt, AccessFailureLog, AccessLog):
        model.objects.filter(attempt_time__lt=past).delete()
