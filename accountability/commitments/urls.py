from django.urls import path, re_path

from accountability.commitments import views
from events.urls import SLUG

REFERENCE = r"(?P<reference>[Cc]-\d+)"

urlpatterns = [
    path("compromisos/novedades.atom", views.feed, name="commitments_feed"),
    path("compromisos/compromisos.csv", views.table_csv, name="commitments_csv"),
    path("compromisos/compromisos.ods", views.table_ods, name="commitments_ods"),
    re_path(
        rf"^compromisos/{REFERENCE}/novedades\.atom$", views.commitment_feed, name="commitment_feed"
    ),
    re_path(
        rf"^compromisos/{REFERENCE}-(?P<slug>[-a-z0-9]+)/seguir/$",
        views.follow,
        name="commitment_follow",
    ),
    re_path(rf"^eventos/{SLUG}/balance/$", views.last_balance, name="event_balance"),
]
