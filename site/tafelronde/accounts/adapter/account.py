"""How allauth behaves here: who may sign up, what is kept of them, our mails and our words."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tafelronde.accounts.actions import end_other_logins, keep_signup
from tafelronde.accounts.models import Invitation, User
from tafelronde.accounts.names import device_name
from tafelronde.accounts.sessions import DEVICE, SINCE
from tafelronde.mail import send

WEAK = {  # what Django's validators find → our words
    "password_too_short": _("Use at least %(min_length)d characters."),
    "password_too_common": _("This password is easy to guess, as many people use it. Choose another one."),
    "password_too_similar": _("This is too close to your name or address. Choose another one."),
}
WAYS = {  # how somebody proves anew that it is them, in our words
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use a code"),
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
}
IN_MAILS = (
    "key",
    "uid",
    "from_email",
    "to_email",
    "deleted_email",
)  # what our mails use of what allauth knows
INVITATION_KEY = "invitation"  # in the session: the invitation whose owner is signing up


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This is already your address."),
        "email_password_mismatch": _("This address and password do not match. Check both and try again."),
        "email_taken": _("This address belongs to another account."),
        "enter_current_password": _("This is not your current password. Try again."),
        "incorrect_password": _("This is not your password. Try again."),
        "invalid_password_reset": _("This link no longer works."),
        "too_many_login_attempts": _("You tried too often. Wait five minutes and try again."),
        "rate_limited": _("This went a bit fast. Wait a minute and try again."),
        "same_as_current": _("This is already your address."),
        "unverified_primary_email": _("First confirm your address."),
    }

    def invitation(self, request: HttpRequest) -> Invitation | None:
        """The open invitation that this visitor accepted and is now signing up with."""
        key = request.session.get(INVITATION_KEY)
        invitation = Invitation.objects.filter(pk=key).first() if key else None
        return invitation if invitation and invitation.is_open else None

    def remember_invitation(self, request: HttpRequest, invitation: Invitation) -> None:
        """Let this visitor sign up. Their address counts as verified: the token came by mail."""
        request.session[INVITATION_KEY] = invitation.pk
        self.stash_verified_email(request, invitation.email)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return settings.SIGNUP == "open" or self.invitation(request) is not None

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        super().save_user(request, user, form, commit=False)
        keep_signup(
            user,
            invitation=self.invitation(request),
            name_prefix=form.cleaned_data["name_prefix"],
            organisation=form.cleaned_data["organisation"],
            language=get_language() or settings.LANGUAGE_CODE,
        )
        request.session.pop(INVITATION_KEY, None)
        return user

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Also refuses an address that another person holds without ever having verified it."""
        taken = User.objects.filter(email=email_address.email).exclude(pk=email_address.user_id).exists()
        if taken:
            self.add_message(request, messages.ERROR, "account/messages/email_confirmation_failed.txt")
            return False
        return super().confirm_email(request, email_address)

    def clean_password(self, password: str, user: User | None = None) -> str:
        """Says what is wrong with a weak password in our words."""
        try:
            return super().clean_password(password, user)
        except ValidationError as problem:
            faults = [(WEAK.get(error.code, error.message), error) for error in problem.error_list]
            raise ValidationError(
                [ValidationError(text, code=error.code, params=error.params) for text, error in faults]
            ) from None

    def login(self, request: HttpRequest, user: User) -> None:
        """Also writes into the fresh log-in what it was made with, and when."""
        super().login(request, user)
        request.session[DEVICE] = device_name(request.headers.get("User-Agent", ""))
        request.session[SINCE] = timezone.now().isoformat()

    def set_password(self, user: User, password: str) -> None:
        """Also ends the other log-ins: who knew the old password is out."""
        super().set_password(user, password)
        here = self.request.session.session_key if self.request.user == user else None
        end_other_logins(user, here)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        ways = super().get_reauthentication_methods(user)
        return [way | {"description": WAYS[way["id"]]} for way in ways]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("profile")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        words = {name: context[name] for name in IN_MAILS if name in context}
        if "provider" in context:
            words["provider"] = str(context["provider"])
        send(f"account/{template_prefix.rpartition('/')[2]}", email, words)
