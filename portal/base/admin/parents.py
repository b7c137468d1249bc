"""The parents of admins: of things the public sees, and of rows that only the portal writes."""

from django.contrib import admin

from portal.base import versions
from portal.base.admin.bounds import DeskMixin


class PublicModelAdmin(DeskMixin, admin.ModelAdmin):
    """Admin of something the public sees: an edit moves its version and its search row.

    `public_changed` is called once after the object and its inlines are saved, and on deletion.
    """

    def public_changed(self, obj):
        versions.everything_changed()

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self.public_changed(form.instance)

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        self.public_changed(obj)

    def delete_queryset(self, request, queryset):
        for obj in queryset:
            self.delete_model(request, obj)


class ReadOnlyAdmin(DeskMixin, admin.ModelAdmin):
    """Rows that only the portal writes."""

    def lookup_allowed(self, lookup, value, request):
        """By the filters of the page alone.

        Django takes any column in an address (`?to__startswith=a`): who may not read an address
        or a link would find it out letter by letter.
        """
        offered = {*self.list_filter, self.date_hierarchy}
        return lookup.split("__")[0] in offered and super().lookup_allowed(lookup, value, request)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
