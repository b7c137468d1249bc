"""What accounts are rendered about, written at the desk or imported from a list."""

from django.contrib import admin
from django.urls import path

from events import publishing
from events.admin.result_lists import LISTS
from events.models import Event, Result
from events.results import workflow
from events.results.forms import ResultForm
from portal.base.admin import PublicModelAdmin


@admin.register(Result)
class ResultAdmin(PublicModelAdmin):
    """Its number is given once; the order may change, its anchor never does."""

    form = ResultForm
    fields = (
        "event", ("order", "kind"), "programme", "goal", ("unit", "planned", "reached"),
        ("money_planned", "money_executed"), "cutoff_on", "office", "difficulty", "source",
    )  # fmt: skip
    list_display = ("goal", "number", "order", "kind", "programme", "planned", "reached", "event")
    list_display_links = ("goal",)
    list_editable = ("order",)
    list_filter = ("event", "kind")
    list_select_related = ("event",)
    search_fields = ("goal", "programme", "difficulty")
    ordering = ("-event__starts_at", "order", "number")
    change_list_template = "admin/events/result/change_list.html"

    def get_readonly_fields(self, request, obj=None):
        """The number counts within the event, so a result stays with its own."""
        return ("event",) if obj else ()

    def save_model(self, request, obj, form, change):
        if not change:
            workflow.number_result(obj)
        super().save_model(request, obj, form, change)

    def view_on_site(self, obj):
        return None if obj.event.status == Event.Status.DRAFT else obj.get_absolute_url()

    def public_changed(self, obj):
        publishing.event_changed(obj.event)

    def get_urls(self):
        pages = (
            ("importar/", LISTS.upload, "import"),
            ("plantilla.<str:kind>", LISTS.template, "template"),
        )
        own = [
            path(address, self._page(view), name=f"events_result_{name}")
            for address, view, name in pages
        ]
        return [*own, *super().get_urls()]

    def _page(self, view):
        wrapped = self.admin_site.admin_view(view)
        return lambda request, **kwargs: wrapped(request, model_admin=self, **kwargs)
