from django.urls import re_path

from accountability.recording import views
from events.urls import SLUG

NAMES = {"video": "video", "audio": "audio", "captions": r"subtitulos\.vtt"}

urlpatterns = [
    re_path(
        rf"^eventos/{SLUG}/grabacion/{name}$",
        views.recording, {"kind": kind}, name=f"recording_{kind}",
    )
    for kind, name in NAMES.items()
]  # fmt: skip
