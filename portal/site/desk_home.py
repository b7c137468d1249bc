"""The home of the desk: six numbers that are links, the deadlines of the week, the next event."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accountability.models import Commitment
from entity.registry import is_set_up, working_calendar
from events import schedule
from events.convocation import checklist
from events.convocation import workflow as convocation
from portal.base import clock
from portal.base.dates import day_month
from portal.base.models import OutgoingMail
from portal.site.desk_nav import sees_contributions
from questions import selectors_desk, selectors_staff, terms
from questions.models import Answer, Question
from questions.workflow.machines import APPROVE, MODERATE, OWN_OFFICE

SILENT_DAYS = 60


@dataclass(frozen=True)
class Card:
    """A number that opens its list. `tone` is "", "sobre" (look at it) or "mal" (late)."""

    number: str
    label: str
    note: str
    address: str
    tone: str = ""
    glyph: str = ""


def with_home(index):
    """Wrap the admin's `index` with what waits for whoever opens it."""

    def index_with_home(request, extra_context=None):
        return index(request, {**home(request), **(extra_context or {})})

    return index_with_home


def home(request) -> dict:
    """What the home page shows, in a constant number of queries; an office sees its own."""
    user, event = request.user, None
    if not is_set_up():
        return {"first_step": user.has_perm("entity.add_entity")}
    if user.has_perm("events.view_event"):
        event = schedule.event_in_focus()
    context = {"event": event, "days_left": schedule.days_left(event) if event else None}
    cards = []
    if sees_contributions(user):
        counts = selectors_desk.counts_of(request)
        cards += contribution_cards(user, counts)
        context |= {
            "week": [week_row(user, question) for question in selectors_staff.week(user)],
            "office_work": (work := selectors_staff.office_work(user)),
            "own_offices": _own_offices(user, work),
            "list_address": reverse("admin:questions_question_changelist"),
            "is_next": user.has_perm(MODERATE) and counts["por_revisar"],
        }
    if user.has_perm("accountability.view_commitment"):
        cards += commitment_cards(user)
    if user.has_perm("base.view_outgoingmail"):
        cards.append(mail_card())
    if event:
        cards.append(event_card(event))
    if event and user.has_perm(convocation.SEE):
        cards.append(tasks_card(event))
    return {**context, "cards": cards}


def _own_offices(user, work) -> set[int]:
    """Which offices of the table are this person's. Who sees no others needs no query for it."""
    if user.has_perm("questions.view_all_questions"):
        return selectors_staff.own_offices(user) if user.has_perm(OWN_OFFICE) else set()
    return {row["office"].pk for row in work}


def contribution_cards(user, counts) -> list[Card]:
    address = reverse("admin:questions_question_changelist")
    due_today = ngettext("%(n)s is due today", "%(n)s are due today", counts["due_today"])
    waiting = ngettext(
        "%(n)s waits longer than a working day",
        "%(n)s wait longer than a working day",
        counts["waiting_long"],
    )
    cards = {
        "por-revisar": _card(
            counts["por_revisar"], _("To review"), f"{address}?vista=por-revisar",
            waiting % {"n": counts["waiting_long"]}, worrying=counts["waiting_long"],
        ),
        "por-responder": _card(
            counts["por_responder"], _("To answer"), f"{address}?vista=por-responder",
            _("Your office writes the answer"),
        ),
        "por-vencer": _card(
            counts["por_vencer"], _("Due this week"), f"{address}?vista=por-vencer",
            due_today % {"n": counts["due_today"]}, worrying=counts["due_today"],
        ),
        "atrasadas": late_card(counts, address),
        "por-aprobar": _card(
            counts["por_aprobar"], _("Waiting for approval"), f"{address}?vista=por-aprobar",
            _approval_note(user, counts),
        ),
        "por-archivar": _card(
            counts["por_archivar"], _("Proposed to archive"), f"{address}?vista=por-archivar",
            _signing_note(user, counts), worrying=user.has_perm(APPROVE) and counts["to_sign"],
        ),
    }  # fmt: skip
    return [card for view, card in cards.items() if selectors_desk.is_for(user, view)]


def _signing_note(user, counts) -> str:
    if not user.has_perm(APPROVE):
        return _("A second person decides")
    words = ngettext(
        "%(n)s waits for your decision", "%(n)s wait for your decision", counts["to_sign"]
    )
    return words % {"n": counts["to_sign"]}


