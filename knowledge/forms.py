"""The filters above the lists: plain GET forms. A value that they do not know is as good as none."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from knowledge import queries
from knowledge.enums import PublicationKind
from knowledge.models import ItemPage


@dataclass(frozen=True)
class Chosen:
    """A filter that is on: what it is, its value in words, and the query of the list without it."""

    label: str
    value: str
    query: str


class NewsFilter(forms.Form):
    """Filters over the items that somebody may see. Only values that would find something are offered."""

    theme = forms.ChoiceField(label=_("Theme"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)
    leerkring = forms.ChoiceField(label=_("Leerkring"), required=False)
    lang = forms.ChoiceField(label=_("Language"), required=False)

    lookups = {"theme": "themes__slug", "leerkring": "community__slug"}
    columns = {"year": "date__year", "lang": "lang"}

    def __init__(self, data: QueryDict, shelf: queries.Shelf[Any]) -> None:
        super().__init__(data)
        self.shelf = shelf
        for name, choices in self._offered().items():
            self.fields[name].choices = [("", _("All")), *choices]
        self.full_clean()
        self.values = {name: value for name, value in self.cleaned_data.items() if value}

    def _offered(self) -> dict[str, list[tuple[str, str]]]:
        rows = self.shelf.counts(self.columns.values())
        self.total = sum(row[-1] for row in rows)
        there = {name: {str(row[place]) for row in rows} for place, name in enumerate(self.columns)}
        return {
            "theme": [(theme.slug, theme.name) for theme in self.shelf.themes()],
            "year": [(year, year) for year in sorted(there["year"], reverse=True)],
            "leerkring": list(dict.fromkeys((slug, title) for *_, slug, title, _ in rows if slug)),
            "lang": [(code, str(name)) for code, name in settings.LANGUAGES if code in there["lang"]],
        }

    @property
    def useful(self) -> list[forms.BoundField]:
        """The filters with something to choose from."""
        return [field for field in self if len(field.field.choices) > 2 or field.name in self.values]

    def page(self, number: int, size: int) -> Page[ItemPage]:
        """So many of the items that pass all filters. Raises EmptyPage past the end."""
        items = self.found()
        if self.values:
            return Paginator(items, size).page(number)
        # Nothing is chosen: all of them were counted along with what the filters offer.
        newest = self.shelf.first(size) if number == 1 else items
        pages = Paginator(newest, size)
        pages.count = self.total
        return pages.page(number)

    def found(self) -> QuerySet[ItemPage]:
        """The items that pass all filters."""
        lookups = self.lookups | self.columns
        return self.shelf.items().filter(**{lookups[name]: value for name, value in self.values.items()})

    @property
    def query(self) -> str:
        return urlencode(self.values)

    @property
    def chosen(self) -> list[Chosen]:
        """The filters that are on, in words."""
        return [
            Chosen(
                label=str(self.fields[name].label),
                value=str(dict(self.fields[name].choices)[value]),
                query=urlencode({other: kept for other, kept in self.values.items() if other != name}),
            )
            for name, value in self.values.items()
        ]


class PublicationFilter(NewsFilter):
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    columns = {"year": "year", "lang": "lang", "kind": "kind"}
    field_order = ["theme", "kind", "year"]

    def _offered(self) -> dict[str, list[tuple[str, str]]]:
        return super()._offered() | {"kind": [(str(kind), str(kind.label)) for kind in PublicationKind]}
