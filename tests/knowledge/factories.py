"""Pages of the knowledge base for tests."""

import datetime
import itertools
from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from knowledge.models import NewsIndexPage, NewsPage, PublicationIndexPage, PublicationPage, Theme

_numbers = itertools.count(1)


def make_theme(name: str = "Besturen", **fields: Any) -> Theme:
    slug = fields.pop("slug", name.lower())
    return Theme.objects.create(
        name_nl=name, name_en=fields.pop("name_en", f"{name} (en)"), slug=slug, **fields
    )


def make_news(title: str = "", *, themes: list[Theme] | None = None, **fields: Any) -> NewsPage:
    fields.setdefault("date", datetime.date(2026, 11, 18))
    return _add(NewsIndexPage, NewsPage, title, themes, fields)


def make_publication(title: str = "", *, themes: list[Theme] | None = None, **fields: Any) -> PublicationPage:
    fields = {"authors": "Studiegroep Openbaar Bestuur", "year": 2016} | fields
    return _add(PublicationIndexPage, PublicationPage, title, themes, fields)


def _add(index: Any, model: Any, title: str, themes: list[Theme] | None, fields: dict[str, Any]) -> Any:
    number = next(_numbers)
    fields = {
        "title": title or f"Bericht {number}",
        "slug": f"bericht-{number}",
        "intro": "Waar het om gaat.",
    } | fields
    page = model(**fields)
    if themes:
        page.themes = themes
    index.objects.get().add_child(instance=page)
    if page.live:
        page.save_revision().publish()
        page.refresh_from_db()
    return page


def make_image(title: str = "Tafel") -> Image:
    return Image.objects.create(title=title, file=get_test_image_file())


def make_document(text: str = "Geheim", name: str = "verslag.txt") -> Document:
    return Document.objects.create(title="Verslag", file=ContentFile(text.encode(), name=name))
