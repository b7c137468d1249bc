"""How the desk moves events: actions of the list and buttons of the page, through the workflow."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from events import workflow
from events.admin.forms import ConfirmForm, NewDateForm, ReasonForm
from events.convocation import minimum
from events.convocation.forms import LateNoticeForm
from portal.base.admin import MoveMixin


@dataclass(frozen=True)
class Move:
    """One move: its name in the machine, who carries it out, and what must be told for it."""

    name: str
    label: str
    carry_out: Callable
    form: type[forms.Form] = ConfirmForm


MOVES = {
    move.name: move
    for move in (
        Move("announce", _("Announce"), workflow.announce),
        Move("postpone", _("Postpone"), workflow.postpone, ReasonForm),
        Move("set_new_date", _("Set a new date"), workflow.set_new_date, NewDateForm),
        Move("suspend", _("Suspend"), workflow.suspend, ReasonForm),
        Move("cancel", _("Cancel the event"), workflow.cancel, ReasonForm),
        Move("hold", _("Mark as held"), workflow.hold),
    )
}


class MovingAdmin(MoveMixin, admin.ModelAdmin):
    """Moves for `EventAdmin`, which says what else a person is warned about (`warn`)."""

    actions = ["announce", "postpone", "set_new_date", "suspend", "cancel", "mark_held"]

    def has_announce_permission(self, request):
        return request.user.has_perm(workflow.ANNOUNCE)

    @admin.action(description=_("Announce"), permissions=["announce"])
    def announce(self, request, queryset):
        self.run(request, queryset, MOVES["announce"])

    @admin.action(description=_("Postpone"), permissions=["announce"])
    def postpone(self, request, queryset):
        return self.ask_and_run(request, queryset, MOVES["postpone"])

    @admin.action(description=_("Set a new date"), permissions=["announce"])
    def set_new_date(self, request, queryset):
        """One event at a time: two of them do not share their hours."""
        if queryset.count() > 1:
            words = _("Choose one event only: each one has its own date.")
            return self.message_user(request, words, messages.WARNING)
        return self.ask_and_run(request, queryset, MOVES["set_new_date"])

    @admin.action(description=_("Suspend"), permissions=["announce"])
    def suspend(self, request, queryset):
        return self.ask_and_run(request, queryset, MOVES["suspend"])

    @admin.action(description=_("Cancel the event"), permissions=["announce"])
    def cancel(self, request, queryset):
        return self.ask_and_run(request, queryset, MOVES["cancel"])

    @admin.action(description=_("Mark as held"), permissions=["announce"])
    def mark_held(self, request, queryset):
        self.run(request, queryset, MOVES["hold"])

    def get_urls(self):
        view = self.admin_site.admin_view(self.move_view)
        own = path("<number:pk>/mover/<slug:name>/", view, name="events_event_move")
        return [own, *super().get_urls()]

    def move_view(self, request, pk, name):
        """The small page behind a button: what the move means, what it asks, and the decision."""
        event = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_announce_permission(request):
            raise PermissionDenied
        if name not in MOVES:
            raise Http404
        back = reverse("admin:events_event_change", args=[pk])
        move = MOVES[name]
        if name == "announce" and minimum.late_notice(event):
            move = replace(move, form=LateNoticeForm)
        asked = self.ask_and_run(request, [event], move, back=back)
        return asked or HttpResponseRedirect(back, status=303)

    def run(self, request, events, move, **told) -> int:
        """Move each event and say where it stands now; gives how many were moved."""
        moved = self.move_rows(request, events, move.carry_out, **told)
        for event in moved:
            words = f"{event}: {event.get_status_display()}."
            self.message_user(request, words, messages.SUCCESS)
            self.warn(request, event)
        return len(moved)

    def ask_and_run(self, request, events, move, back=""):
        """Ask first; then as `run`. Where nothing could be moved, what was typed is still there."""
        form = move.form(request.POST if "apply" in request.POST else None)
        if form.is_valid() and self.run(request, events, move, **form.cleaned_data):
            return None
        return self.ask_first(request, events, form, move.label, back)

    def buttons(self, request, event) -> list[tuple[str, str]]:
        """Label and address of each move that is legal now, for who may make it."""
        if event is None or not self.has_announce_permission(request):
            return []
        legal = [move for move in MOVES.values() if workflow.EVENT.allows(event, move.name)]
        name = "admin:events_event_move"
        return [(move.label, reverse(name, args=[event.pk, move.name])) for move in legal]

    def warn(self, request, event):
        """What the person should look at after this event was saved or moved."""
