"""What Django must know of this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail import hooks


class KnowledgeConfig(AppConfig):
    name = "knowledge"
    verbose_name = _("Knowledge")

    def ready(self) -> None:
        from knowledge import views

        # First of all: what this app answers needs none of Wagtail's own page privacy, which is off.
        hooks.register("before_serve_page", views.serve, order=-1)
