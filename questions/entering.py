"""From what the staff typed or imported to what the workflow files."""

import re
import secrets

from django.core import signing

from questions import codes
from questions.forms.entry import EntryForm
from questions.models import Question, QuestionFile
from questions.workflow import Filing, enter_question

_sealed = signing.Signer(salt="entry")


def new_token() -> str:
    """A token for one opened form, signed: only one that was given out here files anything."""
    return _sealed.sign(secrets.token_urlsafe(16))


def token_of(sealed: str) -> str | None:
    """The token of a form that came back, or None where it is none of ours."""
    try:
        return _sealed.unsign(sealed)
    except signing.BadSignature:
        return None


def filed_with(token: str) -> Question | None:
    return Question.objects.filter(filing_key=codes.filing_key(token)).first()


def is_another(question: Question, form: EntryForm) -> bool:
    """Whether a form that comes back a second time holds other words than the case it became."""
    return squeezed(question.original_text) != squeezed(form.cleaned_data["text"])


def squeezed(text: str) -> str:
    """A text as it is compared: runs of white space are one space, capitals do not count."""
    return re.sub(r"\s+", " ", text).strip().casefold()


def filing_from(form: EntryForm, token: str, topics: dict, files=()) -> Filing:
    """A checked form as a filing. Without an authorisation no contact data is in it."""
    data = form.cleaned_data
    agreed = bool(data["consent"])
    return Filing(
        token=token,
        text=data["text"],
        topic=topics[data["topic"]],
        kind=data["kind"],
        event=data["event"],
        petition=data["petition"],
        scope=form.scope,
        municipality=form.place,
        display=data["display"],
        name=data["name"] if agreed else "",
        email=data["email"] if agreed else "",
        organisation=data["organisation"] if agreed else "",
        group=data["group"],
        is_minor=data["is_minor"],
        notice=form.notice if agreed else None,
        consent_means=form.means,
        channel=data["channel"],
        received_at=form.received_at,
        received_place=data["received_place"],
        external_reference=data["external_reference"],
        files=list(files),
        file_source=QuestionFile.Source.SLIP,
    )


def enter(form: EntryForm, *, token: str, actor, topics: dict) -> Question:
    """File a checked form with its slips. Raises MoveRefused; then no slip is kept."""
    stored = [clean.store() for clean in form.cleaned_data["files"]]
    try:
        return enter_question(
            filing_from(form, token, topics, stored), actor=actor, paper_form=form.paper_form
        )
    finally:
        _forget_unused(stored)


def _forget_unused(stored) -> None:
    """Slips of what was refused, or of a second press: the case has those of the first one."""
    keys = [file.pk for file in stored]
    used = set(QuestionFile.objects.filter(stored__in=keys).values_list("stored", flat=True))
    for file in [file for file in stored if file.pk not in used]:
        file.content.delete(save=False)
        file.delete()
