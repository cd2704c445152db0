"""A line that can be cut: a TCP proxy on loopback between clients and a server of ours, or several in turn."""

import asyncio
import contextlib
import threading

from tests.support.server import free_port


class Line:
    """Listens on `port` and passes bytes to the next of `targets` that answers. Runs in a thread of its own."""

    def __init__(self, *targets: int) -> None:
        self.port = free_port()
        self.targets = list(targets)
        self._cut = False
        self._open: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._ready = threading.Event()
        self._thread.start()
        self._ready.wait(5)

    def cut(self) -> None:
        """Ends every connection and refuses new ones."""
        self._cut = True
        self._loop.call_soon_threadsafe(self._abort)

    def mend(self) -> None:
        """New connections pass again."""
        self._cut = False

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._closed(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    async def _closed(self) -> None:
        self._cut = True
        self._server.close()
        self._abort()
        await asyncio.sleep(0.2)  # aborted connections report back in the next turns of the loop

    def _abort(self) -> None:
        for writer in list(self._open):
            writer.transport.abort()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._server = self._loop.run_until_complete(
            asyncio.start_server(self._passed, "127.0.0.1", self.port)
        )
        self._ready.set()
        self._loop.run_forever()

    async def _passed(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._cut:
            writer.transport.abort()
            return
        far = await self._next()
        if far is None:
            writer.transport.abort()
            return
        far_reader, far_writer = far
        self._open |= {writer, far_writer}
        await asyncio.gather(self._pump(reader, far_writer), self._pump(far_reader, writer))
        self._open -= {writer, far_writer}
        for each in (writer, far_writer):
            each.transport.abort()

    async def _next(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        for _ in self.targets:
            target = self.targets.pop(0)
            self.targets.append(target)
            with contextlib.suppress(OSError):
                return await asyncio.open_connection("127.0.0.1", target)
        return None

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        with contextlib.suppress(OSError, RuntimeError):
            writer.close()
