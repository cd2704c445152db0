"""What items are about."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet


@register_snippet
class Theme(models.Model):
    """A subject, with its name in both languages."""

    name_nl = models.CharField(_("name in Dutch"), max_length=60, unique=True)
    name_en = models.CharField(_("name in English"), max_length=60, unique=True)
    slug = models.SlugField(_("word in the address"), max_length=60, unique=True)

    panels = [FieldPanel("name_nl"), FieldPanel("name_en"), FieldPanel("slug")]

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["name_nl"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the reader."""
        return self.name_en if get_language() == "en" else self.name_nl
