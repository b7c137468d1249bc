"""“Copy this event”: a draft for another day, made of an earlier event."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import copying
from events.admin.forms import suggested_slug
from events.admin.pages import event_or_404, event_page
from events.instants import INSTANT, InstantField
from events.models import Event
from events.models.event import event_slug
from portal.base.forms import CleanCharField


class CopyForm(forms.Form):
    """The new day, asked first; the rest has a good answer already."""

    use_required_attribute = False
    starts_at = InstantField(label=gettext_lazy("New start"), widget=INSTANT)
    ends_at = InstantField(
        label=gettext_lazy("New end"),
        widget=INSTANT,
        required=False,
        help_text=gettext_lazy("Leave it empty: it lasts as long as the other one."),
    )
    title = CleanCharField(label=gettext_lazy("title"), max_length=120)
    slug = forms.CharField(
        label=gettext_lazy("address"),
        max_length=80,
        required=False,
        validators=[event_slug],
        help_text=gettext_lazy("Leave it empty: it is made of the date and the kind."),
    )

    def __init__(self, *args, event: Event, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.event = event

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if slug and Event.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("Another event has this address. Write another one."))
        return slug

    def clean(self):
        data = super().clean()
        start = data.get("starts_at")
        if start and "ends_at" not in self.errors:
            length = self.event.ends_at - self.event.starts_at
            data["ends_at"] = data.get("ends_at") or start + length
            if data["ends_at"] <= start:
                self.add_error("ends_at", _("The end must come after the start."))
        if start and not data.get("slug"):
            data["slug"] = suggested_slug(self.event.kind, start)
        return data


def copy(request, model_admin, pk):
    """Ask for the day, then make the draft and open it."""
    event = event_or_404(request, model_admin, pk)
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    form = CopyForm(request.POST or None, event=event, initial={"title": event.title})
    if not form.is_valid():
        title = _("Copy this event")
        return event_page(request, model_admin, event, "copy", title, form=form)
    made = copying.copy_event(event, actor=request.user, **form.cleaned_data)
    model_admin.log_addition(request, made, _("Copy of %(event)s.") % {"event": event})
    words = _("The draft is here. Read it whole: its texts are those of the other event.")
    messages.success(request, words)
    address = reverse("admin:events_event_change", args=[made.pk])
    return HttpResponseRedirect(address, status=303)
