"""Nouns of knowledge: Wagtail pages, and the themes they are filed under."""

from knowledge.models.indexes import KnowledgeIndexPage, NewsIndexPage, PublicationIndexPage
from knowledge.models.items import ItemPage
from knowledge.models.news import NewsPage
from knowledge.models.publication import PublicationPage
from knowledge.models.theme import Theme

__all__ = [
    "ItemPage",
    "KnowledgeIndexPage",
    "NewsIndexPage",
    "NewsPage",
    "PublicationIndexPage",
    "PublicationPage",
    "Theme",
]
