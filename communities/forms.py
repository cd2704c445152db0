"""What people fill in: a request, a word with a decision, an address to invite, an answer to a meeting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.enums import Answer, Role
from communities.models import Meeting

WORD = 1000  # characters, as in Membership


class RequestForm(forms.Form):
    """Asking to join."""

    motivation = forms.CharField(
        label=_("Why would you like to join?"),
        help_text=_("What do you work on, and what do you bring? Only the coordinators read this."),
        max_length=WORD,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class WordForm(forms.Form):
    """A word that goes with a decision about somebody."""

    word = forms.CharField(
        label=_("A note to them"),
        help_text=_("This goes in the mail. Only this person reads it."),
        max_length=WORD,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AddressForm(forms.Form):
    """Whose invitation it is."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )


class InviteForm(AddressForm):
    """Asking somebody in."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role,
        initial=Role.MEMBER,
        widget=forms.RadioSelect,
        help_text=_("Coordinators decide who joins, and edit the pages of the leerkring and its meetings."),
    )


class AnswerForm(forms.Form):
    """Whether one comes. "Online" is there only where one can join online."""

    answer = forms.ChoiceField(
        label=_("Will you be there?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the answers."),
            "invalid_choice": _("Choose one of these answers."),
        },
    )

    def __init__(self, meeting: Meeting, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [
            (answer.value, label)
            for answer, label in PROMISES.items()
            if answer != Answer.ONLINE or meeting.video_url
        ]


# An answer as the person says it.
PROMISES = {
    Answer.YES: _("I will be there"),
    Answer.ONLINE: _("I join online"),
    Answer.MAYBE: _("Maybe"),
    Answer.NO: _("I cannot come"),
}
