"""What an event is made of, written on its page."""

from django import forms
from django.contrib import admin
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from events.admin.forms import WIDGETS, DocumentForm, SectionForm, StreamForm
from events.models import (
    AgendaItem,
    Document,
    EventSection,
    HallAddress,
    ParticipationWay,
    StreamLink,
)
from portal.base.templatetags.portal import megabytes


class OrderedFormSet(forms.BaseInlineFormSet):
    """A new row whose order was left at 0 goes to the end."""

    def save_new(self, form, commit=True):
        if not form.instance.order:
            rows = self.model._default_manager.filter(**{self.fk.name: self.instance})
            form.instance.order = (rows.aggregate(last=Max("order"))["last"] or 0) + 1
        return super().save_new(form, commit)


class PartInline(admin.StackedInline):
    """One part of the event; an empty form for one more is always there."""

    formset = OrderedFormSet
    formfield_overrides = WIDGETS
    extra = 1


class SectionInline(PartInline):
    model = EventSection
    form = SectionForm
    fields = ("order", ("title", "slug"), "body")


class WayInline(PartInline):
    model = ParticipationWay
    fields = (("order", "icon"), "title", "body")


class StreamInline(PartInline):
    """A recording replaces the live address on the page; it is asked once there is an event."""

    model = StreamLink
    form = StreamForm

    def get_fieldsets(self, request, obj=None):
        planned = (
            ("order", "kind"), "label", "url", ("meeting_id", "passcode", "dial_in"),
            ("opens_at", "megabytes_a_minute"),
        )  # fmt: skip
        is_public = obj and obj.status != obj.Status.DRAFT
        return [(None, {"fields": (*planned, "recording_url") if is_public else planned})]


class DocumentInline(PartInline):
    """Format and size are those of the file where there is one; a link's are written here."""

    model = Document
    form = DocumentForm
    fields = (
        ("order", "kind"), "title", "note", ("file", "present_file"), "url",
        ("format", "size_bytes"), ("published_on", "language", "is_accessible"), "agenda_item",
    )  # fmt: skip
    readonly_fields = ("present_file",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("stored")

    def get_formset(self, request, obj=None, **kwargs):
        """The points of this event alone, read once for all rows."""
        formset = super().get_formset(request, obj, **kwargs)
        points = formset.form.base_fields.get("agenda_item")
        if points:
            points.queryset = AgendaItem.objects.filter(event=obj)
            points.choices = list(points.choices)
        return formset

    @admin.display(description=_("present file"))
    def present_file(self, obj):
        stored = obj.stored
        return f"{stored.name}, {megabytes(stored.size)}" if stored else None


class HallInline(admin.TabularInline):
    """Where many people write at once through one connection: wider limits, for this event only."""

    model = HallAddress
    fields = ("network", "label")
    extra = 1


INLINES = [SectionInline, WayInline, StreamInline, DocumentInline, HallInline]
