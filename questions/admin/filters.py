"""Filters of the list. Their choices come from the snapshot of the entity: no query for each."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from entity.registry import registry
from events.models import Event
from portal.base import clock
from portal.base.dates import short_day
from questions import selectors_desk, selectors_staff
from questions.models import Question

S = Question.Status


class DeskFilter(admin.SimpleListFilter):
    """A filter beside the list; folded unless it is in use."""

    template = "admin/questions/question/filter.html"
    opened = False

    @property
    def words(self) -> str:
        """What is chosen, as the list of choices says it."""
        return str(dict(self.lookup_choices).get(self.value(), self.value()))


class SavedView(DeskFilter):
    """The tabs above the list. Without one: what waits for the role; a search looks everywhere."""

    title = _("View")
    parameter_name = "vista"
    is_tabs = True

    def lookups(self, request, model_admin):
        self.shown = self._shown(request)
        self.tabs = selectors_desk.tabs(request.user, selectors_desk.counts_of(request), self.shown)
        return [(name, name) for name in selectors_desk.LABELS]

    def _shown(self, request) -> str:
        default = "todas" if request.GET.get("q") else selectors_desk.first_view(request.user)
        chosen = request.GET.get(self.parameter_name, default)
        return chosen if chosen in selectors_desk.LABELS else default

    def queryset(self, request, queryset):
        return queryset.filter(selectors_desk.views(clock.local_day())[self.shown])


class StateFilter(DeskFilter):
    title = _("state")
    parameter_name = "estado"
    opened = True

    def lookups(self, request, model_admin):
        return S.choices

    def queryset(self, request, queryset):
        return queryset.filter(status=self.value()) if self.value() else queryset


class DeadlineFilter(DeskFilter):
    title = _("deadline")
    parameter_name = "plazo"
    opened = True

    def lookups(self, request, model_admin):
        return [
            ("hoy", _("Late or due today")),
            ("semana", _("1 to 5 days")),
            ("despues", _("More than 5 days")),
            ("pausa", _("On hold")),
        ]

    def queryset(self, request, queryset):
        today = clock.local_day()
        end = selectors_staff.week_end(today)
        running = Q(status__in=S.RUNNING)
        chosen = {
            "hoy": running & Q(due_on__lte=today),
            "semana": running & Q(due_on__gt=today, due_on__lte=end),
            "despues": running & Q(due_on__gt=end),
            "pausa": Q(status__in=S.PAUSED),
        }.get(self.value(), Q())
        return queryset.filter(chosen)


class _ByColumn(DeskFilter):
    """The rows whose column has the chosen value."""

    column: str

    def queryset(self, request, queryset):
        return queryset.filter(**{self.column: self.value()}) if self.value() else queryset


class OfficeFilter(_ByColumn):
    title = _("office")
    parameter_name = "oficina"
    column = "office__code"

    def lookups(self, request, model_admin):
        return [(office.code, office.short_name) for office in registry().offices]


class TopicFilter(_ByColumn):
    title = _("topic")
    parameter_name = "tema"
    column = "topic__slug"

    def lookups(self, request, model_admin):
        return [(topic.slug, topic.name) for topic in registry().topics]


class MunicipalityFilter(_ByColumn):
    title = _("municipality")
    parameter_name = "municipio"
    column = "municipality"

    def lookups(self, request, model_admin):
        return [(m.code, m.name) for m in registry().municipalities]


class ChannelFilter(_ByColumn):
    title = _("channel")
    parameter_name = "canal"
    column = "channel"

    def lookups(self, request, model_admin):
        return Question.Channel.choices


class EventFilter(_ByColumn):
    title = _("event")
    parameter_name = "jornada"
    column = "event__slug"

    def lookups(self, request, model_admin):
        return [(e.slug, f"{short_day(e.starts_at)}, {e.title}") for e in Event.objects.all()]
