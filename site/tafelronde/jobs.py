"""What has to be done now and then, whoever is there. Every part may be done twice, late, or by two workers at once."""

from django.core.management import call_command
from django_tasks import task

from communities.actions import remind_of_meetings
from intervisie.actions import remind_of_sessions
from tafelronde.accounts.actions import forget_old_logins
from tafelronde.post.actions import take_back, tidy
from tafelronde.post.delivery import deliver_some
from tafelronde.post.tasks import deliver


@task(backend="database")
def every_minute() -> None:
    remind_of_meetings()
    remind_of_sessions()
    take_back()
    if deliver_some():
        deliver.enqueue()
    tidy()
    forget_old_logins()
    call_command("publish_scheduled", verbosity=0)  # pages that go live, or away, at an hour that was set
