"""The static files as production has them, and what a page loads of them."""

import gzip
import re
from pathlib import Path
from urllib.parse import urljoin

LINKED = re.compile(r'<link rel="stylesheet" href="([^"]+)"|<script[^>]* src="([^"]+)"')
IMPORTED = re.compile(r"""(?:\bfrom|\bimport)\s*\(?["'](\.[^"']+)["']""")


def parts_of(html: str, root: Path) -> dict[str, str]:
    """The sheets and scripts that a page loads before anybody does anything, with the modules that scripts import."""
    waiting = ["".join(found) for found in LINKED.findall(html)]
    parts: dict[str, str] = {}
    while waiting:
        address = waiting.pop()
        if address not in parts:
            parts[address] = (root / address.removeprefix("/static/")).read_text()
            waiting += [urljoin(address, module) for module in IMPORTED.findall(parts[address])]
    return parts


def compressed(text: str) -> int:
    return len(gzip.compress(text.encode(), 9))
