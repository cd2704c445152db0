"""Server entry: `daphne asgi:application`. Puts `site/` on the path, as manage.py does."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tafelronde.settings")

from tafelronde.asgi import application

__all__ = ["application"]
