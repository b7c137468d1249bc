"""What comes by another channel and is entered by the staff, and the numbered sheets of paper."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from portal.base import clock, versions
from portal.base.machine import MoveRefused
from portal.base.models import Sequence
from questions.models import PaperForm, Question
from questions.workflow.filing import Filing, submit_question
from questions.workflow.machines import ENTER, demand

MOST_FORMS = 200


@transaction.atomic
def enter_question(filing: Filing, *, actor, paper_form=None, at=None) -> Question:
    """File what came by another channel; its numbered sheet is used up in the same transaction.

    The author is told by e-mail, as at the portal's own form. Raises MoveRefused where the receipt
    lies ahead, or where the sheet belongs to another contribution.
    """
    demand(actor, ENTER)
    at = clock.now(at)
    if filing.received_at and filing.received_at > at:
        raise MoveRefused(_("The receipt can't lie ahead. Check the date and the hour."))
    question = submit_question(filing, actor=actor, at=at)
    if paper_form:
        _use(paper_form, question)
    if filing.event:
        # What was received days ago is none of the new ones that the worker looks for.
        versions.content_changed(filing.event.slug)
    return question


def _use(paper_form, question) -> None:
    """A sheet counts once: two people may be typing it at the same moment."""
    free = Q(question=None) | Q(question=question)
    if not PaperForm.objects.filter(free, pk=paper_form.pk).update(question=question):
        raise MoveRefused(used_sentence(PaperForm.objects.get(pk=paper_form.pk)))


def used_sentence(paper_form) -> str:
    return _("The form %(form)s was entered already: it is %(ref)s.") % {
        "form": paper_form,
        "ref": paper_form.question.reference,
    }


@transaction.atomic
def reserve_forms(*, actor, count: int, event=None, at=None) -> list[PaperForm]:
    """Take the numbers of `count` sheets, which are never given again.

    Raises MoveRefused where `count` is not from 1 to 200.
    """
    demand(actor, ENTER)
    if not 1 <= count <= MOST_FORMS:
        raise MoveRefused(_("From 1 to %(most)s forms at once.") % {"most": MOST_FORMS})
    printed_at = clock.now(at)
    forms = [
        PaperForm(
            number=Sequence.take("paper_form"), event=event, printed_at=printed_at, printed_by=actor
        )
        for _sheet in range(count)
    ]
    return PaperForm.objects.bulk_create(forms)
