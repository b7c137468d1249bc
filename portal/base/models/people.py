"""What the portal keeps about people beside the rooms: follows, looks at contact data, habits."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def new_key() -> str:
    """128 random bits for the links of one follow."""
    return secrets.token_urlsafe(16)


class Subscription(models.Model):
    """Somebody follows a topic ("question:18", "event:<slug>") by e-mail.

    Nothing is sent before the address confirmed it; a row that ended is deleted.
    """

    topic = models.CharField(max_length=120)
    email = models.EmailField()
    language = models.CharField(max_length=10, default="es-co")
    key = models.CharField(max_length=40, unique=True, default=new_key)
    created_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints = [models.UniqueConstraint(fields=["topic", "email"], name="subscription_once")]

    def __str__(self):
        return self.topic


class AccessEntry(models.Model):
    """Who opened personal data, of what, when. Written before the data is shown."""

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    kind = models.CharField(_("kind"), max_length=20)
    object_id = models.PositiveBigIntegerField(_("key"))
    reference = models.CharField(_("number"), max_length=40)
    what = models.CharField(_("what was opened"), max_length=40)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("look at personal data")
        verbose_name_plural = _("looks at personal data")
        ordering = ["-at"]
        indexes = [models.Index(fields=["kind", "object_id"], name="access_entry_of_object")]

    def __str__(self):
        return f"{self.reference} {self.what} {self.at:%Y-%m-%d %H:%M}"


class StaffPreference(models.Model):
    """Habits of one staff member at the desk."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="desk_preference"
    )
    keys_on = models.BooleanField(_("keyboard keys"), default=True)
    digest_on = models.BooleanField(_("daily digest by e-mail"), default=True)

    class Meta:
        verbose_name = _("desk preference")
        verbose_name_plural = _("desk preferences")

    def __str__(self):
        return str(self.user)
