"""Players that a visitor can ask for: nothing of another host loads before a click."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qs, urlencode, urlsplit

from events.models import StreamLink

YOUTUBE = "https://www.youtube-nocookie.com"
FACEBOOK = "https://www.facebook.com"
_VIDEO = re.compile(r"[\w-]{11}", re.ASCII)
_IN_PATH = re.compile(r"/(?:live|embed|shorts)/([^/]+)/?")


def player_address(stream: StreamLink) -> str:
    """Where the stream can be watched inside the page; empty for what only opens in its site."""
    parts = urlsplit(stream.url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    if host in ("youtube.com", "youtu.be"):
        video = _youtube_video(host, parts)
        return f"{YOUTUBE}/embed/{video}?autoplay=1" if video else ""
    if host == "facebook.com" and ("/videos/" in parts.path or parts.path.startswith("/watch")):
        query = urlencode({"href": stream.url, "autoplay": "true"})
        return f"{FACEBOOK}/plugins/video.php?{query}"
    return ""


def _youtube_video(host: str, parts) -> str:
    if host == "youtu.be":
        found = parts.path.strip("/")
    elif inside := _IN_PATH.fullmatch(parts.path):
        found = inside[1]
    else:
        found = parse_qs(parts.query).get("v", [""])[0]
    return found if _VIDEO.fullmatch(found) else ""


def allow_frames(response, streams: Iterable[StreamLink]) -> None:
    """Widen the policy of this page alone, by the hosts whose player it offers."""
    addresses = [player_address(stream) for stream in streams]
    hosts = [host for host in (YOUTUBE, FACEBOOK) if any(a.startswith(host) for a in addresses)]
    if hosts:
        response._csp_update = {"frame-src": hosts}
