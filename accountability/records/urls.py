from django.urls import path, re_path

from accountability.records import views
from events.urls import SLUG

urlpatterns = [
    re_path(rf"^eventos/{SLUG}/registro/$", views.record, name="record"),
    path("registros/archivos/<number:pk>/", views.record_file, name="record_file"),
    path("registros/archivos/<number:pk>/pequena/", views.record_picture, name="record_picture"),
]
