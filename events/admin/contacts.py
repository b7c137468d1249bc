"""The directory of contacts at the desk. How to reach them is for who keeps it."""

from django.contrib import admin
from django.urls import path

from events.admin import contact_lists
from events.models import Contact, ContactGroup
from portal.base.admin import DeskMixin

REACH = ("email", "phone")


@admin.register(ContactGroup)
class ContactGroupAdmin(DeskMixin, admin.ModelAdmin):
    list_display = ("name", "code", "order")

    def get_readonly_fields(self, request, obj=None):
        return ("code",) if obj else ()


@admin.register(Contact)
class ContactAdmin(DeskMixin, admin.ModelAdmin):
    """Who may read but not keep it sees organisations and groups, no address and no telephone."""

    fields = (
        "group", "organisation", "person", "email", "phone", "municipality", "stopped_at",
    )  # fmt: skip
    readonly_fields = ("stopped_at",)
    list_filter = ("group", ("stopped_at", admin.EmptyFieldListFilter))
    list_select_related = ("group", "municipality")
    change_list_template = "admin/events/contact/change_list.html"

    def get_fields(self, request, obj=None):
        keeps = self.has_change_permission(request, obj) or self.has_add_permission(request)
        return [name for name in self.fields if keeps or name not in (*REACH, "person")]

    def get_list_display(self, request):
        reach = ("email",) if self.has_change_permission(request) else ()
        return ("organisation", "group", "municipality", *reach, "stopped_at")

    def get_search_fields(self, request):
        reach = ("person", "email") if self.has_change_permission(request) else ()
        return ("organisation", "municipality__name", *reach)

    def lookup_allowed(self, lookup, value, request):
        """By the filters alone: an address would be found out letter by letter."""
        offered = ("group", "stopped_at")
        return lookup.split("__")[0] in offered and super().lookup_allowed(lookup, value, request)

    def get_urls(self):
        pages = (
            ("importar/", contact_lists.upload, "import"),
            ("plantilla.<str:kind>", contact_lists.template, "template"),
            ("directorio.<str:kind>", contact_lists.export, "export"),
        )
        own = [
            path(address, self._page(view), name=f"events_contact_{name}")
            for address, view, name in pages
        ]
        return [*own, *super().get_urls()]

    def _page(self, view):
        wrapped = self.admin_site.admin_view(view)
        return lambda request, **kwargs: wrapped(request, model_admin=self, **kwargs)
