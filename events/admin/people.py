"""Who comes and who speaks, at the desk: the order of speakers, the door, and the audience."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entity.models import Consent
from events.admin.pages import event_or_404, event_page
from events.instants import InstantField
from events.models import Attendee, AudienceCount, Speaker
from events.people import selectors, workflow
from events.people.forms import SpeakerForm
from portal.base import automatic, clock
from portal.base.admin import ReadOnlyAdmin
from portal.base.dates import clock as hour
from portal.base.forms import CleanCharField
from portal.base.machine import MoveRefused
from portal.base.models import AccessEntry

CONTACT = "events.view_people_contact"
ORDERS = {
    "up": lambda row, actor: workflow.move_speaker(row, actor=actor, up=True),
    "down": lambda row, actor: workflow.move_speaker(row, actor=actor, up=False),
    "heard": lambda row, actor: workflow.mark_heard(row, actor=actor),
    "absent": lambda row, actor: workflow.mark_absent(row, actor=actor),
    "withdraw": lambda row, actor: workflow.withdraw_speaker(row, actor=actor),
}


LABELS = {
    "name": gettext_lazy("name"),
    "email": gettext_lazy("e-mail"),
    "phone": gettext_lazy("telephone"),
    "organisation": gettext_lazy("organisation"),
    "municipality": gettext_lazy("municipality"),
    "in_own_name": gettext_lazy("In whose name will they speak?"),
    "topic": gettext_lazy("topic"),
    "theme": gettext_lazy("what they will speak about"),
    "medium": gettext_lazy("how"),
    "material_url": gettext_lazy("address of the recording"),
    "consent": gettext_lazy("They authorised the use of their data."),
}


class EnteredSpeakerForm(SpeakerForm):
    """A speaker who registered at an office, a town hall or by telephone; the desk's own words."""

    means = forms.ChoiceField(
        label=gettext_lazy("How did they authorise the use of their data?"),
        choices=Consent.Means.choices,
        initial=Consent.Means.SPOKEN,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in LABELS.items():
            self.fields[name].label = label
        self.fields["name"].error_messages["required"] = _("Write the name")
        self.fields["in_own_name"].choices = [
            ("1", _("In their own name")),
            ("0", _("For their organisation")),
        ]


class WalkInForm(forms.Form):
    """Three fields for who came without registering."""

    name = CleanCharField(
        label=gettext_lazy("name"),
        max_length=120,
        error_messages={"required": gettext_lazy("Write the name")},
    )
    organisation = CleanCharField(
        label=gettext_lazy("organisation"), max_length=120, required=False
    )


class CountForm(forms.ModelForm):
    """How many follow by one channel now, or at the hour that is written."""

    class Meta:
        model = AudienceCount
        fields = ("channel", "people", "counted_at")
        labels = {"counted_at": gettext_lazy("hour of the count")}
        error_messages = {
            "channel": {"required": gettext_lazy("Choose the channel")},
            "people": {"required": gettext_lazy("Write how many people")},
        }
        field_classes = {"counted_at": InstantField}
        widgets = {
            "counted_at": forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            )
        }


def _event(request, model_admin, pk):
    if not request.user.has_perm(workflow.MANAGE):
        raise PermissionDenied
    return event_or_404(request, model_admin, pk)


def _back(name, event, row=""):
    address = reverse(f"admin:events_event_{name}", args=[event.pk]) + row
    return HttpResponseRedirect(address, status=303)


def speakers(request, model_admin, pk):
    """The order of speakers, on a page that can be printed; buttons move and mark."""
    event = _event(request, model_admin, pk)
    if request.method == "POST":
        moved = _order(request, event)
        return _back("speakers", event, f"#persona-{moved.pk}")
    rows = selectors.order_of_speakers(event)
    minutes = (event.speaking_minutes or 0) * len(rows)
    return event_page(
        request, model_admin, event, "speakers", _("Speakers"), rows=rows, minutes=minutes
    )


def _order(request, event) -> Speaker:
    name, _dash, key = request.POST.get("act", "").partition("-")
    if name not in ORDERS or not key.isdecimal() or len(key) > 18:
        raise BadRequest
    speaker = event.speakers.filter(pk=key).first()
    if speaker is None:
        raise Http404
    try:
        ORDERS[name](speaker, request.user)
    except MoveRefused as refused:
        messages.warning(request, str(refused))
    return speaker


def enter_speaker(request, model_admin, pk):
    """Put down the name of who registered by another way than the portal."""
    event = _event(request, model_admin, pk)
    form = EnteredSpeakerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        own = ("in_own_name", "topic", "theme", "medium", "material_url", "text")
        given = ("name", "email", "phone", "organisation", "municipality", "means")
        person = workflow.Person(
            token=request.POST.get("started", ""),
            notice=form.shown_notice,
            more={name: data[name] for name in own},
            **{name: data[name] for name in given},
        )
        try:
            workflow.register_speaker(event, person, actor=request.user)
        except workflow.PageUsed as used:
            form.add_error(None, str(used))
        else:
            messages.success(request, _("“%(name)s” is on the list.") % {"name": data["name"]})
            return _back("speakers", event)
    return event_page(
        request, model_admin, event, "enter_speaker", _("Add a speaker"),
        form=form, started=_started(request, form),
    )  # fmt: skip


