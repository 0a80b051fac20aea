"""Tasks of the project itself."""

from celery import shared_task
from django.utils import timezone

from guide.models import Heartbeat


@shared_task
def heartbeat() -> None:
    """Write down that a worker lives. /readyz shows it."""
    Heartbeat.beat(now=timezone.now())
