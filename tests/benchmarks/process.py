"""Server processes of the bench: kept on a core of their own, with what they use read from /proc."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.support.server import ROOT, free_port, wait_for_port

__all__ = ["ROOT", "Process", "Running", "free_port", "on_core"]

_CORES = sorted(os.sched_getaffinity(0))
_TICK = 1000 / os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@contextmanager
def on_core(number: int | None) -> Iterator[None]:
    """What runs or starts inside has one core for itself, where there are two or more; None: all of them."""
    if number is not None and len(_CORES) > 1:
        os.sched_setaffinity(0, {_CORES[number]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, set(_CORES))


class Process:
    """A server on a port of its own; ready when something listens there."""

    def __init__(
        self, command: list[str], port: int, env: dict[str, str] | None = None, core: int | None = 0
    ) -> None:
        self.port = port
        with on_core(core):
            self._process = subprocess.Popen(
                command, cwd=ROOT, env={**os.environ, **(env or {})}, stdout=subprocess.DEVNULL
            )
        try:
            wait_for_port(port, self._process, 60)
        except RuntimeError:
            self.stop()
            raise

    def cpu(self) -> float:
        """Milliseconds of processor time used so far, by user and system."""
        fields = self._proc("stat").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * _TICK

    def memory(self) -> int:
        """Bytes in memory now."""
        return int(self._proc("statm").split()[1]) * _PAGE

    def _proc(self, name: str) -> str:
        return Path(f"/proc/{self._process.pid}/{name}").read_text()

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(5)


class Running:
    """The processes of one contestant, counted together. Several of them share all cores with the load."""

    def __init__(self, processes: Sequence[Process]) -> None:
        self._processes = processes
        self.ports = [process.port for process in processes]

    def cpu(self) -> float:
        """Milliseconds of processor time used so far by all."""
        return sum(process.cpu() for process in self._processes)

    def memory(self) -> int:
        """Bytes in memory now in all."""
        return sum(process.memory() for process in self._processes)

    def load(self) -> int | None:
        """The core that is left to the load; None where it has to share."""
        return 1 if len(self._processes) == 1 else None

    def stop(self) -> None:
        for process in self._processes:
            process.stop()
