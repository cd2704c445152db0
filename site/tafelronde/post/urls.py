"""Addresses of what people choose to get."""

from django.urls import path

from tafelronde.post import views

app_name = "post"
urlpatterns = [
    path("mail/", views.preferences, name="preferences"),
    path("mail/afmelden/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
