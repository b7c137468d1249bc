"""Who comes and who speaks. Personal data only as far as the event needs them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from entity.models import Municipality, Topic
from events.models.event import Event
from events.models.links import check_https


class Registration(models.Model):
    """Somebody put their name down. The code is kept as a keyed digest; they alone have it."""

    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    language = models.CharField(max_length=10, default="es-co")
    code_digest = models.CharField(max_length=64, unique=True)
    registered_at = models.DateTimeField(_("registered"), default=timezone.now)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name


class Speaker(Registration):
    """A person who registered to speak (D. 330/2007 arts. 20 and 22)."""

    class Status(models.TextChoices):
        REGISTERED = "registered", _("Registered")
        HEARD = "heard", _("Spoke")
        ABSENT = "absent", _("Did not come")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Medium(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        ZOOM = "zoom", _("By Zoom")
        VIDEO = "video", _("Recorded video")
        AUDIO = "audio", _("Recorded audio")
        TEXT = "text", _("Text to be read out")

    Medium.RECORDED = (Medium.VIDEO, Medium.AUDIO)

    event = models.ForeignKey(
        Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="speakers"
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.REGISTERED)
    in_own_name = models.BooleanField(_("in their own name"), default=True)
    topic = models.ForeignKey(
        Topic,
        verbose_name=_("topic"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    theme = models.CharField(_("what they will speak about"), max_length=300)
    medium = models.CharField(_("how"), max_length=10, choices=Medium, default=Medium.IN_PERSON)
    material_url = models.URLField(
        _("address of the recording"), blank=True, validators=[check_https]
    )
    text = models.TextField(_("text to be read out"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["event", "order", "registered_at", "pk"]


class Attendee(Registration):
    """A person who comes to the room, registered before or at the door."""

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", _("Has a seat")
        WAITING = "waiting", _("On the waiting list")
        CANCELLED = "cancelled", _("Cancelled")

    event = models.ForeignKey(
        Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="attendees"
    )
    status = models.CharField(_("status"), max_length=10, choices=Status)
    is_walk_in = models.BooleanField(_("came without registering"), default=False)
    needs = models.CharField(_("what they need to take part"), max_length=200, blank=True)
    checked_in_at = models.DateTimeField(_("came in"), null=True, blank=True)
    checked_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("attendee")
        verbose_name_plural = _("attendees")
        permissions = [
            ("manage_people", _("Can manage who comes and who speaks")),
            ("view_people_contact", _("Can see how to reach who comes and who speaks")),
        ]
        ordering = ["event", "name", "pk"]
        indexes = [models.Index(fields=["event", "status"], name="attendee_event_status")]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "email"],
                condition=~Q(email="") & ~Q(status="cancelled"),
                name="attendee_once",
            )
        ]


class AudienceCount(models.Model):
    """How many followed by one channel at one moment; the largest of a channel is its peak."""

    class Channel(models.TextChoices):
        ROOM = "room", _("In the room")
        ZOOM = "zoom", "Zoom"
        FACEBOOK_LIVE = "facebook_live", "Facebook Live"
        YOUTUBE = "youtube", "YouTube"
        RADIO = "radio", _("Radio")
        OTHER = "other", _("Other")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="audience")
    channel = models.CharField(_("channel"), max_length=14, choices=Channel)
    people = models.PositiveIntegerField(_("people"))
    counted_at = models.DateTimeField(_("counted"), default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("count of the audience")
        verbose_name_plural = _("counts of the audience")
        ordering = ["event", "counted_at", "pk"]

    def __str__(self):
        return f"{self.get_channel_display()}: {self.people}"
