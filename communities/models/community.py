"""A community and its editions: what people are a member of."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.enums import Format, Joining, Visibility


class Community(models.Model):
    """A leerkring or leergang. Its page is edited; publishing the page brings these fields up to date."""

    slug = models.SlugField(_("slug"), max_length=255, allow_unicode=True, unique=True)
    title = models.CharField(_("title"), max_length=255)
    format = models.CharField(_("format"), max_length=20, choices=Format, default=Format.LEERKRING)
    joining = models.CharField(_("joining"), max_length=10, choices=Joining, default=Joining.REQUEST)
    visibility = models.CharField(
        _("who can see it"), max_length=10, choices=Visibility, default=Visibility.PUBLIC
    )
    edition = models.ForeignKey(
        "Edition", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("current edition")
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("leerkring")
        verbose_name_plural = _("leerkringen")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The address of its page. Raises LeerkringPage.DoesNotExist where that was deleted."""
        return self.page.url

    @property
    def community(self) -> "Community":
        """Itself, so that a rule can ask anything guarded for its community."""
        return self

    @property
    def published(self) -> bool:
        """Whether its page is published."""
        return hasattr(self, "page") and self.page.live


class Edition(models.Model):
    """One run of a community, such as "autumn 2026"."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="editions")
    title = models.CharField(_("title"), max_length=80)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["community", "title"], name="edition_title_once")]

    def __str__(self) -> str:
        return f"{self.community}, {self.title}"
