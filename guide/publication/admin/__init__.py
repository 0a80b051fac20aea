"""The admin's side of publishing: what an editor saves is a published change with the editor's name and reason."""

from guide.publication.admin.filters import WorkFilter
from guide.publication.admin.forms import ReasonForm
from guide.publication.admin.inlines import EvidencePageInline
from guide.publication.admin.log import ChangeAdmin, ReadOnlyAdmin, RevisionAdmin
from guide.publication.admin.published import PublishedAdmin

__all__ = [
    "ChangeAdmin",
    "EvidencePageInline",
    "PublishedAdmin",
    "ReadOnlyAdmin",
    "ReasonForm",
    "RevisionAdmin",
    "WorkFilter",
]
