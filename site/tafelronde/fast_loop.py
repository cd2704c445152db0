"""Importing this makes every event loop that is made from now on one of uvloop's. Import it before daphne.server."""

import asyncio

import uvloop

asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
