"""The form of a case."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intervisie.forms.fields import LinesField
from intervisie.models import Case

MOST_PARTIES = 12
LONGEST_PARTY = 60


class CaseForm(forms.ModelForm):
    """A case, with a prompt at every field and a line that says who will see it."""

    parties = LinesField(
        label=_("Parties"),
        required=False,
        max_length=MOST_PARTIES * (LONGEST_PARTY + 2),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Who plays a part? One role per line: ‘the alderman’, ‘the small municipalities’. No names."
        ),
    )

    class Meta:
        model = Case
        fields = ("title", "situation", "own_role", "parties", "question", "outcome")
        labels = {
            "title": _("Title"),
            "situation": _("Situation"),
            "own_role": _("Your own part in it"),
            "question": _("Your question"),
            "outcome": _("How it turned out"),
        }
        help_texts = {
            "title": _("A few neutral words by which you know it again. No names."),
            "situation": _(
                "What happened? Take something recent and concrete, up to the moment at which it became difficult. "
                "Facts first; about 150 words is enough. Write ‘the alderman’, not a name."
            ),
            "own_role": _(
                "What did you do, think, feel and want? A case without you in it is hard to learn from."
            ),
            "question": _(
                "One sentence that starts with ‘how do I’ or ‘what can I’. A real question: you do not know yet."
            ),
            "outcome": _(
                "Is it behind you? Then write down what you did. It stays sealed, so that the others can think freely first."
            ),
        }
        widgets = {
            "situation": forms.Textarea(attrs={"rows": 10}),
            "own_role": forms.Textarea(attrs={"rows": 5}),
            "question": forms.Textarea(attrs={"rows": 2}),
            "outcome": forms.Textarea(attrs={"rows": 5}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            # Django names the help and the error only; the line that says who sees it must be heard too.
            ids = (f"id_{name}_{part}" for part in ("helptext", "sees", "error"))
            field.widget.attrs["aria-describedby"] = " ".join(ids)

    def with_sees(self) -> Iterator[tuple[forms.BoundField, str | Promise]]:
        """Each field with who will see it."""
        table = _(
            "Only you, until you bring this case to a table. Then everybody at that table, with your name."
        )
        sealed = _("Only you. At the table it stays sealed until you open it.")
        return ((field, sealed if field.name == "outcome" else table) for field in self)

    def clean_question(self) -> str:
        return " ".join(self.cleaned_data["question"].split())

    def clean_parties(self) -> list[str]:
        parties = self.cleaned_data["parties"]
        if len(parties) > MOST_PARTIES:
            raise forms.ValidationError(
                _("That is more than %(most)d. Take the parties together that want the same."),
                params={"most": MOST_PARTIES},
            )
        if any(len(party) > LONGEST_PARTY for party in parties):
            raise forms.ValidationError(
                _("Keep each role short: at most %(most)d characters on a line."),
                params={"most": LONGEST_PARTY},
            )
        return parties
