"""Importing the directory (a template, a dry run, a button) and taking it out."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.invitations import directory
from portal.base import clock
from portal.base.forms import PortalForm
from portal.base.machine import MoveRefused
from portal.base.models import AccessEntry
from portal.base.tables import TableRefused

EXPORT = "events.export_contacts"
FORMATS = {
    "csv": (directory.as_csv, "text/csv; charset=utf-8"),
    "xlsx": (
        directory.as_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


class UploadForm(PortalForm):
    file = forms.FileField(
        label=gettext_lazy("The list"),
        help_text=gettext_lazy("CSV, XLSX or ODS. Up to 2 MB and 2,000 rows."),
        error_messages={
            "required": gettext_lazy("Choose the file of the list"),
            "empty": gettext_lazy("The file is empty. Choose another one."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,.ods"}),
    )


def _demand(request, model_admin):
    if not (model_admin.has_add_permission(request) and model_admin.has_change_permission(request)):
        raise PermissionDenied


def upload(request, model_admin):
    """Choose a list, see its dry run, write it. Only the last of the three writes."""
    _demand(request, model_admin)
    if request.method == "POST" and "rows" in request.POST:
        return _write(request, model_admin)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        try:
            rows, unknown = directory.read(form.cleaned_data["file"])
        except TableRefused as refused:
            form.add_error("file", str(refused))
        else:
            return _dry_run(request, model_admin, rows, unknown)
    return _page(request, model_admin, "import", _("Import contacts"), form=form)


def _dry_run(request, model_admin, rows, unknown=(), refusal=""):
    context = {
        "found": directory.tried(rows),
        "unknown": unknown,
        "refusal": refusal,
        "rows": directory.sealed(request.user, rows),
    }
    return _page(request, model_admin, "dry_run", _("Dry run of the contacts"), **context)


def _write(request, model_admin):
    rows = directory.opened(request.user, request.POST["rows"])
    if not rows:
        messages.warning(request, _("Upload the list once more: this page was too old."))
        return HttpResponseRedirect(reverse("admin:events_contact_import"), status=303)
    try:
        new, known = directory.import_list(rows, actor=request.user)
    except MoveRefused as refused:
        return _dry_run(request, model_admin, rows, refusal=str(refused))
    words = _("The list was written: %(new)s new, %(known)s updated.")
    messages.success(request, words % {"new": new, "known": known})
    return HttpResponseRedirect(reverse("admin:events_contact_changelist"), status=303)


def _page(request, model_admin, template, title, **context):
    context = {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "opts": model_admin.opts,
        **context,
    }
    request.current_app = model_admin.admin_site.name
    return TemplateResponse(request, f"admin/events/contact/{template}.html", context)


def template(request, model_admin, kind):
    """The empty list with the names of its columns."""
    _demand(request, model_admin)
    return _file(kind, (), "plantilla-contactos")


def export(request, model_admin, kind):
    """The whole directory; who took it and when is written down first, so only a POST gives it."""
    if not request.user.has_perm(EXPORT):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    AccessEntry.objects.create(
        actor=request.user, kind="contact", object_id=0, reference="directorio", what="export",
        at=clock.now(),
    )  # fmt: skip
    return _file(kind, list(directory.export_rows()), "directorio")


def _file(kind, rows, name):
    if kind not in FORMATS:
        raise Http404
    make, content_type = FORMATS[kind]
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return HttpResponse(make(rows), content_type=content_type, headers=headers)
