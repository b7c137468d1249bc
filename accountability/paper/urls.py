from django.urls import re_path

from accountability.paper import views
from events.urls import SLUG

EDITION = r"edicion-(?P<edition>[1-9][0-9]{0,3})"

urlpatterns = [
    re_path(rf"^eventos/{SLUG}/acta\.pdf$", views.newest, name="minutes_pdf"),
    re_path(rf"^eventos/{SLUG}/acta/borrador\.pdf$", views.draft, name="minutes_draft_pdf"),
    re_path(rf"^eventos/{SLUG}/acta/{EDITION}\.pdf$", views.edition, name="minutes_edition_pdf"),
    re_path(rf"^eventos/{SLUG}/acta/{EDITION}-firmada\.pdf$", views.signed, name="minutes_signed"),
]
