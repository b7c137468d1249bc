"""The one place that says in words how a commitment goes: board, page, record and admin."""

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from accountability.models import Commitment
from entity.registry import working_calendar
from portal.base import clock
from portal.base.dates import long_day
from questions.status import PublicStatus, time_left
from questions.terms import days_left

S = Commitment.Status
QUIET_DAYS = 60


class Standing(models.TextChoices):
    """How a commitment stands on a day: its state, and "late" when the day has passed.

    The values are the words of the public address (`?estado=vencidos`).
    """

    FULFILLED = "cumplidos", pgettext_lazy("commitments", "Fulfilled")
    IN_PROGRESS = "en-ejecucion", pgettext_lazy("commitments", "In progress")
    LATE = "vencidos", pgettext_lazy("commitments", "Late")
    PENDING = "sin-iniciar", pgettext_lazy("commitments", "Not begun")
    PARTLY_FULFILLED = "cumplidos-en-parte", pgettext_lazy("commitments", "Partly fulfilled")
    WITHDRAWN = "retirados", pgettext_lazy("commitments", "Withdrawn")


OF_STATUS = {
    S.PENDING: Standing.PENDING,
    S.IN_PROGRESS: Standing.IN_PROGRESS,
    S.FULFILLED: Standing.FULFILLED,
    S.PARTLY_FULFILLED: Standing.PARTLY_FULFILLED,
    S.WITHDRAWN: Standing.WITHDRAWN,
}
GLYPHS = {
    Standing.FULFILLED: ("state-ok", "ok"),
    Standing.IN_PROGRESS: ("state-progress", "curso"),
    Standing.LATE: ("state-late", "alerta"),
    Standing.PENDING: ("state-none", ""),
    Standing.PARTLY_FULFILLED: ("state-progress", "espera"),
    Standing.WITHDRAWN: ("state-none", ""),
}


def is_late(commitment: Commitment, at=None) -> bool:
    """Unfinished after its present date. Nobody chooses it."""
    return commitment.status in S.UNFINISHED and commitment.due_on < clock.local_day(at)


def standing(commitment: Commitment, at=None) -> Standing:
    """Where a public commitment stands at an instant."""
    return Standing.LATE if is_late(commitment, at) else OF_STATUS[commitment.status]


def commitment_status(commitment: Commitment, at=None) -> PublicStatus:
    """Label, sentence, glyph and tone. Prefetch `date_changes` where many are shown."""
    if commitment.status == S.DRAFT:
        return PublicStatus(str(S.DRAFT.label), "", "state-none", "")
    now = standing(commitment, at)
    glyph, tone = GLYPHS[now]
    sentence = _sentence(commitment, now, at)
    return PublicStatus(_label(commitment, now), sentence, glyph, tone, now == Standing.LATE)


def _label(commitment, now) -> str:
    if now == Standing.LATE:
        return _("Overdue")
    if now == Standing.FULFILLED and commitment.closed_on > commitment.due_on:
        return _("Fulfilled late")
    return str(commitment.get_status_display())


def _sentence(commitment, now, at) -> str:
    if now == Standing.FULFILLED:
        parts = [_fulfilled(commitment)]
    elif now in (Standing.PARTLY_FULFILLED, Standing.WITHDRAWN):
        closed = _("It ended on %(date)s.") % {"date": long_day(commitment.closed_on)}
        return f"{closed} {commitment.status_reason}".strip()
    else:
        parts = [_running(commitment, now, at)]
    return " ".join([*parts, *_rescheduled(commitment)])


def _running(commitment, now, at) -> str:
    words = {"date": long_day(commitment.due_on), "days": days_words(commitment, at)}
    if now == Standing.LATE:
        return _("It was due on %(date)s, %(days)s.") % words
    return _("It is due on %(date)s, %(days)s.") % words


def _fulfilled(commitment) -> str:
    return _("On %(date)s, %(days)s.") % {
        "date": long_day(commitment.closed_on),
        "days": days_words(commitment),
    }


def _rescheduled(commitment) -> list[str]:
    times = len(commitment.date_changes.all())
    if not times:
        return []
    words = ngettext("The date changed once.", "The date changed %(n)s times.", times)
    return [words % {"n": times}]


def _margin(commitment) -> int:
    """Working days between the end and the present date; negative when it ended after it."""
    return days_left(commitment.due_on, commitment.closed_on, working_calendar())


def days_words(commitment: Commitment, at=None) -> str:
    """The deadline in working days: left, ago, or how long before or after it ended.

    Days off between two days make the number zero; then the order of the days decides.
    """
    if commitment.status in S.UNFINISHED:
        return _running_words(commitment.due_on, clock.local_day(at))
    return _margin_words(commitment) if commitment.status == S.FULFILLED else ""


def _running_words(due_on: date, today: date) -> str:
    left = days_left(due_on, today, working_calendar())
    if due_on < today:
        return (
            ngettext("%(n)s working day ago", "%(n)s working days ago", -left) % {"n": -left}
            if left
            else _("on the last working day")
        )
    if left or due_on == today:
        return time_left(left)
    return _("no working days left")


def _margin_words(commitment) -> str:
    days, early = _margin(commitment), commitment.closed_on < commitment.due_on
    if days > 0:
        return ngettext(
            "%(n)s working day before the date", "%(n)s working days before the date", days
        ) % {"n": days}
    if days < 0:
        return ngettext(
            "%(n)s working day after the date", "%(n)s working days after the date", -days
        ) % {"n": -days}
    if commitment.closed_on == commitment.due_on:
        return _("on the date itself")
    return _("just before the date") if early else _("just after the date")


def quiet_since(commitment: Commitment, at=None) -> date | None:
    """The day of the last news of an unfinished commitment, once 60 days went by without any."""
    if commitment.status not in S.UNFINISHED:
        return None
    last = commitment.last_update_on or clock.local_day(commitment.event.starts_at)
    return last if clock.local_day(at) - last >= timedelta(days=QUIET_DAYS) else None
