"""Fields for short lists that people type, and for people to choose from."""

import re
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from intervisie.models import Case
from tafelronde.accounts.models import User

MOST_EMAILS = 20


class LinesField(forms.CharField):
    """A short list, written one per line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        lines = [" ".join(line.split()) for line in super().clean(value).splitlines()]
        return list(dict.fromkeys(line for line in lines if line))


class EmailsField(forms.CharField):
    """E-mail addresses, with lines, commas or semicolons between them."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """The addresses in lower case, each once. Raises ValidationError that names the first that is none."""
        emails = list(dict.fromkeys(re.findall(r"[^\s,;]+", super().clean(value).lower())))
        for email in emails:
            try:
                validate_email(email)
            except forms.ValidationError:
                raise forms.ValidationError(
                    _("‘%(email)s’ is no e-mail address. Check the spelling."), params={"email": email}
                ) from None
        if len(emails) > MOST_EMAILS:
            raise forms.ValidationError(
                _("Ask at most %(most)d people at once."), params={"most": MOST_EMAILS}
            )
        return emails


class MinutesField(forms.IntegerField):
    """How much time a group has."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=kwargs.pop("label", _("How much time do you have?")),
            required=False,
            min_value=10,
            max_value=480,
            widget=forms.NumberInput(attrs={"inputmode": "numeric", "step": 5}),
            **kwargs,
        )


class PeopleField(forms.ModelMultipleChoiceField):
    """People by name and organisation."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, person: Any) -> SafeString:
        return format_html('{} <span class="person__place">{}</span>', person, person.organisation)


class PersonField(forms.ModelChoiceField):
    """One of them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=User.objects.none(), **kwargs)


class CaseField(forms.ModelChoiceField):
    """One of somebody's own cases, by its title; a case does not tell its title by itself."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Case.objects.none(), required=False, **kwargs)

    def label_from_instance(self, case: Any) -> str:
        return case.title
