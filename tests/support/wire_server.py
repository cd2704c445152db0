"""A server with nothing but a wire to each client: `python -m tests.support.wire_server daphne 8123`.

A client says `kind`, `many <count> <length>` or `close <code>`; what comes back is told by tests/intervisie/test_wire.py.
"""

import sys
from typing import Any

SERVERS = ("daphne", "uvicorn-websockets", "uvicorn-websockets-sansio")


def text(number: int, length: int) -> str:
    """A text by which a client sees that nothing is missing: its number, then letters of more than one byte."""
    return f"{number} ".ljust(length, "é")


def application(plain: bool) -> Any:
    from intervisie.realtime.wire import Frame, Wire, wire_for

    async def serve(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "websocket":
            return
        await receive()
        await send({"type": "websocket.accept"})
        wire = Wire(send) if plain else wire_for(send)
        while (message := await receive())["type"] == "websocket.receive":
            match message["text"].split():
                case ["kind"]:
                    wire.send(Frame(type(wire).__name__))
                case ["many", count, length]:
                    for number in range(int(count)):
                        wire.send(Frame(text(number, int(length))))
                case ["close", code]:
                    wire.send(Frame("bye"))
                    wire.close(int(code))
                    wire.send(Frame("after the end"))
        await wire.sent()

    return serve


def main(server: str, port: int, plain: bool) -> None:
    if server == "daphne":
        import tafelronde.fast_loop  # noqa: F401  # isort: skip
        from daphne.server import Server

        app = application(plain)
        Server(
            app, endpoints=[f"tcp:port={port}:interface=127.0.0.1"], websocket_max_message_size=1 << 24
        ).run()
    else:
        import uvicorn

        uvicorn.run(
            application(plain),
            port=port,
            ws=server.removeprefix("uvicorn-"),
            lifespan="off",
            log_level="error",
        )


if __name__ == "__main__":
    sys.path.insert(0, "site")
    main(sys.argv[1], int(sys.argv[2]), "plain" in sys.argv)
