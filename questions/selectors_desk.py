"""The saved views of the list of contributions, and how much waits in each for whom."""

from django.db.models import Count, Min, Q
from django.utils.translation import gettext_lazy as _

from entity.registry import working_calendar
from portal.base import clock
from questions.models import Answer, Clarification, Question
from questions.selectors_staff import (
    AWAITING,
    UNREVIEWED,
    WITHOUT_OFFICE,
    due_soon,
    late,
)
from questions.workflow.machines import APPROVE, MODERATE, OWN_OFFICE

S, A = Question.Status, Answer.Status

LABELS = {
    "por-revisar": _("To review"),
    "sin-oficina": _("Without office"),
    "por-responder": _("To answer"),
    "por-vencer": _("Due soon"),
    "atrasadas": _("Late"),
    "por-aprobar": _("To approve"),
    "por-desistir": _("To lapse"),
    "por-archivar": _("To archive"),
    "abiertas": _("Open"),
    "todas": _("All"),
}
# Who works with a view; one without an entry is for everybody who sees the list.
FOR = {
    "por-revisar": (MODERATE,),
    "sin-oficina": (MODERATE,),
    "por-responder": (OWN_OFFICE,),
    "por-aprobar": (MODERATE, APPROVE, OWN_OFFICE),
    "por-desistir": (MODERATE,),
    "por-archivar": (MODERATE, APPROVE),
}
IN_WORK = Answer.objects.filter(status__in=A.IN_WORK)
TO_ARCHIVE = Q(status=S.RECEIVED) & ~Q(archive_proposal="")


def to_lapse(today) -> Q:
    """The author's month, or both, are over and nothing came."""
    asked = Clarification.objects.filter(replied_at__isnull=True)
    over, pending = asked.filter(reply_by__lt=today), asked.filter(reply_by__gte=today)
    return Q(status=S.NEEDS_CLARIFICATION) & _having(over) & ~_having(pending)


def views(today) -> dict[str, Q]:
    """The saved views of the list, by the word in the address."""
    return {
        "por-revisar": UNREVIEWED,
        "por-responder": Q(status=S.ASSIGNED) & ~_having(_sent()),
        "sin-oficina": WITHOUT_OFFICE,
        "por-vencer": due_soon(today),
        "atrasadas": late(today),
        "por-aprobar": AWAITING,
        "por-desistir": to_lapse(today),
        "por-archivar": TO_ARCHIVE,
        "abiertas": Q(status__in=S.OPEN),
        "todas": Q(),
    }


def first_view(user) -> str:
    """The view that a role begins with: what waits for it."""
    if user.has_perm(MODERATE):
        return "por-revisar"
    return "por-aprobar" if user.has_perm(APPROVE) else "abiertas"


def tabs(user, counted: dict, shown: str) -> list[dict]:
    """The views that this person works with, and the one that is shown, with their counts."""
    return [
        {"name": name, "label": label, "count": counted[name.replace("-", "_")]}
        for name, label in LABELS.items()
        if name == shown or is_for(user, name)
    ]


def is_for(user, name: str) -> bool:
    """Whether this person works with a view. Who follows a link to another one sees it too."""
    return name not in FOR or any(user.has_perm(permission) for permission in FOR[name])


def counts(user, at=None) -> dict:
    """How much there is in every view, and what waits for this person; one query."""
    today = clock.local_day(at)
    named = {name.replace("-", "_"): Count("pk", filter=q) for name, q in views(today).items()}
    return Question.objects.visible_to(user).aggregate(
        **named,
        waiting_long=Count("pk", filter=UNREVIEWED & Q(filed_on__lt=_yesterday(today))),
        due_today=Count("pk", filter=Q(status__in=S.RUNNING, due_on=today)),
        oldest_late=Min("due_on", filter=late(today)),
        to_moderate=Count("pk", filter=UNREVIEWED | WITHOUT_OFFICE),
        to_write=Count("pk", filter=_having(IN_WORK.filter(status=A.DRAFT))),
        to_approve=Count("pk", filter=_having(_for_second_person(user))),
        to_sign=Count("pk", filter=TO_ARCHIVE & ~Q(archive_proposed_by=user)),
    )


def counts_of(request) -> dict:
    """The counts of whoever asks, read once for a page: its frame and its content show them."""
    if not hasattr(request, "desk_counts"):
        request.desk_counts = counts(request.user)
    return request.desk_counts


def _yesterday(today):
    return working_calendar().add(today, -1)


def _having(rows) -> Q:
    """Contributions with one of these rows: looked up once, not for each of 10,000."""
    return Q(pk__in=rows.order_by().values("question"))


def _sent():
    """The office wrote it already; it waits for somebody else."""
    return IN_WORK.exclude(status=A.DRAFT)


def _for_second_person(user):
    return IN_WORK.filter(status=A.AWAITING_APPROVAL).not_written_by(user)
