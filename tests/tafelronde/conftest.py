"""What every test of the site starts with: no rate limits left over, photos in memory."""

import threading

import pytest
from django.core.cache import cache
from django.core.files.storage import InMemoryStorage
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3.base import DatabaseWrapper as SqliteWrapper

from tafelronde.accounts.models import User


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()


@pytest.fixture(autouse=True)
def photos(monkeypatch):
    storage = InMemoryStorage(base_url="/foto/")
    monkeypatch.setattr(User._meta.get_field("photo"), "storage", storage)
    return storage


@pytest.fixture
def threads_close(monkeypatch):
    """Other threads close for real: Django leaves a database in memory open, which here this thread holds anyway."""
    close = SqliteWrapper.close

    def close_here(self):
        (close if threading.current_thread() is threading.main_thread() else BaseDatabaseWrapper.close)(self)

    monkeypatch.setattr(SqliteWrapper, "close", close_here)
