"""Django's pages for an ASGI server: middleware and view in one go, in one of a few threads that stay.

Django's own handler steps between event loop and threads again and again for views like ours, which are not
asynchronous, and makes a thread and a connection to the database anew for every request.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from tempfile import SpooledTemporaryFile
from typing import Any

from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.http import HttpResponseBase
from django.urls import set_script_prefix

THREADS = 12  # as many as the pool has connections to the database
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Pages(ASGIHandler):
    """Answers HTTP. What a request needs, its connection to the database before all, is used by one thread alone."""

    def __init__(self) -> None:
        super().__init__()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="page")

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        work = copy_context().run, self._answer, scope, body
        response = await asyncio.get_running_loop().run_in_executor(self._threads, *work)
        await self.send_response(response, send)

    def _answer(self, scope: Message, body: "SpooledTemporaryFile[bytes]") -> HttpResponseBase:
        """The whole answer, finished: a file or an export that is streamed is read to its end here."""
        with body:
            set_script_prefix(get_script_prefix(scope))
            signals.request_started.send(sender=self.__class__, scope=scope)
            request, response = self.create_request(scope, body)
            if request is not None:
                response = self.get_response(request)
                response._handler_class = self.__class__
            try:
                if response.streaming:
                    response.streaming_content = _each(list(response))
            finally:
                response.close()
        return response


async def _each(parts: list[bytes]) -> AsyncIterator[bytes]:
    for part in parts:
        yield part
