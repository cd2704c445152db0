"""The product's settings under test. DATABASE_URL in the environment runs the suite on PostgreSQL."""

import os
from pathlib import Path

os.environ["TAFELRONDE_ENV"] = "test"
if worker := os.environ.get("PYTEST_XDIST_WORKER"):  # several at once, each with files of its own
    os.environ["VAR_DIR"] = str(Path(os.environ.get("VAR_DIR", "var")) / "tests" / worker)

from tafelronde.settings import *  # noqa: F403

TASKS = {alias: {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"} for alias in TASKS}  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
