"""Addresses of the statements. Those of privacy and accessibility are where Dutch readers look for them."""

from django.urls import path

from tafelronde.papers import views

urlpatterns = [
    path("privacy/", views.privacy, name="privacy"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("colofon/", views.colophon, name="colophon"),
    path("beveiliging/", views.security, name="security"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
]
