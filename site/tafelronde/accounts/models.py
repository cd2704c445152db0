"""The people of the platform, and who was asked to join them."""

import secrets
from importlib import import_module
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser, Permission
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


def photo_storage() -> Storage:
    return storages["photos"]


def photo_name(user: "User", filename: str) -> str:
    """A name that nobody can guess and that is new for each photo, so that browsers may keep it."""
    return f"{user.pk}/{secrets.token_hex(16)}.webp"


class UserManager(BaseUserManager["User"]):
    """Makes users who log in by e-mail address."""

    use_in_migrations = True

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """A saved user. Raises ValueError without an address."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """Somebody with an account. Log-in, e-mail and password are allauth's alone."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    name_prefix = models.CharField(
        _("name prefix"), max_length=20, blank=True, help_text=_("For example: van der")
    )
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    job_title = models.CharField(_("function"), max_length=120, blank=True)
    place = models.CharField(_("place"), max_length=80, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=[("nl", "Nederlands"), ("en", "English")], default="nl"
    )
    photo = models.ImageField(_("photo"), upload_to=photo_name, storage=photo_storage, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["last_name", "first_name"]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        """First name, prefix and last name; the part of the address before the @ where no name is known."""
        parts = [self.first_name, self.name_prefix, self.last_name]
        return " ".join(part for part in parts if part) or self.email.split("@")[0]

    def get_short_name(self) -> str:
        return self.first_name or self.get_full_name()

    @property
    def table_name(self) -> str:
        """How the name stands at the round table: "Fatma B."."""
        return (
            f"{self.first_name} {self.last_name[:1]}."
            if self.first_name and self.last_name
            else self.get_full_name()
        )

    def holds(self, permission: str) -> bool:
        """Whether they or a group of theirs have this permission, "app.codename". One query, where `has_perm` takes two."""
        if not self.is_active or self.is_superuser:
            return self.is_active
        app, codename = permission.split(".")
        holders = Permission.objects.filter(Q(user=self) | Q(group__user=self))
        return holders.filter(content_type__app_label=app, codename=codename).exists()

    @cached_property
    def enters_desk(self) -> bool:
        """Whether they may enter the Wagtail admin."""
        return self.holds("wagtailadmin.access_admin")

    @property
    def initials(self) -> str:
        """Two letters for the avatar."""
        letters = f"{self.first_name[:1]}{self.last_name[:1]}"
        return (letters or self.email[:2]).upper()


class LogIn(AbstractBaseSession):
    """A browser that is known to the site, Django's session: whose, on what device, since when and until when seen.

    `user` is empty for a visitor. `tafelronde.accounts.sessions` keeps these rows; who deletes one ends the log-in.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="logins")
    device = models.CharField(max_length=60, blank=True)
    since = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        verbose_name = _("log-in")
        verbose_name_plural = _("log-ins")

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        return import_module(settings.SESSION_ENGINE).SessionStore


class Invitation(models.Model):
    """Somebody was asked to create an account. The mail alone holds the token; here is its hash."""

    email = models.EmailField(_("e-mail address"))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    next_url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("expires at"))
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["email"])]

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        """Whether it can still be accepted."""
        return not self.accepted_at and not self.revoked_at and self.expires_at > timezone.now()
