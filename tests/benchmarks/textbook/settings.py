"""The settings of the Channels tutorial: its layer in memory or in Redis, nothing kept or a row for each message."""

import os

import dj_database_url

SECRET_KEY = "only-for-the-bench"
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
INSTALLED_APPS = [
    "daphne",
    "channels",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "tests.benchmarks.textbook",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "tests.benchmarks.textbook.urls"
ASGI_APPLICATION = "tests.benchmarks.textbook.asgi.application"
DATABASE = os.environ.get("TEXTBOOK_DATABASE", "")
DATABASES = {"default": dj_database_url.parse(DATABASE or "sqlite://:memory:", conn_max_age=600)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS = os.environ.get("TEXTBOOK_REDIS", "")
if REDIS:
    # Without `socket_timeout` redis-py 8 breaks off what this layer waits for.
    hosts = [{"address": REDIS, "socket_timeout": None}]
    CHANNEL_LAYERS = {
        "default": {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"hosts": hosts}}
    }
else:
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
