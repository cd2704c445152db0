"""The product's settings under test. DATABASE_URL in the environment runs the suite on PostgreSQL."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

os.environ["TAFELRONDE_ENV"] = "test"
if worker := os.environ.get(
    "PYTEST_XDIST_WORKER"
):  # several at once, each with files, database and cache of its own
    os.environ["VAR_DIR"] = str(Path(os.environ.get("VAR_DIR", "var")) / "tests" / worker)
    if database := os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = f"{database}_{worker}"
    if redis := os.environ.get("REDIS_URL"):
        number = int(urlsplit(redis).path.strip("/") or 0) + 1 + int(worker.removeprefix("gw"))
        os.environ["REDIS_URL"] = urlsplit(redis)._replace(path=f"/{number % 16}").geturl()

from tafelronde.settings import *  # noqa: F403

TASKS = {alias: {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"} for alias in TASKS}  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if REDIS_URL:  # noqa: F405
    # Two things would show as queries more or less: another run on the same Redis, and one that keeps us waiting for
    # a moment, since memory stands in for it then.
    CACHES["default"]["KEY_PREFIX"] = f"test-{secrets.token_hex(8)}"  # noqa: F405
    CACHES["default"]["OPTIONS"] = {"socket_timeout": 60, "socket_connect_timeout": 60}  # noqa: F405
