"""The cache that several processes share, and what stands in for it while Redis is away."""

import logging
import time
from collections.abc import Callable
from typing import Any

import redis
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache

logger = logging.getLogger(__name__)

AWAY_FOR = 2.0  # seconds for which Redis is not asked again after it failed


class _OwnKeys(RedisCache):
    """Django's, which empties the whole Redis where it is told to clear: the mark of changes, and what others keep there."""

    def clear(self) -> bool:
        client = self._cache.get_client(write=True)
        for key in client.scan_iter(match=f"{self.key_prefix}:[0-9]*", count=1000):
            client.unlink(key)
        return True


class SharedCache(_OwnKeys):
    """Redis; while that is away, the memory of this process.

    What is counted or remembered to protect people (attempts to log in, codes that were used) is then counted by each
    process for itself. A cache that says nothing instead would refuse every code and every attempt.
    """

    _away_until = 0.0  # of the process: each of its threads has an object of this class

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._memory = LocMemCache("while-redis-is-away", params)


def _or_memory(name: str) -> Callable[..., Any]:
    shared, alone = getattr(_OwnKeys, name), getattr(LocMemCache, name)

    def method(self: SharedCache, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= SharedCache._away_until:
            try:
                return shared(self, *args, **kwargs)
            except redis.RedisError as fault:
                SharedCache._away_until = time.monotonic() + AWAY_FOR
                logger.warning("Redis is away: %s", type(fault).__name__)
        return alone(self._memory, *args, **kwargs)

    method.__name__ = name
    return method


for _name in (
    "add",
    "clear",
    "delete",
    "delete_many",
    "get",
    "get_many",
    "has_key",
    "incr",
    "set",
    "set_many",
    "touch",
):
    setattr(SharedCache, _name, _or_memory(_name))
