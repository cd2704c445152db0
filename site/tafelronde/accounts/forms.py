"""Forms about people. Those of allauth are worded anew: one password field, no placeholders."""

from typing import Any, ClassVar

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from allauth.core import context
from django import forms
from django.conf import settings
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from tafelronde.accounts.actions import PROFILE_FIELDS
from tafelronde.accounts.models import User
from tafelronde.accounts.photos import UnusablePhoto, portrait

EMAIL = _("E-mail address")
PASSWORD = _("Password")
NEW_PASSWORD = _("New password")
NEW_PASSWORD_HELP = _("At least 12 characters. A short sentence is strong and easy to remember.")
MAX_PHOTO_BYTES = 10 * 1024 * 1024


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


class SignupForm(OurWords, allauth.SignupForm):
    """Asks who somebody is. The address of somebody invited is known and cannot be another."""

    words = {
        "email": (EMAIL, _("Your work address, if you have one. Other members do not see it.")),
        "password1": (PASSWORD, NEW_PASSWORD_HELP),
    }
    field_order = ["first_name", "name_prefix", "last_name", "organisation", "email", "password1"]

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
        for name, autocomplete in _AUTOCOMPLETE.items():
            self.fields[name].widget.attrs["autocomplete"] = autocomplete
        if invitation := get_adapter().invitation(context.request):
            self.fields["email"].disabled = True
            self.fields["email"].help_text = _("This is the address that was invited.")
            self.initial["email"] = invitation.email

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """As allauth does, also where somebody signs up with this address at the very same moment."""
        try:
            return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)


_AUTOCOMPLETE = {"first_name": "given-name", "last_name": "family-name", "organisation": "organization"}


class ProfileForm(forms.ModelForm):
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        help_text=_("A JPEG, PNG or WebP file of at most 10 MB. We cut a square from the middle."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    first_name = forms.CharField(label=_("First name"), max_length=150)
    last_name = forms.CharField(label=_("Last name"), max_length=150)

    class Meta:
        model = User
        fields = PROFILE_FIELDS
        labels = {
            "name_prefix": _("Name prefix"),
            "organisation": _("Organisation"),
            "job_title": _("Function"),
            "place": _("Place"),
            "language": _("Language"),
        }
        help_texts = {
            "name_prefix": _("For example: van der"),
            "place": _("Where you work, for example: Kampen"),
            "language": _("For the site and for the mail you get."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = settings.LANGUAGES
        for name, autocomplete in (_AUTOCOMPLETE | {"job_title": "organization-title"}).items():
            self.fields[name].widget.attrs["autocomplete"] = autocomplete

    def clean_photo(self) -> bytes | None:
        """The portrait that is made of the upload, or None without one."""
        upload = self.cleaned_data["photo"]
        if not upload:
            return None
        if upload.size > MAX_PHOTO_BYTES:
            raise forms.ValidationError(_("This file is larger than 10 MB. Choose a smaller one."))
        try:
            return portrait(upload)
        except UnusablePhoto as problem:
            raise forms.ValidationError(_TOO_LARGE if problem.too_large else _UNREADABLE) from problem


_TOO_LARGE = _("This picture has more than 40 million pixels. Choose a smaller one.")
_UNREADABLE = _("We cannot read this file as a picture. Choose a JPEG, PNG or WebP file.")


class InvitationForm(forms.Form):
    email = forms.EmailField(
        label=EMAIL,
        help_text=_("We send an invitation that works once, for seven days."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class CloseAccountForm(forms.Form):
    """Asks for the password, so that a forgotten open screen closes nothing."""

    password = forms.CharField(
        label=PASSWORD, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        if not self.user.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError(get_adapter().error_messages["incorrect_password"])
        return self.cleaned_data["password"]
