"""Editing rights, findings, blackouts and offers: what ties the two catalogues."""

from guide.rights.admin.findings import BlackoutAdmin, FindingAdmin
from guide.rights.admin.listings import ListingAdmin
from guide.rights.admin.offers import OfferAdmin
from guide.rights.admin.rights import RightAdmin

__all__ = ["BlackoutAdmin", "FindingAdmin", "ListingAdmin", "OfferAdmin", "RightAdmin"]
