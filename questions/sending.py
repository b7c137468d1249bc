"""What pressing *Send question* does, in one transaction: one wait for the disk, not one each."""

from dataclasses import replace

from django.db import transaction

from portal.base import rows
from questions import guard, workflow
from questions.models import Draft
from questions.workflow import Filing


@transaction.atomic
def send(draft: Draft, filing: Filing, *, address: str, is_person: bool, at=None) -> guard.Verdict:
    """Count the try, file the draft and forget it; only FINE means that it was filed.

    `is_person` tells that the simple question was answered. What is not filed leaves the draft as
    it is, and the try stays counted.
    """
    verdict = guard.submission_verdict(address, filing.event, at=at)
    if verdict is guard.Verdict.REFUSE or (verdict is guard.Verdict.ASK and not is_person):
        return verdict
    marks = guard.marks_of(address, filing.event, filing.text, filing.email)
    try:
        workflow.submit_question(replace(filing, marks=marks), at=at)
    except workflow.AlreadyReceived:
        return guard.Verdict.REPEATED
    rows.forget(draft)
    return guard.Verdict.FINE
