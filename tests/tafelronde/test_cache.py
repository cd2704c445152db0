"""The shared cache: it clears what is its own, and what protects people goes on while Redis is away."""

import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.urls import reverse

from tafelronde.cache import SharedCache
from tests.support.cluster import Redis
from tests.support.server import free_port
from tests.tafelronde.factories import PASSWORD, make_user


@pytest.fixture
def away(settings, monkeypatch):
    """A site that was told of a Redis where none is."""
    monkeypatch.setattr(SharedCache, "_away_until", 0.0)
    settings.CACHES = {
        "default": {
            "BACKEND": "tafelronde.cache.SharedCache",
            "LOCATION": f"redis://127.0.0.1:{free_port()}/0",
            "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
        }
    }
    yield
    cache.clear()


@pytest.mark.usefixtures("away")
def test_memory_stands_in_for_everything():
    assert cache.add("a", 1)
    assert not cache.add("a", 2)
    assert cache.get("a") == 1
    assert cache.incr("a") == 2
    cache.set_many({"b": [1], "c": None})
    assert cache.get_many(["a", "b", "c"]) == {"a": 2, "b": [1], "c": None}
    assert cache.touch("b")
    assert cache.has_key("b")
    assert cache.delete("b")
    cache.delete_many(["a"])
    assert cache.get("a") is None
    assert cache.get_or_set("d", lambda: 4) == 4
    cache.clear()
    assert "d" not in cache


@pytest.mark.usefixtures("away")
def test_redis_is_asked_again_only_after_a_moment(monkeypatch, caplog):
    cache.get("a")
    cache.get("a")
    assert caplog.messages == ["Redis is away: ConnectionError"]
    monkeypatch.setattr(SharedCache, "_away_until", time.monotonic() - 1)
    cache.get("a")
    assert len(caplog.messages) == 2


@pytest.mark.server
def test_clearing_leaves_what_others_keep_in_redis():
    redis = Redis().start()
    try:
        ours = SharedCache(redis.url, {"KEY_PREFIX": "ours"})
        redis.client().set("ours:changes", "a mark")
        redis.client().set("theirs:1:a", 1)
        for version in (1, 2):
            ours.set("a", 1, version=version)
        assert len(redis.client().keys()) == 4
        ours.clear()
        assert sorted(redis.client().keys()) == ["ours:changes", "theirs:1:a"]
    finally:
        redis.stop()


@pytest.mark.django_db
@pytest.mark.usefixtures("away")
def test_code_of_an_authenticator_counts_and_counts_once():
    secret = generate_totp_secret()
    totp = TOTP.activate(make_user(), secret)
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert totp.validate_code(code)
    assert not totp.validate_code(code)


@pytest.mark.django_db
@pytest.mark.usefixtures("away")
def test_log_in_works_and_attempts_are_counted(client):
    user = make_user()
    right = {"login": user.email, "password": PASSWORD}
    wrong = right | {"password": "iets-heel-anders"}
    assert client.post(reverse("account_login"), right).status_code == 302
    client.logout()
    for _ in range(5):
        client.post(reverse("account_login"), wrong)
    assert client.post(reverse("account_login"), right).status_code == 422  # too many guesses by now
