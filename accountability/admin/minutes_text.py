"""The text of minutes at the desk: its sections, where they come from, and one of them written."""

import re

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accountability.minutes import building, editing
from accountability.minutes.desk import MinutesDesk
from accountability.minutes.forms import SectionForm
from accountability.models import Minutes, MinutesSection
from portal.base.machine import MoveRefused

KEY = re.compile(r"[0-9]{1,18}")
NEW = "nueva"


def text(request, model_admin, pk):
    """Read the whole document as it will be numbered; whoever may, writes one section at a time."""
    minutes = get_object_or_404(Minutes.objects.select_related("event"), pk=pk)
    if not model_admin.has_view_permission(request, minutes):
        raise PermissionDenied
    page = TextPage(request, model_admin, minutes)
    return page.act() if request.method == "POST" else page.show_asked()


class TextPage:
    """One request to the page: what its buttons do, and the page that follows."""

    def __init__(self, request, model_admin, minutes):
        self.request, self.model_admin, self.minutes = request, model_admin, minutes
        self.may_write = model_admin.has_change_permission(request, minutes)
        self.address = reverse("admin:accountability_minutes_text", args=[minutes.pk])

    def show_asked(self):
        """The document, with the form of the section that `?seccion=` names."""
        asked = self.request.GET.get("seccion", "")
        if not self.may_write or not asked:
            return self.page()
        if asked == NEW:
            return self.page(form=SectionForm())
        section = self._section(asked)
        if section is None:
            return self._gone()
        return self.page(form=_form_of(section), editing=section)

    def act(self):
        """What the pressed button says: `save`, `bring`, or a word and a section (`up-12`)."""
        name, _dash, key = self.request.POST.get("act", "save").partition("-")
        if name == "save":
            return self._save()
        if name == "bring":
            return self._tried(self._bring)
        if name not in MOVES:
            raise BadRequest
        section = self._section(key)
        if section is None:
            return self._gone()
        seen = self.request.POST.get(f"seen-{section.pk}", "")
        return self._tried(lambda: MOVES[name](section, self.request.user, seen))

    def _section(self, key) -> MinutesSection | None:
        found = self.minutes.sections.filter(pk=int(key)) if KEY.fullmatch(key) else None
        section = found.first() if found else None
        if section:
            section.minutes = self.minutes
        return section

    def _tried(self, step):
        """Do it and tell what it says; a refusal leaves everything as it was."""
        try:
            said = step()
        except MoveRefused as refused:
            messages.warning(self.request, str(refused))
            self.minutes.refresh_from_db()
            return self.page(status=409)
        return self._back(said)

    def _bring(self) -> str:
        told = building.build(self.minutes, actor=self.request.user)
        words = ngettext(
            "%(added)s added, %(renewed)s brought up to date; %(n)s kept as a person wrote it.",
            "%(added)s added, %(renewed)s brought up to date; %(n)s kept as a person wrote them.",
            told.kept,
        )
        return words % {"added": told.added, "renewed": told.renewed, "n": told.kept}

    def _save(self):
        key = self.request.POST.get("section", "")
        section, form = self._section(key), SectionForm(self.request.POST)
        if not self.may_write:
            raise PermissionDenied
        if not form.is_valid():
            return self.page(form=form, editing=section, status=422)
        try:
            section = self._written(key, section, form.cleaned_data)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
            return self.page(form=form, editing=section, status=409)
        said = _("“%(title)s” was saved.") % {"title": section.title}
        return self._back(said, f"#s-{section.pk}")

    def _written(self, key, section, told) -> MinutesSection:
        actor, seen = self.request.user, self.request.POST.get("seen", "")
        if key == NEW:
            return editing.add_section(self.minutes, actor=actor, **told)
        if section is None:
            raise MoveRefused(_("That section is not here any more. Your text is still below."))
        return editing.write_section(section, actor=actor, seen=seen, **told)

    def _back(self, said, anchor=""):
        self.model_admin.log_change(self.request, self.minutes, said)
        messages.success(self.request, said)
        return HttpResponseRedirect(f"{self.address}{anchor}", status=303)

    def _gone(self):
        messages.warning(self.request, _("That section is not here any more. Nothing was changed."))
        return self.page(status=409)

    def page(self, *, form=None, editing=None, status=200):
        context = {
            **self.model_admin.admin_site.each_context(self.request),
            "title": _("Text of the minutes"), "opts": self.model_admin.opts,
            "minutes": self.minutes, "desk": MinutesDesk(self.minutes), "form": form,
            "editing": editing, "may_write": self.may_write, "address": self.address,
            "seen": self.request.POST.get("seen") or (editing and _mark(editing)),
            "theirs": self._theirs(editing, status), "new": NEW,
        }  # fmt: skip
        self.request.current_app = self.model_admin.admin_site.name
        template = "admin/accountability/minutes/text.html"
        return TemplateResponse(self.request, template, context, status=status)

    def _theirs(self, section, status) -> MinutesSection | None:
        """What the section says by now, where somebody else wrote in it first."""
        if status != 409 or section is None:
            return None
        return self.minutes.sections.filter(pk=section.pk).first()


def _form_of(section) -> SectionForm:
    return SectionForm(initial={"title": section.title, "body": section.body})


def _mark(section) -> str:
    return editing.mark(section)


def _shift(by):
    def move(section, actor, _seen):
        editing.shift_section(section, actor=actor, by=by)
        return _("“%(title)s” was moved.") % {"title": section.title}

    return move


def _renew(section, actor, seen):
    building.renew(section, actor=actor, seen=seen)
    return _("“%(title)s” says again what the data say.") % {"title": section.title}


def _remove(section, actor, seen):
    title = section.title
    editing.remove_section(section, actor=actor, seen=seen)
    return _("“%(title)s” was taken away.") % {"title": title}


MOVES = {"up": _shift(-1), "down": _shift(1), "renew": _renew, "remove": _remove}
