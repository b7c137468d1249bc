"""Who looked at personal data: read by internal control, written by nobody here."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from portal.base.admin.parents import ReadOnlyAdmin
from portal.base.models import AccessEntry

WHAT = {"identity": _("Name and contact data"), "evidence": _("Evidence folder")}


@admin.register(AccessEntry)
class AccessEntryAdmin(ReadOnlyAdmin):
    """One line for each look. It says of which case, never what stood there."""

    list_display = ("at", "actor", "reference", "opened")
    list_display_links = None
    list_filter = ("actor",)
    search_fields = ("reference",)
    date_hierarchy = "at"
    list_select_related = ("actor",)

    @admin.display(description=_("what was opened"), ordering="what")
    def opened(self, entry):
        return WHAT.get(entry.what, entry.what)
