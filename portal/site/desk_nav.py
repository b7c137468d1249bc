"""The navigation of the desk: only what the role may open, with the count of what waits."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from entity.registry import is_set_up
from portal.base import clock
from questions import selectors_desk
from questions.admin import keys, undoing
from questions.live.machine import RUN
from questions.models import Answer
from questions.workflow.machines import APPROVE, ENTER, MODERATE, OWN_OFFICE


@dataclass(frozen=True)
class Entry:
    """One entry: `section` is the beginning of the addresses that belong to it."""

    label: str
    address: str
    section: str
    count: int = 0


def with_navigation(each_context):
    """Wrap the admin's `each_context`: every page of the desk knows its navigation and the day."""

    def context_with_navigation(request):
        context = each_context(request)
        if context["has_permission"]:
            context["desk_nav"] = entries(request, has_apps=bool(context["available_apps"]))
            context["today"] = clock.local_day()
            context["desk_undo"] = undoing.offered(request)
            context["desk_keys"] = keys.keys_of(request)
        return context

    return context_with_navigation


def entries(request, *, has_apps: bool) -> list[Entry]:
    """What this person may open, in the order of the work."""
    user, home = request.user, reverse("admin:index")
    counts = selectors_desk.counts_of(request) if sees_contributions(user) else {}
    found = [Entry(_("Home"), home, "")]
    if counts:
        address = reverse("admin:questions_question_changelist")
        found.append(Entry(_("Contributions"), address, address, waiting(user, counts)))
    if not counts and user.has_perm(ENTER):
        address = reverse("admin:questions_question_enter")
        found.append(Entry(_("Enter a contribution"), address, address))
    if user.has_perm("questions.view_answer"):
        found.append(_answers(user, counts))
    if user.has_perm(RUN):
        found.append(Entry(_("Live"), reverse("console_list"), reverse("console_list")))
    found += [
        Entry(label, reverse(f"admin:{name}_changelist"), reverse(f"admin:{name}_changelist"))
        for permission, name, label in (
            ("accountability.view_commitment", "accountability_commitment", _("Commitments")),
            ("events.view_event", "events_event", _("Events")),
            ("evaluation.view_survey", "evaluation_survey", _("Surveys")),
            ("events.view_contact", "events_contact", _("Directory")),
            ("accountability.view_minutes", "accountability_minutes", _("Minutes")),
        )
        if user.has_perm(permission)
    ]
    if has_apps:
        found.append(Entry(_("Settings"), f"{home}#ajustes", "#"))
    return found


def sees_contributions(user) -> bool:
    """Nobody does before there is an entity: whoever sets it up opens the desk for that."""
    return user.has_perm("questions.view_question") and is_set_up()


def waiting(user, counts) -> int:
    """Contributions that wait for this person, by what the role does with them."""
    if user.has_perm(MODERATE):
        return counts["to_moderate"]
    return counts["por_responder"] if user.has_perm(OWN_OFFICE) else 0


def _answers(user, counts) -> Entry:
    """For the second person those to approve; for the office its drafts."""
    address = reverse("admin:questions_answer_changelist")
    if user.has_perm(APPROVE):
        query = f"?status__exact={Answer.Status.AWAITING_APPROVAL}"
        return Entry(_("Answers"), f"{address}{query}", address, counts.get("to_approve", 0))
    written = counts.get("to_write", 0) if user.has_perm(OWN_OFFICE) else 0
    return Entry(_("Answers"), address, address, written)
