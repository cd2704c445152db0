"""What the engine says no with: a code and parameters, never a sentence."""

from collections.abc import Mapping


class Refused(Exception):
    """A command that may not be. `code` is one of docs/realtime.md; `params` are JSON values for the sentence."""

    def __init__(self, code: str, params: Mapping[str, object] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.params: dict[str, object] = dict(params or {})


class MethodError(ValueError):
    """A method file that cannot be read. `path` names the place, as in `steps[3].minutes.default`."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path
        self.problem = problem
