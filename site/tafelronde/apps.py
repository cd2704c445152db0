"""How Django knows the site."""

from django.apps import AppConfig


class TafelrondeConfig(AppConfig):
    name = "tafelronde"
    label = "tafelronde"
    verbose_name = "Tafelronde"
