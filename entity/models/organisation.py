"""Offices, the people in them, the territory and the topics."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

dane_code = RegexValidator(r"^\d{5}$", _("A DANE code has five digits."))


class Municipality(models.Model):
    """A municipality with its DANE (DIVIPOLA) code, kept as text: codes may begin with zero."""

    code = models.CharField(_("DANE code"), max_length=5, primary_key=True, validators=[dane_code])
    name = models.CharField(_("name"), max_length=80)
    authority = models.CharField(
        _("environmental authority"),
        max_length=40,
        blank=True,
        help_text=_("Who is competent there."),
    )
    province = models.CharField(_("province"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["name"]

    def __str__(self):
        return self.name


class Office(models.Model):
    """A department (dependencia) or regional office (sede) that answers and commits itself."""

    class Kind(models.TextChoices):
        DEPARTMENT = "department", _("Department")
        REGIONAL = "regional", _("Regional office")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=140)
    short_name = models.CharField(_("short name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.DEPARTMENT)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="offices",
    )
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["kind", "name"]

    def __str__(self):
        return self.name


class OfficeMember(models.Model):
    """A staff member of an office: sees and answers what is assigned to it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="office_memberships",
    )
    office = models.ForeignKey(
        Office, verbose_name=_("office"), on_delete=models.CASCADE, related_name="members"
    )

    class Meta:
        verbose_name = _("office member")
        verbose_name_plural = _("office members")
        constraints = [
            models.UniqueConstraint(fields=["user", "office"], name="office_member_once")
        ]

    def __str__(self):
        return f"{self.user} · {self.office.short_name}"


class Topic(models.Model):
    """A theme of contributions."""

    slug = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["order", "name"]

    def __str__(self):
        return self.name
