"""Who belongs to a community, in which role, since when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.enums import MembershipStatus, Role
from communities.models.community import Community


class Membership(models.Model):
    """One person in one community, from the first request on. There is one row per pair, for ever."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.MEMBER)
    status = models.CharField(_("status"), max_length=10, choices=MembershipStatus)
    motivation = models.TextField(_("why I would like to join"), max_length=1000, blank=True)
    answer = models.TextField(_("word from the coordinator"), max_length=1000, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [models.UniqueConstraint(fields=["community", "user"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.community_id}: {self.status}"


class EmailInvitation(models.Model):
    """Somebody without an account who was invited. At the first log-in it turns into a membership that waits for a yes."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="email_invitations")
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.MEMBER)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("invitation by mail")
        verbose_name_plural = _("invitations by mail")
        ordering = ["email"]
        constraints = [models.UniqueConstraint(fields=["community", "email"], name="email_invitation_once")]

    def __str__(self) -> str:
        return f"invitation to {self.community_id}"
