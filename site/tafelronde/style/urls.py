"""Addresses of the style page."""

from django.urls import path

from tafelronde.style import views

app_name = "style"
urlpatterns = [
    path("", views.page, name="page"),
    path("toestanden.css", views.states, name="states"),
]
