"""What the worker does for contributions now and then."""

from datetime import timedelta

from portal.base import ticks, versions
from questions import imports, voices
from questions.drafting import forget_draft
from questions.mailbox.reading import read_regularly
from questions.models import Draft, Question
from questions.notifications_staff import tell_morning
from questions.workflow import leases
from questions.workflow.answers import publish_scheduled
from questions.workflow.clocks import recount_terms
from questions.workflow.undo import forget_old

DRAFT_LIFE = timedelta(days=1)
COUNTS_EVERY = timedelta(seconds=10)


def purge_drafts(at) -> int:
    """Delete drafts nobody touched for a day, with the files that came with them."""
    old = list(Draft.objects.filter(changed_at__lt=at - DRAFT_LIFE)[:500])
    for draft in old:
        forget_draft(draft)
    return len(old)


def show_new_counts(at) -> int:
    """Move the versions of events that got contributions or voices: their pages count them.

    Not done at filing or at a press of a button, so that a flood of them does not make every page
    new each time.
    """
    since = at - 3 * COUNTS_EVERY
    newest = Question.objects.order_by("-number").values_list("event__slug", "submitted_at")[:500]
    changed = {slug for slug, came in newest if slug and came >= since}
    changed |= voices.events_heard(since)
    if changed:
        versions.content_changed(*filter(None, changed))
    return len(changed)


ticks.register("show_new_counts", COUNTS_EVERY, show_new_counts)
ticks.register("purge_drafts", timedelta(minutes=30), purge_drafts)
ticks.register("purge_imports", timedelta(minutes=30), imports.purge)
ticks.register("publish_scheduled", timedelta(seconds=20), publish_scheduled)
ticks.register("recount_terms", timedelta(seconds=30), recount_terms)
ticks.register("tell_morning", timedelta(minutes=5), tell_morning)
ticks.register("read_mailbox", timedelta(minutes=1), read_regularly)
ticks.register("forget_old_undo_steps", timedelta(minutes=5), forget_old)
ticks.register("forget_old_leases", timedelta(minutes=5), leases.forget_old)
