"""Importing commitments: a template, a dry run, and writing when somebody presses the button."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accountability.commitments import columns, importing
from events.models import Event
from portal.base.forms import PortalForm
from portal.base.machine import MoveRefused
from portal.base.tables import TableRefused

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UploadForm(PortalForm):
    event = forms.ModelChoiceField(
        label=gettext_lazy("Event"),
        queryset=Event.objects.order_by("-starts_at"),
        error_messages={"required": gettext_lazy("Choose the event")},
    )
    file = forms.FileField(
        label=gettext_lazy("The list"),
        help_text=gettext_lazy("CSV, XLSX or ODS. Up to 2 MB and 200 rows."),
        error_messages={
            "required": gettext_lazy("Choose the file of the list"),
            "empty": gettext_lazy("The file is empty. Choose another one."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,.ods"}),
    )


class SealedForm(forms.Form):
    """What the page of the dry run sends back."""

    event = forms.ModelChoiceField(queryset=Event.objects.all())
    rows = forms.CharField(max_length=900_000)
    only_right = forms.BooleanField(required=False)


def _demand(request, model_admin):
    if not model_admin.has_add_permission(request):
        raise PermissionDenied


def upload(request, model_admin):
    """Choose a list, see its dry run, write it. Only the last of the three writes."""
    _demand(request, model_admin)
    if request.method == "POST" and "rows" in request.POST:
        return _write(request, model_admin)
    form = UploadForm(initial={"event": request.GET.get("evento", "")})
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
    if form.is_bound and form.is_valid():
        try:
            rows, unknown = columns.read(form.cleaned_data["file"])
        except TableRefused as refused:
            form.add_error("file", str(refused))
        else:
            return _dry_run(request, model_admin, form.cleaned_data["event"], rows, unknown)
    return _page(request, model_admin, "import", _("Import commitments"), form=form)


def _dry_run(request, model_admin, event, rows, unknown=(), refusal=""):
    context = {
        "event": event,
        "found": importing.tried(event, rows),
        "unknown": unknown,
        "refusal": refusal,
        "rows": importing.sealed(event, request.user, rows),
    }
    return _page(request, model_admin, "dry_run", _("Dry run of the commitments"), **context)


def _write(request, model_admin):
    form = SealedForm(request.POST)
    event = form.cleaned_data["event"] if form.is_valid() else None
    rows = event and importing.opened(event, request.user, form.cleaned_data["rows"])
    if not rows:
        messages.warning(request, _("Upload the list once more: this page was too old."))
        address = reverse("admin:accountability_commitment_import")
        return HttpResponseRedirect(address, status=303)
    try:
        told = {"rows": rows, "only_right": form.cleaned_data["only_right"]}
        count = importing.import_list(event, actor=request.user, **told)
    except MoveRefused as refused:
        return _dry_run(request, model_admin, event, rows, refusal=str(refused))
    words = ngettext(
        "%(n)s commitment was imported as a draft.",
        "%(n)s commitments were imported as drafts.",
        count,
    )
    messages.success(request, words % {"n": count})
    address = reverse("admin:accountability_commitment_changelist")
    query = f"?event__id__exact={event.pk}&status__exact=draft"
    return HttpResponseRedirect(address + query, status=303)


def _page(request, model_admin, template, title, **context):
    context = {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "opts": model_admin.opts,
        **context,
    }
    request.current_app = model_admin.admin_site.name
    return TemplateResponse(request, f"admin/accountability/commitment/{template}.html", context)


def template(request, model_admin, kind):
    """The empty list with the names of its columns."""
    _demand(request, model_admin)
    makers = {
        "csv": (columns.template_csv, "text/csv; charset=utf-8"),
        "xlsx": (columns.template_xlsx, XLSX),
    }
    if kind not in makers:
        raise Http404
    make, content_type = makers[kind]
    headers = {"Content-Disposition": f'attachment; filename="plantilla-compromisos.{kind}"'}
    return HttpResponse(make(), content_type=content_type, headers=headers)
