from django.urls import path

from accountability.archive import views

urlpatterns = [
    path("participa/", views.participa, name="participa"),
    path("participa/enlaces.csv", views.links_csv, name="participa_csv"),
    path("participa/enlaces.ods", views.links_ods, name="participa_ods"),
]
