"""Reads settings from the environment. The documented table of all of them is in docs/operations.md (tested)."""

import os

from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    """The value of `name` without surrounding white space, or `default` where it is unset."""
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    """The value of `name` as yes or no. Raises ImproperlyConfigured on any other word."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    word = raw.strip().lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, not {raw!r}.")


def number(name: str, default: int) -> int:
    """The value of `name` as a whole number. Raises ImproperlyConfigured on anything else."""
    raw = text(name)
    if not raw:
        return default
    try:
        return int(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {raw!r}.") from None


def words(name: str, default: str = "") -> list[str]:
    """The value of `name` as a list, split at commas; empty parts are left out."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def choice(name: str, allowed: tuple[str, ...], default: str) -> str:
    """The value of `name`, one of `allowed`. Raises ImproperlyConfigured on any other word."""
    value = text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(allowed)}, not {value!r}.")
    return value
