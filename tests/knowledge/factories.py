"""Pages of the knowledge base for tests."""

import datetime
import itertools
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from knowledge.models import NewsIndexPage, NewsPage, PublicationIndexPage, PublicationPage, Theme

_numbers = itertools.count(1)


def make_theme(name: str = "Besturen") -> Theme:
    """The theme of this name: there is one of each."""
    names = {"name_nl": name, "name_en": f"{name} (en)"}
    return Theme.objects.get_or_create(slug=name.lower(), defaults=names)[0]


def make_news(title: str = "", *, themes: list[Theme] | None = None, **fields: Any) -> NewsPage:
    fields.setdefault("date", datetime.date(2026, 11, 18))
    return _add(NewsIndexPage, NewsPage, title, themes, fields)


def make_publication(title: str = "", *, themes: list[Theme] | None = None, **fields: Any) -> PublicationPage:
    fields = {"authors": "Studiegroep Openbaar Bestuur", "year": 2016} | fields
    return _add(PublicationIndexPage, PublicationPage, title, themes, fields)


def _add(index: Any, model: Any, title: str, themes: list[Theme] | None, fields: dict[str, Any]) -> Any:
    number = next(_numbers)
    usual = {
        "title": title or f"Bericht {number}",
        "slug": f"bericht-{number}",
        "intro": "Waar het om gaat.",
        "first_published_at": timezone.now(),
    }
    page = model(**usual | fields)
    if themes:
        page.themes = themes
    return index.objects.get().add_child(instance=page)


def make_image(alt: str = "Een brug") -> Image:
    """An image with the sizes that the pages ask for, so that no test waits for them to be made."""
    image = Image.objects.create(title=alt, file=get_test_image_file())
    for width in (1440, 960, 480):
        file = get_test_image_file(f"{image.pk}-{width}.png")
        image.renditions.create(filter_spec=f"width-{width}", focal_point_key="", file=file)
    image.contextual_alt_text, image.decorative = alt, False
    return image


def make_document(text: str = "Geheim", name: str = "verslag.txt") -> Document:
    return Document.objects.create(
        title="Verslag", file=ContentFile(text.encode(), name=name), file_size=len(text)
    )
