"""From which address a request comes, and how often something was done from it."""

import hashlib
import hmac
import ipaddress
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from portal.base import clock
from portal.base.models import RateCount

# One statement, so that nobody comes between reading and writing.
ADD = (
    "INSERT INTO base_ratecount (bucket, window_at, count) VALUES (%s, %s, %s) "
    "ON CONFLICT (bucket, window_at) DO UPDATE SET count = base_ratecount.count + excluded.count"
)
# The rows of a key are few: one for each minute.
SUMS = (
    "SELECT bucket, sum(count) FROM base_ratecount "
    "WHERE window_at > %%s AND bucket IN (%s) GROUP BY bucket"
)


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


def _parsed(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address; None for what is none. A server on :: sees IPv4 visitors as ::ffff:a.b.c.d."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return None
    return ip.ipv4_mapped or ip if ip.version == 6 else ip


def _network(address: str, *, v4: int, v6: int) -> str:
    """The network of an address, by the length of its prefix; empty when it is not an address."""
    ip = _parsed(address)
    if ip is None:
        return ""
    return str(ipaddress.ip_network(f"{ip}/{v4 if ip.version == 4 else v6}", strict=False))


def limit_key(address: str) -> str:
    """Whom a limit counts: one IPv4 address, or the /64 that one IPv6 customer has."""
    return _network(address, v4=32, v6=64)


def shortened(address: str) -> str:
    """The network of an address: /24 for IPv4, /48 for IPv6; empty when it is not an address."""
    return _network(address, v4=24, v6=48)


def keyed_hash(purpose: str, text: str) -> str:
    """HMAC-SHA-256 under the installation's secret, in hexadecimal."""
    return hmac.new(
        f"{settings.SECRET_KEY}:{purpose}".encode(), text.encode(), hashlib.sha256
    ).hexdigest()


def person_of_day(request, at=None) -> str:
    """A visitor as well as one can tell without tracking, for "once per person".

    Network and browser under a key of the day: tomorrow the same visitor has another value, and
    nobody can tell who it was.
    """
    visitor = f"{shortened(client_address(request))}|{request.headers.get('User-Agent', '')[:400]}"
    return keyed_hash(f"person:{clock.local_day(at).isoformat()}", visitor)


def is_within(address: str, network: str) -> bool:
    """Whether an address is of a network ("200.1.2.0/24", "200.1.2.3")."""
    ip = _parsed(address)
    return ip is not None and ip in ipaddress.ip_network(network, strict=False)


def count(purpose: str, key: str, *, window: timedelta, at=None, add: int = 1) -> int:
    """Count one more `purpose` for `key` and say how many there were within `window`.

    Counted in rows of a minute, so several processes and machines lose none.
    """
    at = at or timezone.now()
    if add:
        minute = connection.ops.adapt_datetimefield_value(at.replace(second=0, microsecond=0))
        with connection.cursor() as cursor:
            cursor.execute(ADD, [_bucket(purpose, key), minute, add])
    return counted([(purpose, key)], window=window, at=at)[0]


def counted(pairs: Sequence[tuple[str, str]], *, window: timedelta, at=None) -> list[int]:
    """How often each pair of purpose and key was counted within `window`; one query."""
    buckets = [_bucket(purpose, key) for purpose, key in pairs]
    since = connection.ops.adapt_datetimefield_value((at or timezone.now()) - window)
    with connection.cursor() as cursor:
        cursor.execute(SUMS % ", ".join(["%s"] * len(buckets)), [since, *buckets])
        sums = dict(cursor.fetchall())
    return [sums.get(bucket, 0) for bucket in buckets]


def is_first(purpose: str, keys: Sequence[str], *, window: timedelta, at) -> bool:
    """Whether none of `keys` was noted within `window`; then they are noted.

    Two that come at once are told apart only where the caller's transaction holds a lock.
    """
    if any(counted([(purpose, key) for key in keys], window=window, at=at)):
        return False
    moment = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        for key in keys:
            cursor.execute(ADD, [_bucket(purpose, key), moment, 1])
    return True


def _bucket(purpose: str, key: str) -> str:
    return keyed_hash(f"rate:{purpose}", key)


def forget_old_counts(at=None) -> int:
    """Delete counts of more than a day ago."""
    at = at or timezone.now()
    return RateCount.objects.filter(window_at__lt=at - timedelta(days=1)).delete()[0]
