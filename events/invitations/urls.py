from django.urls import path

from events.invitations import views

urlpatterns = [
    path("invitacion/<slug:key>/", views.invitation, name="invitation"),
    path("invitacion/<slug:key>/terminar/", views.stop, name="invitation_stop"),
]
