"""What visitors do on the page of a published contribution: support it, judge its answer.

Both come from a page that is the same for everybody, so they carry no token and are taken from
our own pages only.
"""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render

from portal.base.addresses import client_address, person_of_day
from portal.base.same_origin import same_origin_post
from questions import selectors, voices
from questions.forms import VerdictForm
from questions.selectors_lists import public_questions


def _to_page(item, fragment):
    """Back to the page, at a sentence that only this fragment shows."""
    return HttpResponseRedirect(f"{item.get_absolute_url()}#{fragment}", status=303)


@same_origin_post
def interest(request, number):
    """A mí también me interesa. A second press, or one too many, is thanked like the first."""
    item = get_object_or_404(public_questions(), number=number)
    address = client_address(request)
    if not voices.is_flood(address):
        voices.add_interest(item, person=person_of_day(request), address=address)
    return _to_page(item, "gracias")


@same_origin_post
def verdict(request, number):
    """Whether the answer answered. What can't be taken is shown again on a page of its own."""
    item = get_object_or_404(public_questions(), number=number)
    answers = selectors.published_answers(item)
    if not answers:
        return _to_page(item, "contenido")
    form = VerdictForm(request.POST)
    if not form.is_valid():
        return render(request, "questions/verdict_form.html", {"question": item, "form": form})
    address = client_address(request)
    if not voices.is_flood(address):
        person = person_of_day(request)
        voices.add_verdict(answers[0], person=person, address=address, **form.cleaned_data)
    return _to_page(item, "recibida")
