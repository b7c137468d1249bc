from django.urls import re_path

from accountability.transcript import views
from events.urls import SLUG

urlpatterns = [
    re_path(rf"^eventos/{SLUG}/transcripcion/$", views.transcript, name="transcript"),
]
