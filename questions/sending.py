"""What pressing *Send question* does, in one transaction: one wait for the disk, not one each."""

import fcntl
from contextlib import contextmanager
from dataclasses import replace

from django.conf import settings
from django.db import connection, transaction

from portal.base import rows
from questions import guard, workflow
from questions.models import Draft
from questions.workflow import Filing


@contextmanager
def _in_line():
    """One filing after the other where SQLite has one writer.

    Who finds SQLite busy sleeps and asks again later, and later still; who waits for this file is
    woken at once, whichever process had it. A process that dies lets go of it.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with (settings.DATA_DIR / "filing.lock").open("ab") as line:
        fcntl.flock(line, fcntl.LOCK_EX)
        yield


def send(draft: Draft, filing: Filing, *, address: str, is_person: bool, at=None) -> guard.Verdict:
    """Count the try, file the draft and forget it; only FINE means that it was filed.

    `is_person` tells that the simple question was answered. What is not filed leaves the draft as
    it is, and the try stays counted.
    """
    with _in_line(), transaction.atomic():
        return _send(draft, filing, address, is_person, at)


def _send(draft, filing, address, is_person, at) -> guard.Verdict:
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
