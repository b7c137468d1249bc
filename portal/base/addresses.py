"""From which address a request comes, and how often something was done from it."""

import hashlib
import hmac
import ipaddress
from datetime import timedelta

from django.conf import settings
from django.db.models import F, Sum
from django.utils import timezone

from portal.base.models import RateCount

SLICE_SECONDS = 60


def client_address(request) -> str:
    """The visitor's address: the hop that the configured number of trusted proxies saw.

    With TRUSTED_PROXY_COUNT=0 (default) `X-Forwarded-For` is not believed at all.
    """
    count = settings.TRUSTED_PROXY_COUNT
    if count:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
        if len(hops) >= count and hops[-count]:
            return hops[-count]
    return request.META.get("REMOTE_ADDR", "")


def limit_key(address: str) -> str:
    """Whom a limit counts: one IPv4 address, or the /64 that one IPv6 customer has."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return str(ipaddress.ip_network(f"{ip}/64", strict=False)) if ip.version == 6 else str(ip)


def shortened(address: str) -> str:
    """The network of an address: /24 for IPv4, /48 for IPv6; empty when it is not an address."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    # A server that listens on :: sees an IPv4 visitor as ::ffff:a.b.c.d; all would share one /48.
    ip = getattr(ip, "ipv4_mapped", None) or ip
    prefix = 24 if ip.version == 4 else 48
    return str(ipaddress.ip_network(f"{ip}/{prefix}", strict=False))


def keyed_hash(purpose: str, text: str) -> str:
    """HMAC-SHA-256 under the installation's secret, in hexadecimal."""
    return hmac.new(
        f"{settings.SECRET_KEY}:{purpose}".encode(), text.encode(), hashlib.sha256
    ).hexdigest()


def count(purpose: str, key: str, *, window: timedelta, at=None, add: int = 1) -> int:
    """Count one more `purpose` for `key` and say how many there were within `window`.

    Counted in rows of a minute, so several processes and machines lose none.
    """
    at = at or timezone.now()
    bucket = keyed_hash(f"rate:{purpose}", key)
    minute = at.replace(second=0, microsecond=0)
    if add:
        row = RateCount.objects.filter(bucket=bucket, window_at=minute)
        if not row.update(count=F("count") + add):
            RateCount.objects.get_or_create(bucket=bucket, window_at=minute)
            row.update(count=F("count") + add)
    recent = RateCount.objects.filter(bucket=bucket, window_at__gt=at - window)
    return recent.aggregate(total=Sum("count"))["total"] or 0


def forget_old_counts(at=None) -> int:
    """Delete counts of more than a day ago."""
    at = at or timezone.now()
    return RateCount.objects.filter(window_at__lt=at - timedelta(days=1)).delete()[0]
