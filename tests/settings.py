"""The product's settings under test. DATABASE_URL in the environment runs the suite on PostgreSQL."""

import os

os.environ["TAFELRONDE_ENV"] = "test"

from tafelronde.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
