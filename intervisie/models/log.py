"""The log of a session: the truth of what happened, in order."""

from django.db import models

from intervisie.models.session import Session


class Entry(models.Model):
    """One event. The envelope is in the clear; what happened stands in `payload`, behind `intervisie.codec`."""

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="entries", db_index=False
    )  # `entry_seq_once` is one
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=24)
    command = models.UUIDField(null=True)
    payload = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "seq"], name="entry_seq_once")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.seq} {self.kind}"


class Snapshot(models.Model):
    """The state after entry `seq`, so that a long log need not be replayed from its start. A cache, never truth."""

    session = models.OneToOneField(Session, models.CASCADE, related_name="snapshot")
    seq = models.PositiveIntegerField()
    payload = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.session_id} {self.seq}"
