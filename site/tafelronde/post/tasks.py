"""The job that empties the outbox. A doorbell only: what is to be sent stands in the outbox itself."""

from django_tasks import task

from tafelronde.post.delivery import deliver_some


@task(backend="database")
def deliver() -> None:
    if deliver_some():
        deliver.enqueue()
