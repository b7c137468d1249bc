"""Several answers approved at once: they go out together, now or at one moment.

The chosen ones are shown with their words first, and what is approved is what was shown: each row
carries the revision that it was drawn with.
"""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.base.admin import as_drawn, move_each, revision_field
from portal.base.dates import clock as hour
from portal.base.dates import short_day
from portal.base.machine import MoveRefused
from questions import workflow
from questions.admin.forms import DeskForm
from questions.models import Answer

A = Answer.Status
TEMPLATE = "admin/questions/answer/joint_release.html"


class ReleaseForm(DeskForm):
    """The one moment for all."""

    release_at = forms.DateTimeField(
        label=gettext_lazy("Day and hour"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def clean_release_at(self):
        release_at = self.cleaned_data["release_at"]
        if not release_at:
            raise forms.ValidationError(_("Choose the day and the hour of publication."))
        try:
            workflow.check_release(release_at)
        except MoveRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return release_at


@dataclass(frozen=True)
class Row:
    """One chosen answer; `refusal` says why it can't be among them."""

    answer: Answer
    refusal: str


def approve(request, model_admin, queryset, *, now: bool):
    """Show the chosen answers; once that was confirmed, approve them row by row."""
    rows = _rows(queryset[: model_admin.list_per_page], request.user, now)
    form = ReleaseForm(request.POST if "confirmed" in request.POST else None)
    if not form.is_bound or not (now or form.is_valid()):
        return _page(request, model_admin, rows, form, now)
    release_at = None if now else form.cleaned_data["release_at"]
    outcome = move_each(rows, lambda row: _approve_one(request, row, release_at))
    for row, sentence in outcome.refused:
        words = f"{row.answer.question.number}: {sentence}"
        model_admin.message_user(request, words, messages.WARNING)
    if outcome.moved:
        words = _done(len(outcome.moved), release_at)
        model_admin.message_user(request, words, messages.SUCCESS)
    return None


def _rows(answers, user, now: bool) -> list[Row]:
    answers = list(answers)
    own = set(
        Answer.objects.written_by(user)
        .filter(pk__in=[a.pk for a in answers])
        .values_list("pk", flat=True)
    )
    return [Row(answer, _refusal(answer, answer.pk in own, now)) for answer in answers]


def _refusal(answer: Answer, is_own: bool, now: bool) -> str:
    if answer.status != A.AWAITING_APPROVAL and not (now and answer.status == A.SCHEDULED):
        return _("It does not wait for approval.")
    return _("Another person must approve what you drafted.") if is_own else ""


def _approve_one(request, row: Row, release_at) -> None:
    """One row at the revision that was shown. Raises MoveRefused, PermissionDenied."""
    if row.refusal or revision_field(row.answer) not in request.POST:
        raise MoveRefused(row.refusal or _("It was not shown to you. Choose it again."))
    answer = as_drawn(request, row.answer)
    if release_at:
        workflow.schedule_answer(answer, actor=request.user, release_at=release_at)
    else:
        workflow.publish_answer(answer, actor=request.user)


def _done(number: int, release_at) -> str:
    if release_at is None:
        words = ngettext("%(n)s answer was published.", "%(n)s answers were published.", number)
        return words % {"n": number}
    words = ngettext(
        "%(n)s answer goes out on %(when)s.", "%(n)s answers go out together on %(when)s.", number
    )
    return words % {"n": number, "when": moment(release_at)}


def moment(instant) -> str:
    """29 dic 2020, 8:00 a. m."""
    return f"{short_day(instant)}, {hour(instant)}"


def _page(request, model_admin, rows, form, now):
    title = _("Approve and publish now") if now else _("Approve and schedule")
    context = {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "opts": model_admin.opts,
        "rows": rows,
        "form": form,
        "now": now,
        "action": "approve_and_publish" if now else "approve_and_schedule",
        "checkbox": ACTION_CHECKBOX_NAME,
        "may_go_on": any(not row.refusal for row in rows),
    }
    request.current_app = model_admin.admin_site.name
    return TemplateResponse(request, TEMPLATE, context)
