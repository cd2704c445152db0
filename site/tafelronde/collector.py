"""Python's collector of cyclic garbage, set for a server that many wait for at once.

Reference counts free nearly all of what a server makes, and the collector finds next to nothing. As it comes set it looks at
what is new after every 700 things that stay, and now and then goes through all that lives, while everybody waits: 120 ms with
nothing but our own code loaded, 460 ms with long sessions in memory (docs/decisions/0016 has the figures).
"""

import gc

YOUNG = 10_000  # new things that stay, between looks at the newest; for cyclic garbage of as many there has to be place
LOOKS = 10  # at the younger ones, before one at those that are older


def settle() -> None:
    """To be called when all code is loaded: what is there now stays, and is not looked through again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, LOOKS, LOOKS)
