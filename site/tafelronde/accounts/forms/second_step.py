"""The forms of the second step at log-in: codes of an app, recovery codes, passkeys."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as codes
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

from tafelronde.accounts.forms.door import OurWords

CODE = _("Code")
CODE_HELP = _("Six digits from your authenticator app, or one of your recovery codes.")
NAME = _("Name of this passkey")
NAME_HELP = _("So that you know it again, for example: work laptop.")
NAME_LENGTH = 60

# What the library that reads a passkey's answer raises where it was made up or broken.
BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError)


class CodeForm(OurWords, codes.AuthenticateForm):
    words = {"code": (CODE, CODE_HELP)}


class CodeAgainForm(OurWords, codes.ReauthenticateForm):
    words = {"code": (CODE, CODE_HELP)}


class AppForm(OurWords, totp.ActivateTOTPForm):
    words = {"code": (CODE, _("The six digits that the app shows now."))}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class SafeAnswer:
    """An answer of a passkey that cannot be read is refused with a sentence, never with a traceback."""

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except BROKEN:
            raise get_adapter().validation_error("incorrect_passkey") from None


class PasskeyStepForm(SafeAnswer, webauthn.AuthenticateWebAuthnForm):
    pass


class PasskeyAgainForm(SafeAnswer, webauthn.ReauthenticateWebAuthnForm):
    pass


class PasskeyLoginForm(SafeAnswer, webauthn.LoginWebAuthnForm):
    pass


class AddPasskeyForm(OurWords, webauthn.AddWebAuthnForm):
    words = {
        "name": (NAME, NAME_HELP),
        "passwordless": (
            _("Also log in with it without a password"),
            _("Your device then asks for your fingerprint, face or PIN. Not every security key can do this."),
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].max_length = NAME_LENGTH
        self.fields["name"].widget.attrs["maxlength"] = NAME_LENGTH
        self.fields["passwordless"].initial = True

    def clean_name(self) -> str:
        return super().clean_name()[:NAME_LENGTH]

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except BROKEN:
            raise get_adapter().validation_error("incorrect_passkey") from None


class RenamePasskeyForm(webauthn.EditWebAuthnForm):
    name = forms.CharField(label=NAME, help_text=NAME_HELP, max_length=NAME_LENGTH)
