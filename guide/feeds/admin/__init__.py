"""The editors' side of the feeds: what is fetched and when, what came of it, and what waits for a decision."""

from guide.feeds.admin.channels import GuideChannelAdmin
from guide.feeds.admin.feeds import FeedAdmin
from guide.feeds.admin.proposals import ProposalAdmin
from guide.feeds.admin.rejections import RejectionAdmin
from guide.feeds.admin.runs import RunAdmin

__all__ = ["FeedAdmin", "GuideChannelAdmin", "ProposalAdmin", "RejectionAdmin", "RunAdmin"]
