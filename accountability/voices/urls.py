from django.urls import re_path

from accountability.voices import views
from events.urls import SLUG

REFERENCE = r"(?P<reference>[Cc]-\d+)-(?P<slug>[-a-z0-9]+)"

urlpatterns = [
    re_path(rf"^eventos/{SLUG}/acta/borrador/observar/$", views.remark, name="remark"),
    re_path(rf"^compromisos/{REFERENCE}/contar/$", views.note, name="note"),
]
