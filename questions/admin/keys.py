"""The keys of the desk: which ones a page has, and the switch that each person has for them.

A key never does what no button does; `static/js/desk.js` only presses what is marked with it.
"""

from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from portal.base.models import StaffPreference

SESSION = "desk_keys_on"
OF_LIST = (
    ("J", _("next row")),
    ("K", _("row before")),
    ("X", _("choose the row")),
    ("Enter", _("open the row")),
    ("/", _("search")),
    ("Z", _("undo")),
)
OF_REVIEW = (
    ("A", _("publish and assign")),
    ("P", _("publish and next")),
    ("C", _("ask for clarification")),
    ("U", _("join to another")),
    ("1–5", _("join to that similar one")),
    ("T", _("transfer")),
    ("N", _("don't publish")),
    ("→", _("skip to the next one")),
    ("O", _("hide the chosen words")),
    ("Z", _("undo")),
)
OF_CONSOLE = (
    ("A", _("approve")),
    ("N", _("don't publish")),
    ("U", _("join to another")),
    ("Q", _("to the queue")),
    ("K", _("one place up")),
    ("J", _("one place down")),
    ("Enter", _("on air, with the card chosen")),
    ("R", _("answered in the session")),
    ("E", _("answer in writing")),
    ("H", _("hide now")),
    ("+", _("new question")),
)
PAGES = {
    "console": OF_CONSOLE,
    "questions_question_changelist": OF_LIST,
    "questions_question_change": OF_REVIEW,
}


def keys_of(request) -> dict | None:
    """The map of the page and whether this person wants keys; None where a page has none."""
    match = request.resolver_match
    keys = PAGES.get(match.url_name) if match else None
    return {"map": keys, "on": _wanted(request)} if keys else None


def _wanted(request) -> bool:
    """Read once for a session: no page asks the database for it."""
    if SESSION not in request.session:
        chosen = StaffPreference.objects.filter(user=request.user).values_list("keys_on", flat=True)
        request.session[SESSION] = next(iter(chosen), True)
    return request.session[SESSION]


def switch_view(request):
    """Switch the keys on or off for this person, and go back to where the switch was."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    wanted = request.POST.get("keys") == "on"
    StaffPreference.objects.update_or_create(user=request.user, defaults={"keys_on": wanted})
    request.session[SESSION] = wanted
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("admin:questions_question_changelist")
    return HttpResponseRedirect(back, status=303)
