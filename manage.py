#!/usr/bin/env python
"""Commands of Tafelronde. Puts `site/` on the path: it is a folder, not a package (docs/decisions/0001)."""

import os
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tafelronde.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
