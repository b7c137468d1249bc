from django.urls import path, re_path

from events import views
from events.invitations import urls as invitations
from events.people import urls as people
from events.process import urls as process
from events.results import urls as results
from events.takeaway import urls as takeaway

SLUG = r"(?P<event_slug>\d{4}-\d{2}-\d{2}-[a-z0-9-]+)"

urlpatterns = [
    *invitations.urlpatterns,
    *people.urlpatterns,
    *process.urlpatterns,
    *results.urlpatterns,
    *takeaway.urlpatterns,
    path("ahora/", views.now, name="now"),
    path("eventos/", views.archive, name="events"),
    path("eventos/<year:year>/", views.archive_year, name="events_year"),
    re_path(rf"^eventos/{SLUG}/$", views.event, name="event"),
    re_path(rf"^eventos/{SLUG}/documentos/$", views.documents, name="event_documents"),
    re_path(
        rf"^eventos/{SLUG}/documentos/(?P<pk>[0-9]{{1,18}})/$",
        views.document_file,
        name="event_document",
    ),
]