def _started(request, form) -> str:
    """The token of the page: it stays while the fields are mended, and is used once."""
    is_used = bool(form.non_field_errors()) if form.is_bound else False
    return (not is_used and request.POST.get("started")) or automatic.opened_now()


def door(request, model_admin, pk):
    """At the door: a code or a name, one press to come in, and who came without registering."""
    event = _event(request, model_admin, pk)
    walk_in = WalkInForm(request.POST if "walk_in" in request.POST else None)
    if request.method == "POST" and (answer := _at_the_door(request, event, walk_in)):
        return answer
    typed = (request.GET.get("codigo") or request.GET.get("q") or "")[:80]
    person = workflow.find(Attendee, event, typed) if typed else None
    found = [person] if person else selectors.found_by_name(event, typed)
    speaker = None if found or not typed else workflow.find(Speaker, event, typed)
    if speaker and not walk_in.is_bound:
        walk_in.initial = {"name": speaker.name, "organisation": speaker.organisation}
    return event_page(
        request, model_admin, event, "door", _("The door"), typed=typed, found=found,
        speaker=speaker, walk_in=walk_in, figures=selectors.figures(event),
        started=automatic.opened_now(),
    )  # fmt: skip


def _at_the_door(request, event, walk_in):
    """What the pressed button did; None where the form has errors to show."""
    if "walk_in" in request.POST:
        if not walk_in.is_valid():
            return None
        person = workflow.Person(token=request.POST.get("started", ""), **walk_in.cleaned_data)
        try:
            workflow.walk_in(event, person, actor=request.user)
        except workflow.PageUsed as used:
            messages.warning(request, str(used))
            return None
        messages.success(request, _("%(name)s is in.") % {"name": person.name})
        return _back("door", event)
    key = request.POST.get("attendee", "")
    if not key.isdecimal() or len(key) > 18:
        raise BadRequest
    attendee = get_object_or_404(event.attendees, pk=key)
    if workflow.check_in(attendee, actor=request.user):
        messages.success(request, _("%(name)s is in.") % {"name": attendee.name})
    else:
        words = _("%(name)s came in already, at %(time)s.")
        told = {"name": attendee.name, "time": hour(attendee.checked_in_at)}
        messages.warning(request, words % told)
    return _back("door", event)


def audience(request, model_admin, pk):
    """How many follow by each channel, hour by hour; the largest count is the peak."""
    event = _event(request, model_admin, pk)
    form = CountForm(request.POST or None, initial={"counted_at": clock.now()})
    if request.method == "POST" and form.is_valid():
        form.instance.event, form.instance.recorded_by = event, request.user
        form.save()
        messages.success(request, _("The count was kept."))
        return _back("audience", event)
    return event_page(
        request, model_admin, event, "audience", _("Audience"), form=form,
        peaks=selectors.peaks(event), counts=event.audience.order_by("-counted_at", "-pk"),
    )  # fmt: skip


PAGES = (
    ("intervenciones", speakers, "speakers"),
    ("intervenciones/agregar", enter_speaker, "enter_speaker"),
    ("entrada", door, "door"),
    ("publico", audience, "audience"),
)


class PersonAdmin(ReadOnlyAdmin):
    """A registration is read here. How to reach the person is behind a button that is logged."""

    list_filter = ("status", "event")
    list_select_related = ("event", "municipality")
    search_fields = ("name", "organisation")
    change_form_template = "admin/events/person.html"

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(workflow.MANAGE)

    def has_module_permission(self, request):
        return request.user.has_perm(workflow.MANAGE)

    def get_urls(self):
        view = self.admin_site.admin_view(self.contact)
        name = f"events_{self.opts.model_name}_contact"
        return [path("<number:pk>/contacto/", view, name=name), *super().get_urls()]

    def contact(self, request, pk):
        """How to reach somebody: written down first who looked and when."""
        if request.method != "POST":
            raise BadRequest
        if not request.user.has_perm(CONTACT):
            raise PermissionDenied
        person = get_object_or_404(self.get_queryset(request), pk=pk)
        AccessEntry.objects.create(
            actor=request.user, kind=self.opts.model_name, object_id=person.pk,
            reference=f"{self.opts.model_name}-{person.pk}", what="contact", at=clock.now(),
        )  # fmt: skip
        return self.changeform_view(
            request_as_get(request), str(pk), extra_context={"contact": person}
        )


def request_as_get(request):
    """The same request, to be answered as one that only reads."""
    request.method = "GET"
    return request


@admin.register(Speaker)
class SpeakerAdmin(PersonAdmin):
    list_display = ("name", "organisation", "event", "order", "medium", "status")
    fields = (
        "event", "status", "name", "in_own_name", "organisation", "municipality", "topic", "theme",
        "medium", "material_url", "text", "order", "registered_at",
    )  # fmt: skip


@admin.register(Attendee)
class AttendeeAdmin(PersonAdmin):
    list_display = ("name", "organisation", "event", "status", "checked_in_at", "is_walk_in")
    fields = (
        "event", "status", "name", "organisation", "municipality", "needs", "is_walk_in",
        "checked_in_at", "registered_at",
    )  # fmt: skip
