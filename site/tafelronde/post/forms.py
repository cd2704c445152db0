"""What people choose to get."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tafelronde.post.enums import Kind


class PreferencesForm(forms.Form):
    kinds = forms.MultipleChoiceField(
        label=_("Mail that you choose"),
        choices=Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each of these mails has a link that ends it."),
    )
