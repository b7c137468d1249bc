from django.urls import re_path

from accountability.matrix import views
from events.urls import SLUG

urlpatterns = [
    re_path(rf"^eventos/{SLUG}/matriz/$", views.matrices, name="matrices"),
    re_path(
        rf"^eventos/{SLUG}/matriz/edicion-(?P<edition>[1-9][0-9]{{0,3}})\.csv$",
        views.matrix_file,
        name="matrix_file",
    ),
]
