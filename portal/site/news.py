"""News by e-mail: one topic for what a citizen should not miss, or one event alone."""

from django import forms
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events import schedule
from events.models import Event
from portal.base import follows
from portal.base.addresses import client_address
from questions import voices
from questions.forms import FollowByMailForm


def _describe(_name: str) -> follows.Followed:
    return follows.Followed(_("the news of this portal"), reverse("process"))


follows.register(follows.NEWS, _describe)


class SubscribeForm(FollowByMailForm):
    """An address, and whether it wants all the news or those of the event in focus."""

    field_order = ("wanted", "email")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        event = schedule.event_in_focus()
        self.choices = [(follows.NEWS, _("All the news: new events, changes of day, minutes"))]
        if event and event.status in (*Event.Status.COMING, Event.Status.POSTPONED):
            only = _("Only “%(title)s”") % {"title": event.title}
            self.choices.append((f"event:{event.slug}", only))
        if len(self.choices) > 1:
            self.fields["wanted"] = forms.ChoiceField(
                label=_("What do you want to hear of?"),
                choices=self.choices,
                initial=follows.NEWS,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose what you want to hear of")},
            )

    @property
    def topic(self) -> str:
        return self.cleaned_data.get("wanted") or follows.NEWS


@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request):
    """Ask for the news; the answer is the same for every address."""
    if request.method != "POST":
        return _page(request, SubscribeForm(), sent="enviado" in request.GET)
    form = SubscribeForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    if not voices.is_mail_flood(client_address(request)):
        follows.start(form.topic, form.cleaned_data["email"], request.LANGUAGE_CODE)
    return redirect(reverse("subscribe") + "?enviado=1")


def _page(request, form, *, sent=False, note=""):
    title = _("Check your e-mail") if sent else _("News by e-mail")
    context = {"form": form, "sent": sent, "note": note, "title": title, "trail": [(title, "")]}
    return render(request, "site/subscribe.html", context)


def _again(request):
    note = _("The page was open for a long time. Press the button again.")
    return _page(request, SubscribeForm(request.POST), note=note)


subscribe.after_lost_cookie = _again
