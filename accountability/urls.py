from django.urls import path, re_path

from accountability import views
from accountability.verification import urls as verification
from events.urls import SLUG

REFERENCE = r"(?P<reference>[Cc]-\d+)"

urlpatterns = [
    *verification.urlpatterns,
    path("compromisos/", views.commitments, name="commitments"),
    path("compromisos/pruebas/<number:pk>/", views.evidence_file, name="evidence_file"),
    re_path(
        rf"^compromisos/{REFERENCE}/$", views.commitment_reference, name="commitment_reference"
    ),
    re_path(
        rf"^compromisos/{REFERENCE}-(?P<slug>[-a-z0-9]+)/$", views.commitment, name="commitment"
    ),
    re_path(rf"^eventos/{SLUG}/acta/$", views.minutes, name="minutes"),
]
