"""Evidence beside the row that it is evidence of."""

from typing import Any

from django.contrib import admin


class EvidencePageInline(admin.StackedInline[Any, Any]):
    extra = 0
    verbose_name_plural = "evidence: the pages that say so, newest first"
    fields = (("kind", "publisher"), "title", "url", ("published_on", "seen_on", "position"))
