"""The keys of this room's messages in the words of the desk."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.base import mail_words

STEPS = {
    "received": gettext_lazy("receipt"),
    "published": gettext_lazy("it was published"),
    "withheld": gettext_lazy("it was not published"),
    "clarification": gettext_lazy("a clarification was asked for"),
    "more-time": gettext_lazy("more time to clarify"),
    "clarified": gettext_lazy("the clarification came"),
    "message": gettext_lazy("a message by mail came"),
    "merged": gettext_lazy("it was joined to another one"),
    "split": gettext_lazy("it goes on by itself"),
    "extended": gettext_lazy("the term was extended"),
    "recounted": gettext_lazy("the due day was counted anew"),
    "late": gettext_lazy("the answer is late"),
    "answered": gettext_lazy("the answer"),
    "reopened": gettext_lazy("it was reopened"),
    "elsewhere": gettext_lazy("it goes on elsewhere"),
    "lapsed": gettext_lazy("it was closed without a clarification"),
    "archived": gettext_lazy("it was archived"),
    "restored": gettext_lazy("it was taken out of the archive"),
    "withdrawn": gettext_lazy("it was withdrawn"),
}


def _of_question(parts: list[str]) -> str:
    """question:18:answered-1:5:author, …:followers:7 (each follower), …:author-of-12."""
    number, step, *rest = parts
    name = step if step in STEPS else step.rpartition("-")[0]
    reader = rest[1] if len(rest) > 1 else ""
    to = _("to a follower") if reader == "followers" else _("to its author")
    if reader.startswith("author-of-"):
        to = _("to the author of %(number)s") % {"number": reader.removeprefix("author-of-")}
    return _("Contribution %(number)s: %(step)s, %(to)s") % {
        "number": number,
        "step": STEPS.get(name, step),
        "to": to,
    }


def _of_digest(parts: list[str]) -> str:
    return _("Digest of the staff, %(day)s") % {"day": parts[0]}


def _of_reminder(parts: list[str]) -> str:
    return _("Reminder of due days, %(day)s") % {"day": parts[0]}


mail_words.register("question", _of_question)
mail_words.register("digest", _of_digest)
mail_words.register("reminder", _of_reminder)
