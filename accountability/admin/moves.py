"""How the desk moves rows: each action is a loop over one workflow function."""

from django.contrib import messages
from django.utils.translation import ngettext

from accountability import workflow
from portal.base.admin import MoveMixin, PublicModelAdmin


class MoveAdmin(MoveMixin, PublicModelAdmin):
    """Admin of rows with a state: the state is read here and written by the workflow alone."""

    def has_publish_permission(self, request):
        return request.user.has_perm(workflow.PUBLISH)

    def has_approve_permission(self, request):
        return request.user.has_perm(workflow.APPROVE)

    def run(self, request, queryset, move, **told):
        """Move each chosen row and say how many were moved."""
        if moved := len(self.move_rows(request, queryset, move, **told)):
            words = ngettext("%(n)s was moved.", "%(n)s were moved.", moved) % {"n": moved}
            self.message_user(request, words, messages.SUCCESS)

    def ask_and_run(self, request, queryset, move, form_class, title):
        """Ask first for what the move must be told; then as `run`."""
        sent = (request.POST, request.FILES) if "apply" in request.POST else ()
        form = form_class(*sent)
        if form.is_valid():
            return self.run(request, queryset, move, **form.cleaned_data)
        return self.ask_first(request, queryset, form, title)

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
