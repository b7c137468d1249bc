"""How the desk moves rows: each action is a loop over one workflow function."""

from django.contrib import messages
from django.contrib.admin import helpers
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accountability import workflow
from portal.base.admin import PublicModelAdmin
from portal.base.machine import MoveRefused


class MoveAdmin(PublicModelAdmin):
    """Admin of rows with a state: the state is read here and written by the workflow alone."""

    def has_publish_permission(self, request):
        return request.user.has_perm(workflow.PUBLISH)

    def has_approve_permission(self, request):
        return request.user.has_perm(workflow.APPROVE)

    def run(self, request, queryset, move, **told):
        """Move each chosen row; every refusal is told with its sentence, the others go on."""
        moved = 0
        for obj in queryset:
            try:
                move(obj, actor=request.user, **told)
            except MoveRefused as refused:
                self.message_user(request, f"{obj}: {refused}", messages.WARNING)
            except PermissionDenied as denied:
                words = str(denied) or _("Your role does not allow it.")
                self.message_user(request, f"{obj}: {words}", messages.ERROR)
            else:
                moved += 1
        if moved:
            words = ngettext("%(n)s was moved.", "%(n)s were moved.", moved) % {"n": moved}
            self.message_user(request, words, messages.SUCCESS)

    def ask_and_run(self, request, queryset, move, form_class, title):
        """Ask first for what the move must be told; then as `run`."""
        form = form_class(request.POST if "apply" in request.POST else None)
        if form.is_valid():
            return self.run(request, queryset, move, **form.cleaned_data)
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "form": form,
            "chosen": queryset,
            "action": request.POST.get("action", ""),
            "checkbox": helpers.ACTION_CHECKBOX_NAME,
            "opts": self.opts,
        }
        return render(request, "accountability/admin_reason.html", context)

    def written_by_the_desk(self, obj) -> list[str]:
        """Columns that a save writes beside the edited ones."""
        return []

    def save_model(self, request, obj, form, change):
        """Write the edited fields and no other: a move that was made meanwhile stays."""
        if not change:
            return obj.save()
        columns = {field.name for field in obj._meta.concrete_fields}
        edited = [name for name in form.changed_data if name in columns]
        return obj.save(update_fields=[*edited, *self.written_by_the_desk(obj)])
