"""Drafts between the steps of the form: found by their token, in the form or in its cookie."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from portal.base import rows
from portal.base.models import StoredFile
from questions.about import kept_as, kept_subject
from questions.forms import AuthorForm, QuestionForm
from questions.models import Draft, Question
from questions.workflow import Filing

STEP_1 = ("kind", "text", "topic", "municipality")
STEP_2 = ("display", "name", "email", "organisation", "group", "is_minor", "consent", "notice")


class Filed(Exception):
    """The draft became a case while one of its steps was being sent again."""


def find_draft(token: str) -> Draft | None:
    """The draft of a token; None when there is none (any more)."""
    if not token or "\x00" in token:
        return None
    return rows.find(Draft, token[:32])


def keep_question(draft: Draft | None, form: QuestionForm, posted, event) -> Draft:
    """Store step 1 in the draft, or in a new one."""
    kept = {"started": posted["started"], "about": kept_as(event, posted.get("about", ""))}
    data = {name: form.cleaned_data[name] for name in STEP_1} | kept
    if draft is None:
        return Draft.objects.create(data=data)
    draft.data = {**draft.data, **data}
    _write(draft)
    return draft


def keep_author(draft: Draft, form: AuthorForm, *, dropped: list[str]) -> Draft:
    """Store step 2 in the draft; files are written first, then the row that names them."""
    data = {name: form.cleaned_data[name] for name in STEP_2}
    draft.data = {**draft.data, **data, "has_author": True}
    return keep_files(draft, form, dropped=dropped)


def keep_files(draft: Draft, form: AuthorForm, *, dropped: list[str]) -> Draft:
    """Store the good files of step 2 and take away the dropped ones, also when a field failed.

    Who chose two files and was told that one is bad often chooses both again: each is kept once.
    """
    before = draft.data.get("files", [])
    kept = [pk for pk in before if pk not in dropped]
    held = {stored.sha256 for stored in files_of(draft) if str(stored.pk) in kept}
    new = {clean.sha256: clean for clean in form.good_files if clean.sha256 not in held}
    stored = [str(clean.store().pk) for clean in new.values()]
    draft.data = {**draft.data, "files": kept + stored}
    _write(draft)
    _delete_files([pk for pk in before if pk in dropped])
    return draft


def _write(draft: Draft) -> None:
    """Change the row, never make it anew: a draft that was filed meanwhile stays gone."""
    kept = Draft.objects.filter(pk=draft.pk)
    if not kept.update(data=draft.data, changed_at=timezone.now()):
        raise Filed


def files_of(draft: Draft) -> list[StoredFile]:
    keys = draft.data.get("files")
    return list(StoredFile.objects.filter(pk__in=keys)) if keys else []


def forget_draft(draft: Draft) -> None:
    """Delete a draft that was not filed, with the files that came with it."""
    files = draft.data.get("files", [])
    draft.delete()
    _delete_files(files)


def _delete_files(keys: list[str]) -> None:
    """Delete files that nobody filed; one that a case holds stays."""
    for stored in StoredFile.objects.filter(pk__in=keys):
        try:
            with transaction.atomic():
                stored.delete()
        except ProtectedError:
            continue
        stored.content.delete(save=False)


@dataclass
class Checked:
    """A draft read again through its forms before it is filed."""

    question: QuestionForm
    author: AuthorForm

    @property
    def is_valid(self) -> bool:
        return self.question.is_valid() and self.author.is_valid()


def checked(draft: Draft) -> Checked:
    """Both steps validated anew: nothing reaches the case that the forms would refuse today."""
    data = {key: value for key, value in draft.data.items() if value not in (None, False)}
    kept = len(draft.data.get("files", []))
    return Checked(QuestionForm(data), AuthorForm(data, kept_files=kept))


def filing_from(draft: Draft, both: Checked, *, event, topics, language) -> Filing:
    """What the workflow needs, from a draft that was checked."""
    step1, step2 = both.question.cleaned_data, both.author.cleaned_data
    subject = kept_subject(event, draft.data)
    return Filing(
        token=draft.token,
        text=step1["text"],
        topic=topics[step1["topic"]],
        kind=step1["kind"],
        event=event,
        scope=both.question.scope,
        municipality=both.question.place,
        display=step2["display"],
        name=step2["name"],
        email=step2["email"],
        organisation=step2["organisation"],
        group=step2["group"],
        is_minor=step2["is_minor"],
        notice=both.author.shown_notice if step2["consent"] else None,
        files=files_of(draft),
        channel=Question.Channel.WEB,
        language=language,
        about=subject.key if subject else "",
        about_title=subject.title if subject else "",
    )
