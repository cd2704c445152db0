"""Addresses of the mailbox of development."""

from django.urls import path

from tafelronde.mailbox import views

urlpatterns = [
    path("", views.index, name="mailbox"),
    path("<str:name>/<int:number>/", views.mail, name="mailbox_mail"),
    path("<str:name>/<int:number>/html/", views.html, name="mailbox_html"),
]
