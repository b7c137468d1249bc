from django.urls import path

from accountability.verification import views

urlpatterns = [
    path("verificar/", views.verify, name="verify"),
    path("verificar/archivo/", views.verify_file, name="verify_file"),
    path("verificar/registro.txt", views.log_file, name="publication_log"),
    path("verificar/<number:number>/", views.verify_entry, name="verify_entry"),
    path("verificar/<number:number>/contenido.json", views.verify_content, name="verify_content"),
]
