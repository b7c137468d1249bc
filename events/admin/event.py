"""The event in the desk: written here, moved by its workflow alone."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entity import counting
from entity.registry import working_calendar
from events import publishing, stream_tests, workflow
from events.admin import agenda, copying, invitations, people, sharing, streams
from events.admin.convocation import ConvocationPages
from events.admin.forms import WIDGETS, EventForm
from events.admin.inlines import INLINES
from events.admin.moves import MovingAdmin
from events.admin.preview import PreviewingAdmin
from events.agenda import sums
from events.agenda.workflow import begin_with_balance
from events.convocation import minimum
from events.models import Event
from portal.base import clock
from portal.base.admin import PublicModelAdmin
from portal.base.dates import long_day

WRITTEN_BY_MOVES = ("status", "status_reason", "announced_at")
FIELDSETS = [
    (None, {"fields": (("status", "announced_at"), "status_reason")}),
    (
        gettext_lazy("Invitation"),
        {"fields": ("kind", "title", "subtitle", "slug", "tagline", "summary")},
    ),
    (
        gettext_lazy("When and where"),
        {
            "fields": (
                ("starts_at", "ends_at"), "modality", "venue", "place_address", "place_url",
                "municipality", "media_note",
            )
        },
    ),
    (
        gettext_lazy("Access"),
        {"fields": (("has_interpreter", "has_captions"), "room_access")},
    ),
    (gettext_lazy("Questions"), {"fields": (("questions_open_at", "questions_close_at"),)}),
    (
        gettext_lazy("What accounts are rendered about"),
        {"fields": (("period_from", "cutoff_on"), "about", "quotation", "norms")},
    ),
    (
        gettext_lazy("Rules of procedure"),
        {"fields": (("speaking_minutes", "questions_per_person"), "rules")},
    ),
    (
        gettext_lazy("Who may register"),
        {
            "fields": (
                ("takes_speakers", "speakers_close_at"), ("takes_attendees", "seats"),
                "topics_close_on",
            )
        },
    ),
]  # fmt: skip


@admin.register(Event)
class EventAdmin(ConvocationPages, PreviewingAdmin, MovingAdmin, PublicModelAdmin):
    """Its state is read here; the address is written until it is announced, then never again."""

    form = EventForm
    formfield_overrides = WIDGETS
    fieldsets = FIELDSETS
    inlines = INLINES
    list_display = ("title", "kind", "starts_at", "modality", "status", "slug")
    list_filter = ("status", "kind", "modality")
    list_select_related = ("kind",)
    search_fields = ("title", "subtitle", "slug")
    date_hierarchy = "starts_at"

    def public_changed(self, obj):
        publishing.event_changed(obj)

    def view_on_site(self, obj):
        """A draft has no page yet."""
        return None if obj.status == Event.Status.DRAFT else obj.get_absolute_url()

    def get_readonly_fields(self, request, obj=None):
        """Once announced the address stays; a date that was taken off comes back by its move."""
        fixed = ["slug"] if obj and obj.status != Event.Status.DRAFT else []
        if obj and obj.status in Event.Status.BAD_NEWS:
            fixed += ["starts_at", "ends_at"]
        return (*WRITTEN_BY_MOVES, *fixed)

    def has_delete_permission(self, request, obj=None):
        is_draft = obj is None or obj.status == Event.Status.DRAFT
        return is_draft and super().has_delete_permission(request, obj)

    def save_model(self, request, obj, form, change):
        """Write the edited fields and no other: a move that was made meanwhile stays."""
        if not change:
            obj.save()
            begin_with_balance(obj, actor=request.user)
            return
        columns = {field.name for field in obj._meta.concrete_fields}
        edited = columns & set(form.changed_data)
        if "slug" in form.fields:
            edited.add("slug")  # it may have followed the date
        obj.save(update_fields=edited)
        if "ends_at" in edited:
            counting.changed()  # the terms that end some days after the event
        if {"starts_at", "ends_at"} & edited and obj.status == Event.Status.ANNOUNCED:
            before = (form.initial["starts_at"], form.initial["ends_at"])
            workflow.change_hours(obj, actor=request.user, before=before)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self.warn(request, form.instance)

    def get_urls(self):
        pages = (
            ("agenda", agenda.agenda, "agenda"),
            ("transmision", streams.streams, "streams"),
            ("copiar", copying.copy, "copy"),
            ("compartir", sharing.share, "share"),
            *people.PAGES,
            *invitations.PAGES,
        )
        return [
            path(f"<number:pk>/{word}/", self._page(view), name=f"events_event_{name}")
            for word, view, name in pages
        ] + super().get_urls()

    def _page(self, view):
        """A page of the desk about one event, for who is signed in."""
        wrapped = self.admin_site.admin_view(view)
        return lambda request, pk: wrapped(request, self, pk)

    def response_add(self, request, obj, post_url_continue=None):
        """The agenda of a new event is still to be written: its page comes next."""
        response = super().response_add(request, obj, post_url_continue)
        if "_save" not in request.POST:
            return response
        return HttpResponseRedirect(reverse("admin:events_event_agenda", args=[obj.pk]))

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["moves"] = self.buttons(request, obj)
        context["link_warnings"] = stream_tests.warnings(obj) if obj else []
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def warn(self, request, event):
        """Tell what does not fit: the agenda, links nobody tried, the legal notice, a holiday."""
        told = [*sums.sentences(event), *stream_tests.warnings(event), *minimum.warnings(event)]
        told.append(self._holiday_words(event))
        for words in filter(None, told):
            self.message_user(request, words, messages.WARNING)

    @staticmethod
    def _holiday_words(event) -> str:
        day = clock.local_day(event.starts_at)
        reason = working_calendar().holiday(day)
        told = {"day": long_day(day), "reason": reason}
        return _("%(day)s is not a working day: %(reason)s.") % told if reason else ""
