"""The live session of an event: what the console decided, and the log of what happened."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.agenda import AgendaItem
from events.models.event import Event
from events.models.people import Speaker


class LiveSession(models.Model):
    """Decisions of the operators, as instants; `events.session.state` computes what they mean.

    Every decision raises `revision`, so of two operators at once one decides and one is told.
    """

    class Screen(models.TextChoices):
        POSTER = "poster", _("Poster")
        QUESTION = "question", _("Question on air")
        AGENDA = "agenda", _("Agenda")
        COMMITMENTS = "commitments", _("Commitments")
        SURVEY = "survey", _("Survey")
        PAUSE = "pause", _("Pause")

    event = models.OneToOneField(
        Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="live"
    )
    opened_at = models.DateTimeField(_("started"), null=True, blank=True)
    recording_from = models.DateTimeField(
        _("second zero of the recording"),
        null=True,
        blank=True,
        help_text=_("Empty: the start of the session."),
    )
    delayed_until = models.DateTimeField(_("delayed until"), null=True, blank=True)
    paused_at = models.DateTimeField(_("paused"), null=True, blank=True)
    resumes_at = models.DateTimeField(_("goes on at"), null=True, blank=True)
    stream_down_at = models.DateTimeField(_("the stream went down"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    current_item = models.ForeignKey(
        AgendaItem,
        verbose_name=_("agenda item of the moment"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    screen = models.CharField(
        _("screen of the room"), max_length=12, choices=Screen, default=Screen.POSTER
    )
    screen_hidden_at = models.DateTimeField(_("screen hidden"), null=True, blank=True)
    screen_seen_at = models.DateTimeField(_("screen last seen"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("live session")
        verbose_name_plural = _("live sessions")
        permissions = [("run_live_session", _("Can run the live session"))]

    def __str__(self):
        return str(self.event)


class LogLine(models.Model):
    """A line of the minute log: what happened and when. The public reads those marked so."""

    class Kind(models.TextChoices):
        NOTE = "note", _("Note")
        STARTED = "started", _("The session starts")
        PAUSED = "paused", _("Pause")
        RESUMED = "resumed", _("The session goes on")
        DELAYED = "delayed", _("Delay")
        STREAM_DOWN = "stream_down", _("The stream went down")
        STREAM_UP = "stream_up", _("The stream is back")
        ENDED = "ended", _("The session ends")
        ITEM = "item", _("Agenda item")
        ON_AIR = "on_air", _("Question on air")
        ANSWERED = "answered", _("Question answered")
        WRITTEN = "written", _("Will be answered in writing")
        SPEAKER = "speaker", _("Somebody speaks")
        COMMITMENT = "commitment", _("Commitment")
        AUDIENCE = "audience", _("Audience")
        SURVEY = "survey", _("Survey")

    event = models.ForeignKey(
        Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="log"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.NOTE)
    at = models.DateTimeField(_("when"), default=timezone.now)
    second = models.PositiveIntegerField(_("second of the recording"), null=True, blank=True)
    text = models.CharField(_("what happened"), max_length=500)
    is_public = models.BooleanField(_("the public reads it"), default=True)
    item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # What it tells of, known by text as everything above this room: "question", 18.
    about_kind = models.CharField(max_length=20, blank=True)
    about_id = models.PositiveBigIntegerField(null=True, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("line of the minute log")
        verbose_name_plural = _("minute log")
        ordering = ["event", "-at", "-pk"]
        indexes = [models.Index(fields=["event", "-at"], name="logline_event_at")]

    def __str__(self):
        return self.text


class FloorTurn(models.Model):
    """A speaker has the floor: from when, until when. One at a time in an event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="floor_turns")
    speaker = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="floor_turns")
    started_at = models.DateTimeField(_("from"), default=timezone.now)
    ended_at = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("turn of a speaker")
        verbose_name_plural = _("turns of speakers")
        ordering = ["event", "started_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event"],
                condition=models.Q(ended_at__isnull=True),
                name="floor_one_speaker",
            )
        ]

    def __str__(self):
        return f"{self.event_id}: {self.started_at:%H:%M}"


class ConsoleSeat(models.Model):
    """Who has the console open: seen at most a few seconds ago."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="console_seats")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "user"], name="seat_once")]

    def __str__(self):
        return f"{self.event_id}: {self.user_id}"
