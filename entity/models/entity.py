"""The entity of this installation. Everything that names it is a row here, nothing is code."""

from datetime import time

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from entity import theme

colour = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write the colour as # and six digits."))


def _colour_field(token: str) -> models.CharField:
    return models.CharField(
        theme.LABELS[token], max_length=7, default=theme.DEFAULTS[token], validators=[colour]
    )


class Entity(models.Model):
    """The one public entity that this installation serves."""

    class TermAnchor(models.TextChoices):
        FILING = "filing", _("The legal term, from filing")
        EVENT = "event", _("The event: its end and some working days")
        EARLIER = "earlier", _("Whichever comes first")

    name = models.CharField(_("official name"), max_length=160)
    short_name = models.CharField(_("short name"), max_length=30)
    email = models.EmailField(_("e-mail for citizens"))
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    address = models.CharField(_("address"), max_length=160, blank=True)
    city = models.CharField(_("city of the main office"), max_length=80)
    department = models.CharField(_("department"), max_length=80)
    department_code = models.CharField(_("DANE code of the department"), max_length=2)
    region_name = models.CharField(
        _("name of the whole region"),
        max_length=80,
        help_text=_("What people write when they mean no municipality in particular."),
    )
    website = models.URLField(_("official web site"))
    pqrsd_url = models.URLField(_("PQRSD channel"), blank=True)
    data_policy_url = models.URLField(_("data policy"), blank=True)
    attention = models.TextField(
        _("attention in person"), blank=True, help_text=_("Where and when people are attended.")
    )
    logo = models.ForeignKey(
        "base.StoredFile",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    closing_hour = models.TimeField(
        _("closing hour"),
        default=time(18, 0),
        help_text=_("What arrives later is registered on the next working day."),
    )
    term_anchor = models.CharField(
        _("due day that is shown"), max_length=8, choices=TermAnchor, default=TermAnchor.FILING
    )
    event_answer_days = models.PositiveSmallIntegerField(
        _("working days to answer after the event"),
        default=15,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )
    shows_govco_bar = models.BooleanField(_("shows the GOV.CO bar"), default=True)
    is_demo = models.BooleanField(
        _("demonstration"), default=False, help_text=_("Every page says that its data is invented.")
    )
    forest = _colour_field("bosque")
    action = _colour_field("accion")
    action_dark = _colour_field("accion-osc")
    sun = _colour_field("guayacan")
    mint = _colour_field("menta")
    clay = _colour_field("canon")

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("entity")
        verbose_name_plural = _("entity")

    def __str__(self):
        return self.name

    @property
    def colours(self) -> dict[str, str]:
        """The theme as CSS tokens."""
        return {token: getattr(self, field) for token, field in theme.FIELDS.items()}

    def clean(self):
        problems = theme.contrast_problems(self.colours)
        if problems:
            raise ValidationError({theme.FIELDS[token]: text for token, text in problems.items()})
