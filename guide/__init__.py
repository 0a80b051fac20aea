"""The guide: the Django project, and what ties the two catalogues together."""

from guide.celery import app as celery_app

# Imported here so that @shared_task finds this app in every process, the web server's too.
__all__ = ["celery_app"]
