"""How Django knows the site."""

from django import forms
from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class TafelrondeConfig(AppConfig):
    name = "tafelronde"
    label = "tafelronde"
    verbose_name = "Tafelronde"

    def ready(self) -> None:
        from django.db.backends.signals import connection_created

        from tafelronde.front.changes import watch
        from tafelronde.papers.checks import check_statements
        from tafelronde.themes import check_theme

        # What to do, where Django says what is wrong.
        forms.Field.default_error_messages["required"] = _("Fill this in.")
        for field in (forms.ChoiceField, forms.ModelChoiceField):
            field.default_error_messages["required"] = _("Choose one.")
        connection_created.connect(watch)
        register(check_theme)
        register(check_statements, Tags.security, deploy=True)
