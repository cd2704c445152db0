"""Addresses beside the pages: the feeds."""

from django.urls import path

from knowledge.feeds import NewsFeed, PublicationFeed

urlpatterns = [
    path("kennis/actualiteiten/rss.xml", NewsFeed(), name="news_feed"),
    path("kennis/publicaties/rss.xml", PublicationFeed(), name="publication_feed"),
]
