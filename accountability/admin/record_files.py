"""The photographs and papers of a session, written under its record."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accountability.models import RecordFile
from accountability.recording.kinds import KINDS
from accountability.records.forms import RecordFileForm
from events.admin.inlines import OrderedFormSet
from events.models import AgendaItem
from portal.base.downloads import download
from portal.base.templatetags.portal import megabytes
from portal.base.uploads import forget


class RecordFileFormSet(OrderedFormSet):
    def delete_existing(self, obj, commit=True):
        """The bytes go with the row; the publication log keeps what they were."""
        kept = [stored for stored in (obj.stored, obj.small) if stored]
        super().delete_existing(obj, commit)
        for stored in kept:
            forget(stored)


class RecordFileInline(admin.StackedInline):
    model = RecordFile
    form = RecordFileForm
    formset = RecordFileFormSet
    extra = 1
    fields = (
        ("order", "kind"), "title", ("file", "present_file"), "alternative", "origin", "item",
    )  # fmt: skip
    readonly_fields = ("present_file",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("stored", "small")

    def get_formset(self, request, obj=None, **kwargs):
        """The items of this event alone, read once for all rows."""
        formset = super().get_formset(request, obj, **kwargs)
        if items := formset.form.base_fields.get("item"):
            items.queryset = AgendaItem.objects.filter(event=obj.event if obj else None)
            items.choices = list(items.choices)
        return formset

    @admin.display(description=_("present file"))
    def present_file(self, obj):
        if not obj.stored_id:
            return "—"
        address = reverse("admin:accountability_record_file", args=[obj.record_id, obj.pk])
        size = megabytes(obj.stored.size)
        return format_html('<a href="{}">{}</a>, {}', address, obj.stored.name, size)


class RecordFilesMixin:
    """For the admin of records: a file as it is kept, before the public has it."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.file_view)
        own = path("<number:pk>/archivos/<number:file>/", view, name="accountability_record_file")
        return [own, *super().get_urls()]

    def delete_model(self, request, obj):
        """A draft that is deleted takes the bytes of its files and of its recording along."""
        kept = [getattr(obj, kind.column) for kind in KINDS.values()]
        for file in obj.files.select_related("stored", "small"):
            kept += [file.stored, file.small]
        super().delete_model(request, obj)
        for stored in filter(None, kept):
            forget(stored)

    def file_view(self, request, pk, file):
        record = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        files = RecordFile.objects.filter(record=record).select_related("stored")
        return download(get_object_or_404(files, pk=file).stored)
