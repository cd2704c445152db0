"""A case: what somebody wants to think about with others."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Case(models.Model):
    """Seen by its owner alone, until the owner brings it into a session. The outcome stays sealed even then."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="cases")
    title = models.CharField(_("title"), max_length=120)
    situation = models.TextField(_("situation"), max_length=4000)
    own_role = models.TextField(_("your own part in it"), max_length=1000, blank=True)
    parties = models.JSONField(_("parties, as role labels"), default=list, blank=True)
    question = models.CharField(_("your question"), max_length=300)
    outcome = models.TextField(_("how it turned out (sealed)"), max_length=2000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-changed_at"]

    def __str__(self) -> str:
        return f"case {self.pk}"

    @property
    def text(self) -> str:
        """All that the owner wrote, one field after another."""
        return "\n\n".join(
            [self.title, self.situation, self.own_role, *self.parties, self.question, self.outcome]
        )
