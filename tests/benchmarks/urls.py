"""The site, and a page of it that asks nothing of the database: what a page costs before it looks anything up."""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.backends.django import Template
from django.urls import path

from tafelronde.urls import *  # noqa: F403

TEMPLATE = """{% extends "base.html" %}{% load i18n %}
{% block title %}{{ title }}{% endblock %}
{% block main %}<div class="wrap stack"><h1>{{ title }}</h1><table class="table">
{% for row in rows %}<tr><th scope="row"><a href="{{ row.address }}">{{ row.name }}</a></th><td>{{ row.text }}</td>
<td>{% if row.open %}{% translate "Open" %}{% else %}{% translate "To come" %}{% endif %}</td></tr>
{% endfor %}</table></div>{% endblock %}"""
ROWS = [
    {"address": f"/rij/{n}/", "name": f"Rij {n}", "text": "Waar het in deze rij om gaat", "open": n % 2}
    for n in range(50)
]


@cache
def template() -> Template:
    return engines["django"].from_string(TEMPLATE)


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(template().render({"title": "Vijftig rijen", "rows": ROWS}, request))


urlpatterns = [path("sjabloon/", page), *urlpatterns]  # noqa: F405
