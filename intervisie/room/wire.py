"""From the fields of a form to a command as it goes over the wire (docs/realtime.md, "Commands")."""

from collections.abc import Mapping
from typing import Any

WORDS = ("do", "text", "parent", "item", "date", "persona", "how", "what", "by", "choice", "kind")
NUMBERS = ("visit", "minutes", "to", "value")
TRUTHS = ("on", "anonymous", "case")


def command(fields: Mapping[str, str]) -> dict[str, Any]:
    """The command in these fields; what is empty is left out. What does not fit is for the engine to refuse."""
    found: dict[str, Any] = {name: fields[name] for name in WORDS if fields.get(name)}
    found |= {name: fields[name] in ("true", "on") for name in TRUTHS if name in fields}
    found |= {name: int(fields[name]) for name in NUMBERS if fields.get(name, "").isdecimal()}
    written = {name[2:]: text for name, text in fields.items() if name.startswith("f:") and text.strip()}
    if fields.get("cell"):  # one field of a canvas was chosen, and what was written goes there
        written[fields["cell"]] = found.pop("text", "")
    if written:
        found["fields"] = written
    if "to" in fields and "to" not in found:
        found["to"] = None
    return found
