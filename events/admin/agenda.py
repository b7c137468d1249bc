"""The order of the day at the desk: one page, one form, so that no button loses what was typed."""

import re

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from events import schedule
from events.admin.pages import event_or_404, event_page
from events.agenda import sums, workflow
from events.agenda.forms import AgendaItemForm
from events.models import AgendaItem
from portal.base.machine import MoveRefused

KEY = re.compile(r"[0-9]{1,18}")


def agenda(request, model_admin, pk):
    """See the agenda with its hours; whoever may, writes and orders it."""
    desk = AgendaDesk(request, model_admin, event_or_404(request, model_admin, pk))
    return desk.act() if request.method == "POST" else desk.page(AgendaItemForm(event=desk.event))


class AgendaDesk:
    """One request to the page: the buttons, and the page that follows."""

    def __init__(self, request, model_admin, event):
        self.request, self.model_admin, self.event = request, model_admin, event
        self.address = reverse("admin:events_event_agenda", args=[event.pk])

    def act(self):
        """What the pressed button says: `save`, or a word and the key of an item (`up-12`)."""
        name, _dash, key = self.request.POST.get("act", "save").partition("-")
        if name == "save":
            return self._save()
        acts = {"edit": self._edit, "ask": self._ask, "keep": self._keep, "delete": self._delete}
        act = self._order if name in ORDER else acts.get(name)
        if act is None or not KEY.fullmatch(key):
            raise BadRequest
        item = self.event.agenda.filter(pk=int(key)).first()
        return act(item, name) if item else self._gone()

    def _gone(self):
        messages.warning(self.request, _("That point is not here any more. Nothing was changed."))
        return self.page(self._kept_form(), status=409)

    def _save(self):
        form = self._form(self.request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            item = self._write(form)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
            return self.page(form, status=409)
        self._log(_("Agenda: “%(title)s” was written.") % {"title": item.title})
        return self._back(item, _("“%(title)s” was saved.") % {"title": item.title})

    def _write(self, form) -> AgendaItem:
        actor = self.request.user
        if form.instance.pk:
            seen = self.request.POST.get("item_seen", "")
            return workflow.change_item(form.instance, actor=actor, seen=seen)
        seen = self.request.POST.get("order_seen", "")
        return workflow.add_item(self.event, actor=actor, item=form.instance, seen=seen)

    def _edit(self, item, _name):
        """The form of another item, unless something would be lost by it."""
        if self._typed():
            words = _("First save or discard what you wrote below. Nothing was lost.")
            messages.warning(self.request, words)
            return self.page(self._kept_form())
        return self.page(AgendaItemForm(event=self.event, instance=item), editing=item)

    def _ask(self, item, _name):
        return self.page(self._kept_form(), asked=item.pk)

    def _keep(self, _item, _name):
        return self.page(self._kept_form())

    def _delete(self, item, _name):
        title = item.title
        said = _("“%(title)s” was taken away.") % {"title": title}
        return self._moved(item, workflow.delete_item, {}, said)

    def _order(self, item, name):
        function, told = ORDER[name]
        said = _("“%(title)s” was moved.") % {"title": item.title}
        return self._moved(item, function, told, said)

    def _moved(self, item, function, told, said):
        """Carry it out; what was typed below is shown again, whether it was refused or not."""
        seen = self.request.POST.get("order_seen", "")
        try:
            function(item, actor=self.request.user, seen=seen, **told)
        except MoveRefused as refused:
            messages.warning(self.request, str(refused))
            return self.page(self._kept_form(), status=409)
        self._log(said)
        if self._typed():
            messages.success(self.request, said)
            return self.page(self._kept_form())
        return self._back(item, said)

    def _back(self, item, said):
        messages.success(self.request, said)
        for words in sums.sentences(self.event):
            messages.warning(self.request, words)
        anchor = f"#punto-{item.pk}" if item.pk else ""
        return HttpResponseRedirect(f"{self.address}{anchor}", status=303)

    def _log(self, words):
        self.model_admin.log_change(self.request, self.event, words)

    def _edited(self) -> AgendaItem | None:
        """The item whose form was sent; None for a new one, or where it is gone."""
        key = self.request.POST.get("editing", "")
        return self.event.agenda.filter(pk=int(key)).first() if KEY.fullmatch(key) else None

    def _form(self, data) -> AgendaItemForm:
        return AgendaItemForm(data, event=self.event, instance=self._edited())

    def _typed(self) -> bool:
        form = self._form(self.request.POST)
        return form.has_changed() if form.instance.pk else form.is_written()

    def _kept_form(self) -> AgendaItemForm:
        """The form with what was typed, not judged yet."""
        if not self._typed():
            return AgendaItemForm(event=self.event)
        form = AgendaItemForm(event=self.event, instance=self._edited())
        form.initial |= {
            name: self.request.POST.get(form.add_prefix(name), "") for name in form.fields
        }
        return form

    def page(self, form, *, editing=None, asked=None, status=200):
        editing = editing or (form.instance if form.instance.pk else None)
        # The edition that the person began from: who saves over another's is told.
        seen = self.request.POST.get("item_seen") if self._edited() == editing else None
        items = list(self.event.agenda.select_related("office").prefetch_related("documents"))
        response = event_page(
            self.request, self.model_admin, self.event, "agenda", _("Agenda"),
            timed=schedule.timed_agenda(self.event, items),
            total=sums.total(items),
            sentences=sums.sentences(self.event),
            form=form,
            editing=editing,
            item_seen=editing and (seen or workflow.item_mark(self._stored(editing))),
            order_seen=workflow.order_mark(self.event),
            asked=asked,
            may={name: self.request.user.has_perm(p) for name, p in PERMISSIONS.items()},
        )  # fmt: skip
        response.status_code = status
        return response

    def _stored(self, item) -> AgendaItem:
        """As it is in the database: a bound form has written what was typed onto its instance."""
        return self.event.agenda.get(pk=item.pk)


PERMISSIONS = {"add": workflow.ADD, "change": workflow.WRITE, "delete": workflow.DELETE}
ORDER = {
    "up": (workflow.shift_item, {"by": -1}),
    "down": (workflow.shift_item, {"by": 1}),
    "in": (workflow.put_inside, {}),
    "out": (workflow.take_out, {}),
}
