"""To whom a step is told, under which key, with which link."""

import secrets
from collections.abc import Callable, Sequence
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from entity.registry import registry
from portal.base import announcements, clock, follows, outbox
from portal.base.models import Announcement, OutgoingMail
from portal.base.rows import insert
from questions import codes
from questions.joined import joined_to
from questions.mailbox.place import reply_address
from questions.models import Author, FollowLink, Question

LINK_DAYS = 180
# A moderation move can be undone for fifteen seconds; what it tells waits that long.
HOLD = timedelta(seconds=15)
AT_ONCE = timedelta()

Words = tuple[str, Sequence[str]]


def topic_of(question) -> str:
    return f"question:{question.number}"


def _describe(number: str) -> follows.Followed | None:
    """What a follower of "question:18" follows, while the public may read it."""
    found = Question.objects.public().filter(number=number) if number.isdecimal() else ()
    for question in found:
        name = _("contribution %(number)s") % {"number": question.number}
        return follows.Followed(name, _short_path(question))
    return None


def _short_path(question) -> str:
    """The address without its title: that has words of a citizen, and may be taken back."""
    return reverse("question_number", kwargs={"number": question.number})


follows.register("question", _describe)


def _key(question, step, reader) -> str:
    return f"question:{question.number}:{step}:{question.revision}:{reader}"


def is_told(question, step: str) -> bool:
    """Whether a step was told at any revision."""
    beginning = f"{topic_of(question)}:{step}:"
    return OutgoingMail.objects.filter(key__startswith=beginning).exists()


def keys_for(question, since_revision: int) -> list[str]:
    """Keys of what still waits of the steps after a revision: what an undone move takes back."""
    beginning, found = f"{topic_of(question)}:", []
    mails = OutgoingMail.objects.filter(status=OutgoingMail.Status.QUEUED, is_bulk=False)
    calls = Announcement.objects.filter(finished_at__isnull=True)
    for rows in (mails, calls):
        found += rows.filter(key__startswith=beginning).values_list("key", flat=True)
    return [key for key in found if int(key.split(":")[3]) > since_revision]


def tell_author(
    question,
    step: str,
    compose: Callable[[Question], Words],
    *,
    email: str | None = None,
    and_joined: bool = False,
    hold: timedelta = AT_ONCE,
    at=None,
) -> None:
    """Queue one message to the author, where there is an address.

    `compose` gets the case its reader sent: with `and_joined` the authors of what was joined to
    this one are told too, each of their own.
    """
    email = _address(question) if email is None else email
    if email:
        _tell(question, step, compose, question, "author", email, hold, at)
    for joined in joined_to(question) if and_joined else ():
        if email := _address(joined):
            reader = f"author-of-{joined.number}"
            _tell(question, step, compose, joined, reader, email, hold, at)


def _tell(question, step, compose, case, reader, email, hold, at) -> None:
    token = secrets.token_urlsafe(24)
    expires_at = clock.now(at) + timedelta(days=LINK_DAYS)
    digest = codes.link_digest(token)
    insert(FollowLink(question=case, digest=digest, expires_at=expires_at))

    def letter():
        subject, paragraphs = compose(case)
        link = settings.SITE_URL + reverse("follow_link", kwargs={"token": token})
        reason = _("You receive it because you left this address with your contribution.")
        return outbox.Letter(
            subject, paragraphs, _("See your contribution"), link, (token,),
            reason=reason, reply_to=reply_address(),
        )  # fmt: skip

    outbox.queue(
        _key(question, step, reader),
        to=email,
        compose=letter,
        language=case.language,
        hold=hold,
        at=at,
    )


def _address(question) -> str:
    return Author.objects.filter(question=question).values_list("email", flat=True).first() or ""


def tell_followers(
    question,
    step: str,
    compose: Callable[[], Words],
    *,
    and_joined: bool = False,
    was_public: bool = False,
    hold: timedelta = AT_ONCE,
    at=None,
) -> None:
    """Tell who follows a published contribution; its author is told in another letter.

    `was_public` where the step itself takes it off the public pages.
    """
    if question.visibility != Question.Visibility.PUBLISHED and not was_public:
        return
    cases = [question, *(joined_to(question) if and_joined else ())]

    def letter():
        subject, paragraphs = compose()
        link = settings.SITE_URL + _short_path(question)
        return outbox.Letter(subject, paragraphs, _("Open it"), link)

    announcements.announce(
        _key(question, step, "followers"),
        [topic_of(case) for case in cases],
        letter,
        without=Author.objects.filter(question__in=cases).values_list("email", flat=True),
        hold=hold,
        at=at,
    )


def entity_name() -> str:
    return registry().entity.short_name


def where_to_complain() -> str:
    """The entity's channel for complaints: its PQRSD page, or its address."""
    entity = registry().entity
    return entity.pqrsd_url or entity.email
