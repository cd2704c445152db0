"""The floor: a bare `websockets` server that sends what it gets to everybody in the room. Rules nothing, keeps nothing."""

import asyncio
import contextlib
import sys
from collections import defaultdict

from websockets import ConnectionClosed
from websockets.asyncio.server import ServerConnection, broadcast, serve

_rooms: dict[str, set[ServerConnection]] = defaultdict(set)


async def chat(connection: ServerConnection) -> None:
    assert connection.request is not None
    members = _rooms[connection.request.path]
    members.add(connection)
    with contextlib.suppress(ConnectionClosed):
        async for message in connection:
            broadcast(members, message)
    members.discard(connection)


async def main(port: int) -> None:
    async with serve(chat, "127.0.0.1", port, compression=None) as server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[-1])))  # --port 1234
