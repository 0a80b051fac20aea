"""The Celery app. Its settings are the CELERY_ ones of guide/settings.py."""

import os
import warnings
from typing import Any

from celery import Celery
from celery.exceptions import SecurityWarning
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guide.settings")

# Celery warns a worker that runs as root because of messages that carry code. Ours are JSON, and it accepts nothing
# else.
warnings.filterwarnings("ignore", category=SecurityWarning)

app = Celery("guide")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_our_logging(**_: Any) -> None:
    """Celery configures no logging where this signal has a receiver: settings.LOGGING stays in force."""
