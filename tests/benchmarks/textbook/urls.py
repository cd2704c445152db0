"""One bare view: what a page costs before it shows anything."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!doctype html><title>Bare</title><p>Bare.</p>")


urlpatterns = [path("", bare)]
