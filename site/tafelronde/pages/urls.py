"""Addresses of the whole site beside its pages."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path
from django.views.decorators.http import require_safe

from tafelronde.pages import views
from tafelronde.pages.feeds import PublicPages

urlpatterns = [
    path("media/images/<str:name>", views.image, name="image"),  # where Wagtail says that they are
    path("start/", views.start, name="start"),
    path("sitemap.xml", require_safe(sitemap), {"sitemaps": {"pages": PublicPages}}, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
]
