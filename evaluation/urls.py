"""Addresses of surveys and their results."""

from django.urls import re_path

from evaluation import views
from events.urls import SLUG

POLL = rf"^eventos/{SLUG}/encuesta/(?P<number>[0-9]{{1,4}})/"
EVALUATION = rf"^eventos/{SLUG}/evaluar/"

urlpatterns = [
    re_path(rf"{POLL}$", views.survey, name="poll"),
    re_path(rf"{POLL}responder/$", views.answer, name="poll_answer"),
    re_path(rf"{POLL}resultados/$", views.results, name="poll_results"),
    re_path(rf"{POLL}resultados\.csv$", views.results_csv, name="poll_results_csv"),
    re_path(rf"{POLL}resultados\.ods$", views.results_ods, name="poll_results_ods"),
    re_path(rf"{EVALUATION}$", views.survey, name="evaluate"),
    re_path(rf"{EVALUATION}responder/$", views.answer, name="evaluate_answer"),
    re_path(rf"{EVALUATION}resultados/$", views.results, name="evaluation_results"),
    re_path(rf"{EVALUATION}resultados\.csv$", views.results_csv, name="evaluation_results_csv"),
    re_path(rf"{EVALUATION}resultados\.ods$", views.results_ods, name="evaluation_results_ods"),
]