def _approval_note(user, counts) -> str:
    if not user.has_perm(APPROVE):
        return _("A second person publishes them")
    return ngettext(
        "%(n)s can be approved by you", "%(n)s can be approved by you", counts["to_approve"]
    ) % {"n": counts["to_approve"]}


def _card(number, label, address, note, *, worrying=0) -> Card:
    tone, glyph = ("sobre", "state-waiting") if worrying else ("", "")
    return Card(str(number), label, note, address, tone, glyph)


def late_card(counts, address) -> Card:
    address = f"{address}?vista=atrasadas"
    if not counts["atrasadas"]:
        return Card("0", _("Late"), _("Nothing is late"), address)
    left = terms.days_left(counts["oldest_late"], clock.local_day(), working_calendar())
    note = ngettext(
        "The oldest, since %(n)s working day", "The oldest, since %(n)s working days", -left
    ) % {"n": -left}
    return Card(str(counts["atrasadas"]), _("Late"), note, address, "mal", "state-late")


def commitment_cards(user) -> list[Card]:
    """Unfinished commitments that said nothing for 60 days, and those to check, if any."""
    since = selectors_staff.days_ago(SILENT_DAYS)
    unheard = Q(last_update_on__isnull=True, event__starts_at__date__lt=since)
    running = Commitment.objects.visible_to(user).unfinished()
    today, old = clock.local_day(), Q(last_update_on__lt=since)
    counts = running.aggregate(
        silent=Count("pk", filter=old | unheard),
        to_check=Count("pk", filter=Q(next_check_on__lte=today)),
    )
    silent, to_check = counts["silent"], counts["to_check"]
    address = reverse("admin:accountability_commitment_changelist")
    note = _("More than 60 days without a published update")
    cards = [_card(silent, _("Commitments without news"), address, note, worrying=silent)]
    if to_check:
        label, note = _("Commitments to check"), _("The day that was set for it has come")
        cards.append(_card(to_check, label, f"{address}?revision=hoy", note, worrying=to_check))
    return cards


def mail_card() -> Card:
    """Messages that were given up: somebody must look at the address or at the mail server."""
    failed = OutgoingMail.objects.filter(status=OutgoingMail.Status.FAILED).count()
    address = f"{reverse('admin:base_outgoingmail_changelist')}?status__exact=failed"
    note = _("They were tried and given up") if failed else _("All could be sent so far")
    return _card(failed, _("Messages not sent"), address, note, worrying=failed)


def event_card(event) -> Card:
    """The day of the event in focus, and how far it is."""
    left = schedule.days_left(event)
    note = event.get_status_display()
    if left > 0:
        note = ngettext("In %(n)s day", "In %(n)s days", left) % {"n": left}
    elif left == 0:
        note = _("It is today")
    day = clock.local_day(event.starts_at)
    address = reverse("admin:events_event_change", args=[event.pk])
    return Card(str(day.day), _("Event of %(day)s") % {"day": day_month(day)}, note, address)


def tasks_card(event) -> Card:
    """How much of the list of the event in focus is done."""
    done, total = checklist.counts_of(event)
    address = reverse("admin:events_event_convocation", args=[event.pk])
    note = _("%(done)s of %(total)s tasks done") % {"done": done, "total": total}
    return _card(done, _("Tasks of the event"), address, note)


def week_row(user, question) -> dict:
    """A deadline with the one thing that this person does about it."""
    label, address = next_step(user, question)
    return {
        "question": question,
        "light": selectors_staff.light(question),
        "state": selectors_staff.desk_state(question, question.answer_status),
        "label": label,
        "address": address,
    }


def next_step(user, question) -> tuple[str, str]:
    """Approve what another person drafted, review what is new, answer what one's office has."""
    review = reverse("admin:questions_question_change", args=[question.pk])
    waiting = question.answer_status == Answer.Status.AWAITING_APPROVAL
    if waiting and user.has_perm(APPROVE) and question.answer_drafter != user.pk:
        answer = reverse("admin:questions_answer_change", args=[question.answer_id])
        return pgettext("what to do", "Approve"), answer
    if user.has_perm(MODERATE) and question.visibility == Question.Visibility.UNMODERATED:
        return pgettext("what to do", "Review"), review
    is_to_write = question.answer_status in (None, Answer.Status.DRAFT)
    assigned = question.status == Question.Status.ASSIGNED
    if is_to_write and assigned and user.has_perm(OWN_OFFICE):
        write = reverse("admin:questions_answer_write", args=[question.pk])
        return pgettext("what to do", "Answer"), write
    return pgettext("what to do", "Open"), review
