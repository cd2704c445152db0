"""Addresses of the search."""

from django.urls import path

from tafelronde.search import views

urlpatterns = [
    path("zoeken/", views.results, name="search"),
    path("zoeken/terwijl-je-typt/", views.suggestions, name="search_suggestions"),
]
