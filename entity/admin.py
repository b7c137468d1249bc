"""The entity in the staff desk."""

from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from entity.models import (
    ClosingDay,
    Consent,
    Entity,
    Municipality,
    Office,
    OfficeMember,
    PrivacyNotice,
    Topic,
)
from portal.base.admin import PublicModelAdmin, ReadOnlyAdmin


class EveryPageAdmin(PublicModelAdmin, SimpleHistoryAdmin):
    """What every page shows: an edit makes all pages new."""


@admin.register(Entity)
class EntityAdmin(EveryPageAdmin):
    list_display = ("name", "short_name", "city")
    readonly_fields = ("is_demo",)

    def has_add_permission(self, request):
        return not Entity.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False


class OfficeMemberInline(admin.TabularInline):
    model = OfficeMember
    extra = 1
    autocomplete_fields = ("user",)


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
    list_display = ("date", "reason")
    date_hierarchy = "date"


@admin.register(PrivacyNotice)
class PrivacyNoticeAdmin(PublicModelAdmin):
    list_display = ("title", "version", "in_force_from")


@admin.register(Consent)
class ConsentAdmin(ReadOnlyAdmin):
    list_display = ("kind", "object_id", "purpose", "notice", "given_at")
