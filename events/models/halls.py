"""Rooms from which many people write at once through one address."""

import ipaddress

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.event import Event


def check_network(text: str) -> None:
    """One address or one network, no larger than a /16 (IPv4) or a /48 (IPv6)."""
    try:
        network = ipaddress.ip_network(text, strict=False)
    except ValueError as error:
        raise ValidationError(_("Write an address such as 200.1.2.3 or 200.1.2.0/24.")) from error
    if network.prefixlen < (16 if network.version == 4 else 48):
        raise ValidationError(_("That is too many addresses: /16 or smaller (IPv6: /48)."))


class HallAddress(models.Model):
    """The address of a hall, school or radio station: wider limits for one event, never none."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="halls")
    network = models.CharField(_("address"), max_length=50, validators=[check_network])
    label = models.CharField(_("place"), max_length=80)

    class Meta:
        verbose_name = _("address of a hall")
        verbose_name_plural = _("addresses of halls")
        constraints = [
            models.UniqueConstraint(fields=["event", "network"], name="hall_address_once")
        ]

    def __str__(self):
        return f"{self.label} {self.network}"
