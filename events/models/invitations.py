"""The directory of who is invited, and the invitations as evidence of who was called and when."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from entity.models import Municipality
from events.models.event import Event


def new_key() -> str:
    """A key that links are made of; nobody can guess it."""
    return secrets.token_urlsafe(24)


class ContactGroup(models.Model):
    """A group of the directory: veedurías, alcaldías, control bodies, media…"""

    code = models.SlugField(_("code"), max_length=40, primary_key=True)
    name = models.CharField(_("name"), max_length=80)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("group of contacts")
        verbose_name_plural = _("groups of contacts")
        ordering = ["order", "name"]

    def __str__(self):
        return self.name


class Contact(models.Model):
    """Somebody who is called to events. Who stopped the invitations is never written to again."""

    group = models.ForeignKey(
        ContactGroup, verbose_name=_("group"), on_delete=models.PROTECT, related_name="contacts"
    )
    organisation = models.CharField(_("organisation or post"), max_length=160)
    person = models.CharField(_("person"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), unique=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    stopped_at = models.DateTimeField(_("wants no more"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["group", "organisation", "pk"]
        permissions = [("export_contacts", "Can download the directory of contacts")]

    def __str__(self):
        return self.organisation


class InvitationRound(models.Model):
    """One sending to some groups, or of news to who was invited; the worker writes it in batches.

    `last_pk` is how far it went: a worker that dies goes on from there, and nobody is asked twice.
    `key` makes it once, however often the button is pressed. `move` is what happened to the event,
    empty for invitations.
    """

    key = models.CharField(max_length=80, default="", editable=False)
    move = models.CharField(max_length=20, blank=True, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="rounds")
    groups = models.ManyToManyField(ContactGroup, verbose_name=_("groups"))
    message = models.TextField(_("personal words"), blank=True)
    total = models.PositiveIntegerField(_("contacts"), default=0)
    last_pk = models.PositiveBigIntegerField(default=0)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("round of invitations")
        verbose_name_plural = _("rounds of invitations")
        ordering = ["-started_at"]
        permissions = [("send_invitations", "Can send invitations to events")]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=~models.Q(key=""), name="invitation_round_once"
            )
        ]

    def __str__(self):
        return f"{self.event} {timezone.localtime(self.started_at):%Y-%m-%d %H:%M}"


class Invitation(models.Model):
    """A contact was invited to an event, once, and perhaps said whether they come."""

    class Response(models.TextChoices):
        YES = "yes", _("Will come")
        MAYBE = "maybe", _("Perhaps")
        NO = "no", _("Can't come")

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="invitations")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="invitations")
    round = models.ForeignKey(InvitationRound, on_delete=models.PROTECT, related_name="invitations")
    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    invited_at = models.DateTimeField(_("invited"), default=timezone.now)
    mail_key = models.CharField(max_length=80, blank=True)
    response = models.CharField(_("answer"), max_length=8, choices=Response, blank=True)
    responded_at = models.DateTimeField(_("answered"), null=True, blank=True)
    people = models.PositiveSmallIntegerField(_("people"), default=1)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["event", "invited_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "contact"], name="invited_once")]

    def __str__(self):
        return f"{self.contact} {timezone.localtime(self.invited_at):%Y-%m-%d}"
