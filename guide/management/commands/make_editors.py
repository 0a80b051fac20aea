"""``manage.py make_editors``: the group of those who edit the guide and nothing else."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand
from django.db import models

from guide.feeds.models import Feed, GuideChannel, Proposal, Rejection, Run
from guide.publication.admin import PublishedAdmin
from guide.publication.models import Change, Revision

NAME = "Editors"


class Command(BaseCommand):
    help = "Make the group “Editors”, or give it the permissions that this version needs. Its members stay."

    def handle(self, *args: Any, **options: Any) -> None:
        group, _made = Group.objects.get_or_create(name=NAME)
        group.permissions.set(permissions())
        self.stdout.write(
            f"The group “{NAME}” may view, add and change every public table and the feeds. To let somebody in, "
            "give a user “staff status” and this group in the admin."
        )


def permissions() -> list[Permission]:
    """Rows are viewed, added, changed; only what hangs on a row is deleted. No users, no logs but the public one."""
    wanted = set(_wanted())
    all_of_them = Permission.objects.select_related("content_type")
    return [one for one in all_of_them if (one.content_type.app_label, one.codename) in wanted]


def _wanted() -> Iterator[tuple[str, str]]:
    for model, options in admin.site._registry.items():
        if isinstance(options, PublishedAdmin):
            yield from _named(model, "view", "add", "change")
            for inline in options.inlines:
                yield from _named(inline.model, "view", "add", "change", "delete")
    for log in (Change, Revision, Rejection):
        yield from _named(log, "view")
    # A feed is switched off rather than deleted; runs and proposals are changed by deciding about them, and channels of
    # guides by saying which service they are.
    yield from _named(Feed, "view", "add", "change")
    for decided in (Run, Proposal, GuideChannel):
        yield from _named(decided, "view", "change")


def _named(model: type[models.Model], *actions: str) -> Iterator[tuple[str, str]]:
    for action in actions:
        yield model._meta.app_label, f"{action}_{model._meta.model_name}"
