"""What monitoring asks. /healthz: this process lives. /readyz: it can answer, and how the worker does."""

import datetime as dt
from typing import Any

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from guide.models import LATE_AFTER, Heartbeat


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "alive"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    try:
        if not is_migrated():
            return JsonResponse({"status": "not ready", "database": "migrations are missing"}, status=503)
        last = Heartbeat.last()
    except Error:
        return JsonResponse({"status": "not ready", "database": "does not answer"}, status=503)
    # Reading goes on without a worker, so a silent one is shown and makes nothing unready.
    return JsonResponse({"status": "ready", "database": "ready", "worker": worker_state(last, now=timezone.now())})


def is_migrated() -> bool:
    """Whether every migration of this code is applied."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def worker_state(last: dt.datetime | None, *, now: dt.datetime) -> dict[str, Any]:
    if last is None:
        return {"status": "never seen", "last_seen": None}
    return {
        "status": "alive" if now - last < LATE_AFTER else "silent",
        "last_seen": last.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
    }
