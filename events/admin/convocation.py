"""The convocation of one event at the desk: its legal days with their proofs, and its list."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events.admin.pages import event_page
from events.convocation import checklist, duties, evidence, minimum, workflow
from events.convocation.forms import ProofForm, WrongForm
from events.legal_calendar import Duty, rules_of
from events.models import DutyProof
from portal.base.downloads import download
from portal.base.machine import MoveRefused


def _event(request, model_admin, pk):
    """The event with what the page reads, for who may see proofs."""
    if not request.user.has_perm(workflow.SEE):
        raise PermissionDenied
    events = checklist.with_checklist_data(model_admin.get_queryset(request))
    return get_object_or_404(events, pk=pk)


def _back(event, anchor: str):
    page = reverse("admin:events_event_convocation", args=[event.pk])
    return HttpResponseRedirect(f"{page}#{anchor}", status=303)


def panel(request, model_admin, pk):
    """Legal days, contents of the notice, checklist and evidence of one event."""
    return _panel(request, model_admin, _event(request, model_admin, pk))


def _panel(request, model_admin, event, *, refused=None, status=200):
    user = request.user
    response = event_page(
        request, model_admin, event, "convocation", _("Convocation"),
        duties=duties.legal_panel(event), tasks=checklist.read(event), refused=refused,
        contents=duties.contents_of_notice(event) if event.kind.is_hearing else [],
        missing=minimum.missing(event), late_notice=minimum.late_notice(event),
        may_prove=user.has_perm(workflow.PROVE), may_mark=user.has_perm(workflow.MARK),
    )  # fmt: skip
    response.status_code = status
    return response


def prove(request, model_admin, pk, duty):
    """The form of one proof; the proof is written once and never changed."""
    event = _event(request, model_admin, pk)
    if not request.user.has_perm(workflow.PROVE):
        raise PermissionDenied
    if duty not in rules_of(event.kind):
        raise Http404
    form = ProofForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            workflow.add_proof(event, actor=request.user, duty=Duty(duty), **form.cleaned_data)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The proof was kept."))
            return _back(event, duty)
    row = next(row for row in duties.legal_panel(event) if row.duty == duty)
    return event_page(
        request, model_admin, event, "proof", _("Add a proof"), form=form, row=row,
        file_is_lost=bool(request.FILES),
    )  # fmt: skip


def call_wrong(request, model_admin, pk, proof_pk):
    """The form that says why a proof is wrong."""
    event = _event(request, model_admin, pk)
    if not request.user.has_perm(workflow.PROVE):
        raise PermissionDenied
    proof = get_object_or_404(event.proofs, pk=proof_pk)
    form = WrongForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            workflow.call_wrong(proof, actor=request.user, **form.cleaned_data)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The proof stays in sight and counts no more."))
            return _back(event, proof.duty)
    label = duties.LABELS[Duty(proof.duty)]
    return event_page(
        request, model_admin, event, "wrong_proof", _("This proof is wrong"),
        form=form, proof=proof, duty_label=label,
    )  # fmt: skip


@require_POST
def mark(request, model_admin, pk, code):
    """Mark one task; a refusal comes beside its row with what was typed."""
    event = _event(request, model_admin, pk)
    state, reason = request.POST.get("state", ""), request.POST.get("reason", "")
    try:
        workflow.mark_task(event, actor=request.user, code=code, state=state, reason=reason)
    except MoveRefused as refused:
        told = {"code": code, "words": str(refused), "reason": reason}
        return _panel(request, model_admin, event, refused=told, status=409)
    return _back(event, f"tarea-{code}")


def proof_file(request, model_admin, pk, proof_pk):
    """The file of a proof, as a download that cannot act in the browser."""
    event = _event(request, model_admin, pk)
    proofs = DutyProof.objects.filter(event=event, stored__isnull=False).select_related("stored")
    return download(get_object_or_404(proofs, pk=proof_pk).stored)


@require_POST
def folder(request, model_admin, pk):
    """The evidence folder as a ZIP, made while it is sent; who took it is written down first."""
    event = _event(request, model_admin, pk)
    workflow.open_evidence(event, actor=request.user)
    response = StreamingHttpResponse(evidence.folder(event), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="evidencias-{event.slug}.zip"'
    return response


class ConvocationPages:
    """The addresses of these pages, for `EventAdmin`."""

    def get_urls(self):
        pages = (
            ("convocatoria/", panel, "convocation"),
            ("convocatoria/deber/<slug:duty>/", prove, "prove"),
            ("convocatoria/prueba/<number:proof_pk>/", call_wrong, "wrong_proof"),
            ("convocatoria/prueba/<number:proof_pk>/archivo/", proof_file, "proof_file"),
            ("convocatoria/tarea/<slug:code>/", mark, "mark_task"),
            ("convocatoria/evidencias/", folder, "evidence"),
        )
        own = [
            path(f"<number:pk>/{words}", self._convocation(view), name=f"events_event_{name}")
            for words, view, name in pages
        ]
        return own + super().get_urls()

    def _convocation(self, view):
        wrapped = self.admin_site.admin_view(view)
        return lambda request, **parts: wrapped(request, self, **parts)
