"""Following a published contribution by e-mail; a page of its own, because it asks for data."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.base import follows
from portal.base.addresses import client_address
from questions import voices
from questions.forms import FollowByMailForm
from questions.selectors_lists import public_questions


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request, number):
    """Follow one contribution by e-mail; the answer is the same for every address."""
    item = get_object_or_404(public_questions(), number=number)
    if request.method != "POST":
        return _follow_page(request, item, FollowByMailForm(), sent="enviado" in request.GET)
    form = FollowByMailForm(request.POST)
    if not form.is_valid():
        return _follow_page(request, item, form)
    if not voices.is_mail_flood(client_address(request)):
        follows.start(f"question:{number}", form.cleaned_data["email"], request.LANGUAGE_CODE)
    return redirect(reverse("question_follow", kwargs={"number": number}) + "?enviado=1")


def _follow_page(request, item, form, *, sent=False, note=""):
    context = {"question": item, "form": form, "sent": sent, "note": note}
    return render(request, "questions/follow_by_mail.html", context)


def _follow_again(request, number):
    item = get_object_or_404(public_questions(), number=number)
    note = _("The page was open for a long time. Press the button again.")
    return _follow_page(request, item, FollowByMailForm(request.POST), note=note)


follow.after_lost_cookie = _follow_again
