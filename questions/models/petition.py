"""Kinds of petition and their legal terms, as data that an administrator edits."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.base import versions


class PetitionType(models.Model):
    """A kind of petition and its term in working days (Ley 1437 de 2011 art. 14)."""

    code = models.SlugField(_("code"), max_length=20, primary_key=True)
    name = models.CharField(_("name"), max_length=80)
    working_days = models.PositiveSmallIntegerField(
        _("working days"), validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    is_default = models.BooleanField(_("usual"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("kind of petition")
        verbose_name_plural = _("kinds of petition")
        ordering = ["order", "name"]

    def __str__(self):
        return f"{self.name} ({self.working_days})"

    @classmethod
    def usual(cls) -> "PetitionType":
        return versions.kept(_read_usual)


def _read_usual() -> PetitionType:
    return PetitionType.objects.order_by("-is_default", "order").first()
