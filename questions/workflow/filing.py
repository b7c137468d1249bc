"""Filing: the one way a contribution comes to exist, from any channel."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from entity.models import Consent, PrivacyNotice
from entity.registry import registry
from portal.base import addresses, clock, rows
from portal.base.machine import MoveRefused, record
from portal.base.models import Sequence, StoredFile
from questions import codes, notifications, terms
from questions.models import Author, PetitionType, Question, QuestionFile
from questions.workflow.machines import ENTER, demand

CONSENT_PURPOSE = "answer"
SAME_WITHIN = timedelta(days=1)


class AlreadyReceived(MoveRefused):
    """The same text came from the same sender a short while ago, as a case of its own."""


@dataclass
class Filing:
    """What is needed to file. `token` makes it once: filing twice with one token gives one case.

    `received_at` is the real moment of receipt where a person enters what came by another channel.
    """

    token: str
    text: str
    topic: object
    kind: str = Question.Kind.QUESTION
    event: object = None
    scope: str = Question.Scope.MUNICIPALITY
    municipality: object = None
    display: str = Question.Display.ANONYMOUS
    name: str = ""
    email: str = ""
    organisation: str = ""
    group: str = ""
    is_minor: bool = False
    notice: PrivacyNotice | None = None
    consent_means: str = Consent.Means.PORTAL
    files: list[StoredFile] = field(default_factory=list)
    channel: str = Question.Channel.WEB
    received_at: datetime | None = None
    received_place: str = ""
    external_reference: str = ""
    file_source: str = QuestionFile.Source.AUTHOR
    petition: PetitionType | None = None
    language: str = "es-co"
    about: str = ""
    about_title: str = ""
    wants_receipt: bool = True
    # what it would be known by if it came again within a day (`guard.marks_of`)
    marks: tuple[str, ...] = ()

    @property
    def has_identity(self) -> bool:
        return bool(self.name or self.email or self.organisation or self.group or self.is_minor)

    @property
    def public_name(self) -> str:
        """What stands on the page: only by the author's choice, never a child's name."""
        if self.display != Question.Display.NAME or self.is_minor:
            return ""
        return self.name or self.organisation


def submit_question(filing: Filing, *, actor=None, at=None) -> Question:
    """File a contribution: case, number, consent, history and receipt in one transaction.

    `actor` is who enters what came by another channel, None for a citizen at the form. Returns the
    case that exists already when `filing.token` was used before. Raises AlreadyReceived when one
    of its marks was filed within a day under another token.
    """
    if actor is not None:
        demand(actor, ENTER)
    key = codes.filing_key(filing.token)
    try:
        with transaction.atomic():
            return _file(filing, key, actor, clock.now(at))
    except (IntegrityError, AlreadyReceived):
        existing = Question.objects.filter(filing_key=key).first()
        if existing is None:
            raise
        return existing


def _file(filing: Filing, key: str, actor, at) -> Question:
    petition = filing.petition or PetitionType.usual()
    received_at = filing.received_at or at
    term = terms.at_filing(received_at, petition, filing.event, registry())
    number = Sequence.take("question")  # filings wait for each other from here on
    if filing.marks and not addresses.is_first("filed", filing.marks, window=SAME_WITHIN, at=at):
        raise AlreadyReceived(_("We received this text from you already."))
    question = Question(
        number=number,
        reference=codes.reference_for(number, term["filed_on"].year),
        event=filing.event,
        kind=filing.kind,
        petition=petition,
        channel=filing.channel,
        original_text=filing.text,
        topic=filing.topic,
        scope=filing.scope,
        municipality=filing.municipality,
        display=filing.display,
        public_name=filing.public_name,
        language=filing.language,
        about=filing.about,
        about_title=filing.about_title,
        received_place=filing.received_place,
        external_reference=filing.external_reference,
        submitted_at=received_at,
        **term,
        code_digest=codes.digest(codes.code_for(filing.token)),
        filing_key=key,
    )
    rows.insert(question)
    if filing.has_identity:
        author = Author(
            question=question,
            name=filing.name,
            email=filing.email,
            organisation=filing.organisation,
            group=filing.group,
            is_minor=filing.is_minor,
        )
        rows.insert(author)
    if filing.notice:
        consent = Consent(
            kind="question",
            object_id=question.pk,
            notice=filing.notice,
            notice_sha256=filing.notice.sha256,
            purpose=CONSENT_PURPOSE,
            means=filing.consent_means,
            given_at=received_at,
        )
        rows.insert(consent)
    for stored in filing.files:
        rows.insert(QuestionFile(question=question, stored=stored, source=filing.file_source))
    record(
        "question", question.pk, "status", "submit_question",
        after=question.status, actor=actor, at=at, detail=filing.channel,
    )  # fmt: skip
    notifications.received(
        question,
        email=filing.email if filing.wants_receipt else "",
        is_told_of_event=filing.notice is not None,
        at=at,
    )
    return question
