"""Who sent a contribution, apart from its words, and what only that person and the desk may see."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from questions.models.question import Question


class Author(models.Model):
    """Identity of an author. A row exists only where something was given."""

    class Group(models.TextChoices):
        CITIZEN = "citizen", _("Citizen")
        ORGANISATION = "organisation", _("Social organisation")
        OVERSIGHT = "oversight", _("Citizen oversight group")
        MUNICIPALITY = "municipality", _("Municipal administration")
        SECTOR = "sector", _("Institution of the sector")
        CONTROL_BODY = "control_body", _("Control body")
        MEDIA = "media", _("News media")
        COMMUNITY_BOARD = "community_board", _("Community action board")
        LEADER = "leader", _("Social leader")

    question = models.OneToOneField(Question, on_delete=models.CASCADE, related_name="author")
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    group = models.CharField(_("group"), max_length=20, choices=Group, blank=True)
    is_minor = models.BooleanField(_("under 18"), default=False)

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def __str__(self):
        return self.question.reference

    @property
    def shown(self) -> list[tuple[str, str]]:
        """What was given, with its labels, for who may see it."""
        named = {
            _("name"): self.name,
            _("e-mail"): self.email,
            _("organisation"): self.organisation,
            _("group"): self.get_group_display(),
        }
        return [(label, value) for label, value in named.items() if value]


class QuestionFile(models.Model):
    """A file that came with a contribution. Private: only the desk, the office and the author."""

    class Source(models.TextChoices):
        AUTHOR = "author", _("Sent by the author")
        SLIP = "slip", _("Scanned slip")
        MAIL = "mail", _("Came by e-mail")

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="files")
    stored = models.ForeignKey("base.StoredFile", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(_("source"), max_length=8, choices=Source, default=Source.AUTHOR)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self):
        return self.stored.name


class Clarification(models.Model):
    """What the entity asked the author to make clear, and what the author said. Private."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="clarifications")
    asked = models.TextField(_("what is asked"))
    asked_at = models.DateTimeField(_("asked"))
    reply_by = models.DateField(_("last day to reply"))
    is_extended = models.BooleanField(_("given a second month"), default=False)
    reply = models.TextField(_("reply"), blank=True)
    replied_at = models.DateTimeField(_("replied"), null=True, blank=True)

    class Meta:
        verbose_name = _("clarification")
        verbose_name_plural = _("clarifications")
        ordering = ["asked_at"]

    def __str__(self):
        return f"{self.question.reference} {self.asked_at:%Y-%m-%d}"


class FollowLink(models.Model):
    """The link of a mail to the author's own page: a token of its own, kept as a keyed hash."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="follow_links")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("follow link")
        verbose_name_plural = _("follow links")

    def __str__(self):
        return f"{self.question.reference} {self.expires_at:%Y-%m-%d}"
