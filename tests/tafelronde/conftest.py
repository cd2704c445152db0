"""What every test of the site starts with: no rate limits left over, photos in memory."""

import pytest
from django.core.cache import cache
from django.core.files.storage import InMemoryStorage

from tafelronde.accounts.models import User


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()


@pytest.fixture(autouse=True)
def photos(monkeypatch):
    storage = InMemoryStorage(base_url="/foto/")
    monkeypatch.setattr(User._meta.get_field("photo"), "storage", storage)
    return storage
