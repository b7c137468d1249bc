"""What the worker does for contributions now and then."""

from datetime import timedelta

from portal.base import ticks
from questions.drafting import forget_draft
from questions.models import Draft
from questions.workflow.answers import publish_scheduled

DRAFT_LIFE = timedelta(days=1)


def purge_drafts(at) -> int:
    """Delete drafts nobody touched for a day, with the files that came with them."""
    old = list(Draft.objects.filter(changed_at__lt=at - DRAFT_LIFE)[:500])
    for draft in old:
        forget_draft(draft)
    return len(old)


ticks.register("purge_drafts", timedelta(minutes=30), purge_drafts)
ticks.register("publish_scheduled", timedelta(seconds=20), publish_scheduled)
