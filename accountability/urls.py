from django.urls import path, re_path

from accountability import views
from accountability.archive import urls as archive
from accountability.commitments import urls as commitments
from accountability.matrix import urls as matrix
from accountability.minutes import urls as minutes
from accountability.package import urls as package
from accountability.paper import urls as paper
from accountability.recording import urls as recording
from accountability.records import urls as records
from accountability.transcript import urls as transcript
from accountability.verification import urls as verification
from accountability.voices import urls as voices
from events.urls import SLUG

REFERENCE = r"(?P<reference>[Cc]-\d+)"

urlpatterns = [
    *archive.urlpatterns,
    *commitments.urlpatterns,
    *matrix.urlpatterns,
    *minutes.urlpatterns,
    *package.urlpatterns,
    *paper.urlpatterns,
    *recording.urlpatterns,
    *records.urlpatterns,
    *transcript.urlpatterns,
    *verification.urlpatterns,
    *voices.urlpatterns,
    path("compromisos/", views.commitments, name="commitments"),
    path("compromisos/pruebas/<number:pk>/", views.evidence_file, name="evidence_file"),
    re_path(
        rf"^compromisos/{REFERENCE}/$", views.commitment_reference, name="commitment_reference"
    ),
    re_path(
        rf"^compromisos/{REFERENCE}-(?P<slug>[-a-z0-9]+)/$", views.commitment, name="commitment"
    ),
    re_path(rf"^eventos/{SLUG}/minuto-a-minuto/$", views.session, name="session"),
]
