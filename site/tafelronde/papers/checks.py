"""What `manage.py check --deploy` says of statements that are not filled in."""

from typing import Any

from django.core.checks import Warning

from tafelronde.papers.organisation import organisation


def check_statements(app_configs: Any, **kwargs: Any) -> list[Warning]:
    """One warning that names every setting that the statements of this site miss."""
    missing = organisation().missing
    if not missing:
        return []
    return [
        Warning(
            f"The statements on privacy, accessibility and security are not complete. Set: {', '.join(missing)}.",
            hint="What each one means stands in docs/operations.md.",
            id="tafelronde.W001",
        )
    ]
