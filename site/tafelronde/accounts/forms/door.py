"""The forms of allauth at the door, worded anew: one password field, no placeholders."""

from typing import Any, ClassVar

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.socialaccount import forms as socialaccount
from django import forms
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from tafelronde.accounts.models import User

EMAIL = _("E-mail address")
PASSWORD = _("Password")
EMAIL_HELP = _("Your work address, if you have one. Other members do not see it.")
NEW_PASSWORD = _("New password")
NEW_PASSWORD_HELP = _("At least 12 characters. A short sentence is strong and easy to remember.")
AUTOCOMPLETE = {"first_name": "given-name", "last_name": "family-name", "organisation": "organization"}


class OurWords:
    """Gives the fields of an allauth form our labels and help."""

    words: ClassVar[dict[str, tuple[Any, Any]]] = {}  # field → label, help

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)  # type: ignore[attr-defined]  # the field shows what is typed instead
        for name, (label, help_text) in self.words.items():
            field = self.fields[name]  # type: ignore[attr-defined]
            field.label, field.help_text = label, help_text
            field.widget.attrs.pop("placeholder", None)


class LoginForm(OurWords, allauth.LoginForm):
    words = {"login": (EMAIL, ""), "password": (PASSWORD, "")}


class ChangeEmailForm(OurWords, allauth.AddEmailForm):
    words = {
        "email": (
            _("New e-mail address"),
            _("We send a link to this address. Nothing changes until you open it."),
        )
    }


class ChangePasswordForm(OurWords, allauth.ChangePasswordForm):
    words = {"oldpassword": (_("Current password"), ""), "password1": (NEW_PASSWORD, NEW_PASSWORD_HELP)}


class SetPasswordForm(OurWords, allauth.SetPasswordForm):
    words = {"password1": (NEW_PASSWORD, NEW_PASSWORD_HELP)}


class ResetPasswordForm(OurWords, allauth.ResetPasswordForm):
    words = {"email": (EMAIL, _("The address that you log in with."))}


class ResetPasswordKeyForm(OurWords, allauth.ResetPasswordKeyForm):
    words = {"password1": (NEW_PASSWORD, NEW_PASSWORD_HELP)}


class ReauthenticateForm(OurWords, allauth.ReauthenticateForm):
    words = {"password": (PASSWORD, "")}


class WhoYouAre(forms.Form):
    """What everybody tells who makes an account. The address of somebody invited is known and cannot be another."""

    first_name = forms.CharField(label=_("First name"), max_length=150)
    name_prefix = forms.CharField(
        label=_("Name prefix"), max_length=20, required=False, help_text=_("For example: van der")
    )
    last_name = forms.CharField(label=_("Last name"), max_length=150)
    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=120,
        required=False,
        help_text=_("For example: municipality of Kampen"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, autocomplete in AUTOCOMPLETE.items():
            self.fields[name].widget.attrs["autocomplete"] = autocomplete
        if invitation := get_adapter().invitation(context.request):
            self.fields["email"].disabled = True
            self.fields["email"].help_text = _("This is the address that was invited.")
            self.initial["email"] = invitation.email

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """As allauth does, also where somebody signs up with this address at the very same moment."""
        try:
            return super().try_save(request)  # type: ignore[misc]
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)  # type: ignore[misc]


class SignupForm(OurWords, WhoYouAre, allauth.SignupForm):
    words = {"email": (EMAIL, EMAIL_HELP), "password1": (PASSWORD, NEW_PASSWORD_HELP)}
    field_order = ["first_name", "name_prefix", "last_name", "organisation", "email", "password1"]


class OpenIdSignupForm(OurWords, WhoYouAre, socialaccount.SignupForm):
    """For who comes from the OpenID Connect provider, with what it told filled in."""

    words = {"email": (EMAIL, EMAIL_HELP)}
    field_order = ["first_name", "name_prefix", "last_name", "organisation", "email"]
