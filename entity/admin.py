"""The entity in the staff desk."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from entity import counting
from entity.models import (
    ClosingDay,
    Consent,
    Entity,
    Municipality,
    Office,
    OfficeMember,
    PrivacyNotice,
    ProcessMoment,
    Topic,
)
from portal.base.admin import PublicModelAdmin, ReadOnlyAdmin, key_or_404
from portal.base.forms import GateFileField

TERM_FIELDS = {"term_anchor", "event_answer_days"}


class EntityForm(forms.ModelForm):
    """The logo is uploaded, never chosen among stored files: others' names stay unseen."""

    logo_file = GateFileField(label=_("logo"), required=False, help_text=_("PNG or JPG."))

    class Meta:
        model = Entity
        exclude = ("logo",)  # noqa: DJ006 - every other field is the entity's own

    def clean_logo_file(self):
        clean = self.cleaned_data["logo_file"]
        if clean and not clean.content_type.startswith("image/"):
            raise forms.ValidationError(_("Send a picture: PNG or JPG."))
        return clean


class EveryPageAdmin(PublicModelAdmin, SimpleHistoryAdmin):
    """What every page shows: an edit makes all pages new."""

    def history_form_view(self, request, object_id, version_id, *args, **kwargs):
        keys = [key_or_404(self.opts, key) for key in (object_id, version_id)]
        return super().history_form_view(request, *keys, *args, **kwargs)


@admin.register(Entity)
class EntityAdmin(EveryPageAdmin):
    form = EntityForm
    list_display = ("name", "short_name", "city")
    readonly_fields = ("is_demo",)

    def save_model(self, request, obj, form, change):
        logo = form.cleaned_data.get("logo_file")
        if logo:
            obj.logo = logo.store()
        super().save_model(request, obj, form, change)
        if TERM_FIELDS & set(form.changed_data):
            counting.changed()

    def has_add_permission(self, request):
        return not Entity.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False


class OfficeMemberInline(admin.TabularInline):
    model = OfficeMember
    extra = 1


@admin.register(Office)
class OfficeAdmin(EveryPageAdmin):
    list_display = ("name", "short_name", "kind", "is_active")
    list_filter = ("kind", "is_active")
    search_fields = ("name", "short_name")
    prepopulated_fields = {"code": ("short_name",)}
    inlines = [OfficeMemberInline]


@admin.register(Topic)
class TopicAdmin(PublicModelAdmin):
    list_display = ("name", "order", "is_active")
    list_editable = ("order",)
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Municipality)
class MunicipalityAdmin(PublicModelAdmin):
    list_display = ("code", "name", "authority", "province")
    list_filter = ("authority",)
    search_fields = ("name", "code")


@admin.register(ClosingDay)
class ClosingDayAdmin(EveryPageAdmin):
    """A day that is added, changed or taken away makes the open terms be counted anew."""

    list_display = ("date", "reason")
    date_hierarchy = "date"

    def public_changed(self, obj):
        counting.changed()
        super().public_changed(obj)


@admin.register(PrivacyNotice)
class PrivacyNoticeAdmin(PublicModelAdmin):
    list_display = ("title", "version", "in_force_from")


@admin.register(ProcessMoment)
class ProcessMomentAdmin(PublicModelAdmin):
    list_display = ("title", "order")
    list_editable = ("order",)


@admin.register(Consent)
class ConsentAdmin(ReadOnlyAdmin):
    list_display = ("kind", "object_id", "purpose", "notice", "given_at")
