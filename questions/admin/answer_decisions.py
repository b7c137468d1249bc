"""The buttons of the page of an answer: which fields each one reads, and the workflow behind it."""

from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.base import pictures, uploads
from portal.base.machine import MoveRefused
from questions import selectors_answers, workflow
from questions.admin.answer_form import TEXT, AnswerForm, words_field
from questions.models import Answer, AnswerFile

DONE = {
    "save": gettext_lazy("The draft was saved."),
    "attach": gettext_lazy("The file was added, and the draft was saved."),
    "remove": gettext_lazy("The file was taken away, and the draft was saved."),
    "request": gettext_lazy("The answer waits for the approval of another person."),
    "publish": gettext_lazy("The answer was published. Its author is told by e-mail."),
    "schedule": gettext_lazy("The answer is approved and is published on its day."),
    "return": gettext_lazy("The answer went back to who drafted it, with your comment."),
    "moment": gettext_lazy("The moment of the recording was saved."),
}
OF_WRITER = ("save", "attach", "remove", "request")
# Where a refusal of the other decisions stands.
OF_OTHERS = {
    "publish": (),
    "schedule": ("release_at",),
    "return": ("comment",),
    "moment": ("moment",),
}


class FieldRefused(MoveRefused):
    """A refusal that belongs beside one field."""

    def __init__(self, field: str, sentence: str):
        super().__init__(sentence)
        self.field = field


def fields_of(name: str, form: AnswerForm) -> tuple[str, ...]:
    """The fields that a decision reads, in the order of the page."""
    if name not in OF_WRITER:
        return OF_OTHERS[name]
    words = (words_field(file) for file in form.attached)
    return (*TEXT, *words, "new_file", "new_words", "moment")


def field_of(refused: MoveRefused, name: str) -> str:
    """Beside which field a refusal stands; at the top where it is about none."""
    return getattr(refused, "field", next(iter(OF_OTHERS.get(name, ())), ""))


def take(name: str, question, answer, actor, form: AnswerForm, *, may_set_moment, chosen=None):
    """Everything of a decision or nothing of it. Gives the answer, or None where there is none.

    Raises MoveRefused or PermissionDenied. The upload gate takes seconds, so it is passed before
    the transaction begins.
    """
    upload = form.cleaned_data.get("new_file") if name in OF_WRITER else None
    if name == "attach" and not upload:
        raise FieldRefused("new_file", _("Choose the file first."))
    clean, small = _through_the_gate(upload) if upload else (None, None)
    with transaction.atomic():
        if name in OF_WRITER:
            answer = _write(question, answer, actor, form, chosen)
            if may_set_moment:
                _set_moment(question, actor, form)
            if clean:
                _attach(answer, actor, clean, small, form)
            return workflow.request_approval(answer, actor=actor) if name == "request" else answer
        return _decide(name, question, answer, actor, form)


def _through_the_gate(upload):
    try:
        clean = uploads.accept(upload)
    except uploads.FileRefused as refused:
        raise FieldRefused("new_file", str(refused)) from refused
    return clean, pictures.small_copy(clean)


def _write(question, answer, actor, form, chosen: AnswerFile | None) -> Answer:
    """The text, the words of the files, and the chosen file taken away."""
    text = {field: form.cleaned_data[field] for field in TEXT}
    with _beside(_missing(question, answer, text)):
        answer = workflow.draft_answer(question, actor=actor, answer=answer, **text)
    if chosen:
        workflow.remove_file(chosen, answer=answer, actor=actor)
    for file in form.attached:
        if chosen is None or file.pk != chosen.pk:
            _describe(file, answer, actor, form)
    return answer


def _missing(question, answer, text: dict) -> str:
    """The first field without which no edition is kept, where it is empty."""
    corrects = answer.edition > 1 if answer else bool(selectors_answers.standing_answer(question))
    needed = TEXT if corrects else TEXT[:2]
    return next((name for name in needed if not text[name].strip()), "")


def _describe(file, answer, actor, form) -> None:
    name = words_field(file)
    with _beside(name):
        workflow.describe_file(file, answer=answer, actor=actor, words=form.cleaned_data[name])


def _attach(answer, actor, clean, small, form) -> None:
    with _beside("new_words"):
        workflow.attach_file(
            answer, actor=actor, file=clean, small=small, words=form.cleaned_data["new_words"]
        )


def _set_moment(question, actor, form) -> None:
    with _beside("moment"):
        workflow.set_live_moment(question, actor=actor, second=form.cleaned_data["moment"])


@contextmanager
def _beside(field: str):
    """Say beside which field a refusal of the workflow stands."""
    try:
        yield
    except MoveRefused as refused:
        raise FieldRefused(field, str(refused)) from refused


def _decide(name, question, answer, actor, form):
    """What is decided about an answer that is no draft, or about its question."""
    data = form.cleaned_data
    if name == "moment":
        _set_moment(question, actor, form)
        return answer
    if name == "return":
        return workflow.return_answer(answer, actor=actor, comment=data["comment"])
    if name == "schedule":
        if not data["release_at"]:
            raise MoveRefused(_("Choose the day and the hour of publication."))
        return workflow.schedule_answer(answer, actor=actor, release_at=data["release_at"])
    return workflow.publish_answer(answer, actor=actor)
