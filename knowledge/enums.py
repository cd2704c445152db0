"""Choices used in the fields of knowledge."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublicationKind(models.TextChoices):
    REPORT = "report", _("Report")
    ARTICLE = "article", _("Article")
    BOOK = "book", _("Book")
    TOOL = "tool", _("Tool")
