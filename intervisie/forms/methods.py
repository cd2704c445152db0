"""The forms on the pages of methods: which ones suit a group, and how one fits its time. Both are only asked, never sent."""

from django import forms
from django.utils.translation import gettext_lazy as _

from intervisie.enums import Experience, Purpose
from intervisie.forms.fields import MinutesField
from intervisie.queries import Wanted

ANY = [("", _("No preference"))]
LEVELS = [
    (Experience.NONE, _("None")),
    (Experience.SOME, _("Some")),
    (Experience.MUCH, _("Much")),
]


class WantedForm(forms.Form):
    """What a group looks for in a method."""

    doel = forms.ChoiceField(label=_("What for?"), choices=[*ANY, *Purpose.choices], required=False)
    mensen = forms.IntegerField(label=_("How many participants?"), required=False, min_value=2, max_value=40)
    minuten = MinutesField(label=_("How many minutes?"))
    ervaring = forms.ChoiceField(label=_("How much experience?"), choices=[*ANY, *LEVELS], required=False)

    def wanted(self) -> Wanted:
        """What was said, without what cannot be read."""
        self.full_clean()
        said = self.cleaned_data if self.is_bound else {}
        return Wanted(said.get("doel", ""), said.get("mensen"), said.get("minuten"), said.get("ervaring", ""))


class FitForm(forms.Form):
    """With how many, and in how much time."""

    mensen = forms.IntegerField(label=_("How many participants?"), min_value=2, max_value=40)
    minuten = MinutesField()
