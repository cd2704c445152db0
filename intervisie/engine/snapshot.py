"""A whole state as one JSON object and back, exactly."""

from typing import Any

from intervisie.engine import codec
from intervisie.engine.state import State


def state_to_json(state: State) -> dict[str, Any]:
    """The state as a JSON object."""
    return codec.encode(state)


def state_from_json(data: object) -> State:
    """The state in this JSON object. Raises ValueError for a shape that does not fit."""
    return codec.decode(State, data)
