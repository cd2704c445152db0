"""A letter in the outbox, and the kinds of mail that somebody does not want."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tafelronde.post.enums import Kind, LetterStatus


class Letter(models.Model):
    """One mail to one receiver. It is written when it leaves, so no content is kept here.

    `values` are what its writer needs (keys of rows, a token), emptied once it is sent. `key` says what it is about and to
    whom: there is one letter per key, for ever. `claim` belongs to the worker that has it in hand; `handed_at` is the
    moment from which the mail server may have it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=200, unique=True, editable=False)
    template = models.CharField(_("mail"), max_length=60)
    writer = models.CharField(max_length=120, blank=True)
    values = models.JSONField(default=dict)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="letters", verbose_name=_("person")
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(max_length=2)
    status = models.CharField(_("status"), max_length=10, choices=LetterStatus, default=LetterStatus.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    problem = models.CharField(_("problem"), max_length=80, blank=True)
    due_at = models.DateTimeField(_("due at"), default=timezone.now)
    expires_at = models.DateTimeField(null=True)
    claim = models.UUIDField(null=True)
    claimed_at = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(_("settled at"), null=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["status", "due_at"])]

    def __str__(self) -> str:
        return f"{self.template} {self.pk}"


class OptOut(models.Model):
    """Somebody does not want this kind of mail."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="opt_outs")
    kind = models.CharField(max_length=20, choices=Kind)

    class Meta:
        verbose_name = _("unwanted kind of mail")
        verbose_name_plural = _("unwanted kinds of mail")
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="opt_out_once")]

    def __str__(self) -> str:
        return f"{self.user_id} without {self.kind}"
