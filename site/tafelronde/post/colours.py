"""The colours of the design as literal values: mail programs know no custom properties."""

import re
from functools import cache

from tafelronde.templatetags.ui import STATIC

_PALETTE = re.compile(r"--tafel-([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")


@cache
def colours() -> dict[str, dict[str, str]]:
    """The palette of tokens.css: {"light": {"ink_soft": "#495460", …}, "dark": …}."""
    css = (STATIC / "css/tokens.css").read_text()
    normal = css.partition("@media (prefers-contrast: more)")[0]
    found = [(name.replace("-", "_"), light, dark) for name, light, dark in _PALETTE.findall(normal)]
    return {
        "light": {name: light for name, light, _ in found},
        "dark": {name: dark for name, _, dark in found},
    }
