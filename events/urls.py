from django.urls import path, re_path

from events import views

SLUG = r"(?P<event_slug>\d{4}-\d{2}-\d{2}-[a-z0-9-]+)"

urlpatterns = [
    path("ahora/", views.now, name="now"),
    path("eventos/", views.archive, name="events"),
    path("eventos/<int:year>/", views.archive_year, name="events_year"),
    re_path(rf"^eventos/{SLUG}/$", views.event, name="event"),
    re_path(rf"^eventos/{SLUG}/documentos/$", views.documents, name="event_documents"),
    re_path(
        rf"^eventos/{SLUG}/documentos/(?P<pk>\d+)/$", views.document_file, name="event_document"
    ),
]
