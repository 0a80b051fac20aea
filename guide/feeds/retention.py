"""How long documents and runs are kept."""

import datetime as dt

from django.db.models import Max

from guide.feeds.models import GOOD, Rejection, Run, Snapshot, Verdict

DOCUMENTS_KEPT = dt.timedelta(days=30)
RUNS_KEPT = dt.timedelta(days=400)


def forget_documents(*, now: dt.datetime) -> int:
    """Delete documents of which no run is younger than :data:`DOCUMENTS_KEPT`, except those in force and those held,
    and runs and their rejections after :data:`RUNS_KEPT`. The number of documents.
    """
    in_force = Run.objects.filter(verdict__in=GOOD, snapshot__isnull=False).values("feed").annotate(last=Max("id"))
    kept = Run.objects.filter(pk__in=in_force.values("last"))
    held = Run.objects.filter(verdict=Verdict.HELD)
    young = Run.objects.filter(started_at__gte=now - DOCUMENTS_KEPT)
    old = Snapshot.objects.exclude(runs__in=kept).exclude(runs__in=held).exclude(runs__in=young)
    number, _ = old.delete()
    past = Run.objects.filter(started_at__lt=now - RUNS_KEPT).exclude(pk__in=in_force.values("last"))
    Rejection.objects.filter(run__in=past).delete()
    past.delete()
    return number
