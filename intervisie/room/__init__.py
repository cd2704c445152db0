"""How the room looks to one seat: pure functions from a view and texts to what the templates draw."""

from intervisie.room.look import Kept
from intervisie.room.scene import scene
from intervisie.room.texts import method_texts

__all__ = ["Kept", "method_texts", "scene"]
