"""The outbox: every mail of the site, from the wish to send it until a mail server has it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PostConfig(AppConfig):
    name = "tafelronde.post"
    label = "post"
    verbose_name = _("Mail")
