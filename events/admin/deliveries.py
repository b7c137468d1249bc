"""The register of reports that were delivered to control bodies."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from events import publishing
from events.admin.forms import WIDGETS
from events.convocation.forms import DeliveryForm
from events.models import Event, ReportDelivery
from portal.base import csv_lines
from portal.base.admin import PublicModelAdmin
from portal.base.downloads import download

COLUMNS = ("informe", "organismo", "fecha", "radicado", "evento", "direccion", "archivo")


@admin.register(ReportDelivery)
class ReportDeliveryAdmin(PublicModelAdmin):
    """What was delivered, to whom and when, with its proof. The public reads report, body, day."""

    form = DeliveryForm
    formfield_overrides = {**WIDGETS, models.TextField: {"widget": forms.Textarea({"rows": 3})}}
    fields = (
        "event", "report", "document", ("body", "delivered_on"), "reference", "url",
        ("file", "present_file"), "note",
    )  # fmt: skip
    readonly_fields = ("present_file",)
    list_display = ("report", "body", "delivered_on", "reference", "event")
    list_filter = ("body", "event")
    list_select_related = ("event",)
    search_fields = ("report", "body", "reference")
    date_hierarchy = "delivered_on"
    actions = ("export_csv",)

    def public_changed(self, obj):
        if obj.event:
            publishing.event_changed(obj.event)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.recorded_by = request.user
        super().save_model(request, obj, form, change)
        before = form.initial.get("event") if change else None
        if before and before != obj.event_id:
            publishing.event_changed(Event.objects.get(pk=before))

    @admin.display(description=_("present file"))
    def present_file(self, obj):
        if not obj.stored:
            return _("There is none.")
        address = reverse("admin:events_reportdelivery_file", args=[obj.pk])
        return format_html('<a href="{}">{}</a>', address, obj.stored.name)

    def get_urls(self):
        view = self.admin_site.admin_view(self.file_view)
        own = path("<number:pk>/archivo/", view, name="events_reportdelivery_file")
        return [own, *super().get_urls()]

    def file_view(self, request, pk):
        """The file of the proof, for who may read the register."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        delivery = get_object_or_404(
            self.get_queryset(request).filter(stored__isnull=False).select_related("stored"), pk=pk
        )
        return download(delivery.stored)

    @admin.action(description=_("Export as CSV"), permissions=["view"])
    def export_csv(self, request, queryset):
        rows = queryset.select_related("event", "stored").iterator(chunk_size=500)
        lines = csv_lines.lines(COLUMNS, map(self._line, rows))
        headers = {"Content-Disposition": 'attachment; filename="informes-entregados.csv"'}
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)

    @staticmethod
    def _line(row):
        event = row.event.slug if row.event else ""
        name = row.stored.name if row.stored else ""
        return row.report, row.body, row.delivered_on, row.reference, event, row.url, name
