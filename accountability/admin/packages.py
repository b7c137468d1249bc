"""Archive packages in the desk: asked for here, built by the worker."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.admin.moves import MoveAdmin
from accountability.models import ArchivePackage
from accountability.package import workflow
from events.models import Event
from portal.base.machine import MoveRefused


class AskForm(forms.ModelForm):
    """An event or a year. It is asked for here, so that a refusal stands beside the field."""

    class Meta:
        model = ArchivePackage
        fields = ("event", "year")

    actor = None

    def clean(self):
        data = super().clean()
        event, year = data.get("event"), data.get("year")
        if self.errors:
            return data
        if bool(event) == bool(year):
            raise forms.ValidationError(_("Choose an event, or write a year."))
        try:
            self.asked = workflow.ask_package(actor=self.actor, event=event, year=year)
        except MoveRefused as refused:
            raise forms.ValidationError(str(refused)) from refused
        return data


@admin.register(ArchivePackage)
class ArchivePackageAdmin(MoveAdmin):
    """What was asked for and how far it is; a package is never edited."""

    list_display = (
        "owner", "edition", "status", "asked_at", "built_at", "files", "megabytes", "problem",
    )  # fmt: skip
    list_filter = ("status",)
    list_select_related = ("event",)
    actions = ["retry"]

    def public_changed(self, obj):
        """Nothing: the worker tells when it is built."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is not None:
            return super().get_form(request, obj, change, **kwargs)
        form = super().get_form(request, obj, change, form=AskForm, **kwargs)
        return type("AskFormOfActor", (form,), {"actor": request.user})

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "event":
            kwargs["queryset"] = Event.objects.public()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        """The form asked for it already."""
        obj.pk = form.asked.pk
        obj._state.adding = False
        obj.refresh_from_db()

    def has_build_permission(self, request):
        return request.user.has_perm(workflow.BUILD)

    def has_add_permission(self, request):
        return self.has_build_permission(request)

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=gettext_lazy("of"))
    def owner(self, obj):
        return str(obj.event or obj.year)

    @admin.display(description="MB")
    def megabytes(self, obj):
        return f"{obj.size / 1024**2:.1f}" if obj.size else ""

    @admin.action(description=gettext_lazy("Try again what failed"), permissions=["build"])
    def retry(self, request, queryset):
        self.run(request, queryset, workflow.retry_package)
