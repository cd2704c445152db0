"""Forms about people: profile, invitation, closing an account."""

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tafelronde.accounts.actions import PROFILE_FIELDS
from tafelronde.accounts.forms.door import AUTOCOMPLETE, EMAIL, PASSWORD
from tafelronde.accounts.models import User
from tafelronde.accounts.photos import UnusablePhoto, portrait

MAX_PHOTO_BYTES = 10 * 1024 * 1024


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
            "job_title": _("Job title"),
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
        for name, autocomplete in (AUTOCOMPLETE | {"job_title": "organization-title"}).items():
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
    """Asks for the password, if there is one, so that a forgotten open screen closes nothing."""

    password = forms.CharField(
        label=PASSWORD, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if not user.has_usable_password():  # who logs in through OpenID Connect has none to give
            del self.fields["password"]

    def clean_password(self) -> str:
        if not self.user.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError(get_adapter().error_messages["incorrect_password"])
        return self.cleaned_data["password"]
