"""The one way in and out of binary payloads of the log. Encryption per session will be a change of this file alone."""

from typing import Any

import orjson

_PLAIN_JSON = b"\x01"


def compact(data: Any) -> str:
    """JSON in as few characters as there can be."""
    return orjson.dumps(data).decode()


def encode(data: Any) -> bytes:
    """`data` (JSON values) as bytes; the first byte is the version of the format."""
    return _PLAIN_JSON + orjson.dumps(data)


def decode(payload: bytes | memoryview) -> Any:
    """What `encode` was given. Raises ValueError for a version that this code does not know."""
    raw = bytes(payload)
    if raw[:1] != _PLAIN_JSON:
        raise ValueError(f"unknown payload version {raw[:1]!r}")
    return orjson.loads(raw[1:])
