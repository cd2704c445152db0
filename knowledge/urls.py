"""Addresses beside the pages: the feeds."""

from django.urls import path
from django.views.decorators.http import require_safe

from knowledge.feeds import NewsFeed, PublicationFeed

urlpatterns = [
    path("kennis/actualiteiten/rss.xml", require_safe(NewsFeed()), name="news_feed"),
    path("kennis/publicaties/rss.xml", require_safe(PublicationFeed()), name="publication_feed"),
]
