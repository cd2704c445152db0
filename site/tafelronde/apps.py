"""How Django knows the site."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class TafelrondeConfig(AppConfig):
    name = "tafelronde"
    label = "tafelronde"
    verbose_name = "Tafelronde"

    def ready(self) -> None:
        from django.db.backends.signals import connection_created

        from tafelronde.front.changes import watch
        from tafelronde.papers.checks import check_statements
        from tafelronde.themes import check_theme

        connection_created.connect(watch)
        register(check_theme)
        register(check_statements, Tags.security, deploy=True)
