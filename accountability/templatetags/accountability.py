"""What other rooms' pages show of the archive."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from accountability import figures, record, selectors, session, status
from accountability.commitments.selectors import LastBalance
from accountability.models import Commitment, FrozenMatrix, Minutes, SessionRecord
from portal.base import clock
from portal.base.dates import day_month
from portal.base.templatetags.portal import at_second

register = template.Library()


@register.simple_tag
def event_record(page):
    """The record of a past event: `{% event_record page as record %}`. Read when it is asked."""
    return record.EventRecord(page)


@register.simple_tag
def record_trail(event):
    """The way to the page of a past event: archive, its year, its day."""
    year = clock.local_day(event.starts_at).year
    return [
        (_("Archive"), reverse("events")),
        (year, reverse("events_year", kwargs={"year": year})),
        (day_month(event.starts_at), ""),
    ]


@register.simple_tag
def archive_trail(year=None):
    """The way to the archive, or to one of its years."""
    return [(_("Archive"), reverse("events")), (year, "")] if year else [(_("Archive"), "")]


@register.inclusion_tag("accountability/balance_block.html")
def commitments_balance():
    """How many of all commitments were fulfilled, their bar and the way to them; one query."""
    return {"balance": figures.balance(Commitment.objects.public())}


@register.inclusion_tag("accountability/last_balance.html")
def last_balance(event):
    """What became of the commitments of the event that was held before this one; two queries."""
    shown = LastBalance(event)
    return {"event": event, "before": shown.before, "balance": shown.balance}


@register.inclusion_tag("accountability/session_record.html")
def session_record(event):
    """What became of the questions of a session, and the way to its lines; one query, or none."""
    return {"event": event, "outcome": session.outcome_of(event)}


@register.inclusion_tag("accountability/archive_links.html")
def archive_links(event):
    """The ways to what was kept of a held event: frozen matrix and package; one query."""
    kept = FrozenMatrix.objects.filter(
        record__in=SessionRecord.objects.public(), record__event=event
    )
    return {"event": event, "has_matrix": kept.exists()}


@register.inclusion_tag("accountability/figures.html")
def event_figures(event):
    """The four figures of an event: people, received, answered in term, commitments."""
    return {"figures": record.EventFigures(event)}


@register.inclusion_tag("accountability/archive_years.html")
def archive_years(years):
    """The archive: years, and one row with its numbers for each event; three queries."""
    return {"years": record.archive_rows(years)}


@register.simple_tag
def events_with_minutes():
    """The ids of the events whose minutes are published; one query."""
    return set(Minutes.objects.public().values_list("event_id", flat=True))


@register.inclusion_tag("accountability/question_commitments.html")
def question_commitments(question):
    """The commitments that a contribution led to; two queries."""
    made = Commitment.objects.public().filter(question=question).select_related("office", "event")
    return {"rows": [selectors.row(c) for c in made.prefetch_related("date_changes")]}


@register.simple_tag
def question_moment(question):
    """The recording at the second in which a contribution was answered; a query for those only."""
    if question.live_second is None or question.event_id is None:
        return ""
    records = SessionRecord.objects.public().filter(event=question.event_id)
    record = records.select_related("event").first()
    return at_second(record.recording_address, question.live_second) if record else ""


@register.simple_tag
def commitment_status(commitment):
    """Label, sentence, glyph and tone of a commitment now."""
    return status.commitment_status(commitment)
