"""What the worker does for contributions now and then."""

from datetime import timedelta

from portal.base import ticks, versions
from questions.drafting import forget_draft
from questions.models import Draft, Question
from questions.workflow.answers import publish_scheduled
from questions.workflow.clocks import recount_terms

DRAFT_LIFE = timedelta(days=1)
COUNTS_EVERY = timedelta(seconds=10)


def purge_drafts(at) -> int:
    """Delete drafts nobody touched for a day, with the files that came with them."""
    old = list(Draft.objects.filter(changed_at__lt=at - DRAFT_LIFE)[:500])
    for draft in old:
        forget_draft(draft)
    return len(old)


def show_new_counts(at) -> int:
    """Move the versions of events that got contributions: their pages count what was received.

    Not done at filing, so that a flood of submissions does not make every page new each time.
    """
    newest = Question.objects.order_by("-number").values_list("event__slug", "submitted_at")[:500]
    slugs = {slug for slug, came in newest if slug and came >= at - 3 * COUNTS_EVERY}
    if slugs:
        versions.content_changed(*slugs)
    return len(slugs)


ticks.register("show_new_counts", COUNTS_EVERY, show_new_counts)
ticks.register("purge_drafts", timedelta(minutes=30), purge_drafts)
ticks.register("publish_scheduled", timedelta(seconds=20), publish_scheduled)
ticks.register("recount_terms", timedelta(seconds=30), recount_terms)
