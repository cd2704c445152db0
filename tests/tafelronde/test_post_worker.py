"""The worker: sends what was committed, does the job of every minute, survives, ends; twice is once."""

import time
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tafelronde.accounts.models import LogIn
from tafelronde.jobs import every_minute
from tafelronde.mail import send, send_all
from tafelronde.post.models import Letter
from tafelronde.worker import Worker, WorkerThread
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)

INVITATION = {"inviter": "Fatma", "token": "geheim-token", "days": 7}


@pytest.fixture(autouse=True)
def database_jobs(settings):
    """Jobs wait in the database, as they do outside tests."""
    settings.TASKS = {**settings.TASKS, "database": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def work(worker=None):
    (worker or Worker())._work()


def test_mail_waits_for_the_commit_and_then_for_the_worker():
    with transaction.atomic():
        send("accounts/invitation", "a@zwolle.test", INVITATION)
    assert mail.outbox == [] and Letter.objects.get().status == "waiting"
    work()
    assert [message.to for message in mail.outbox] == [["a@zwolle.test"]]
    work()
    assert len(mail.outbox) == 1


def test_change_that_is_rolled_back_is_told_to_nobody():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        send("accounts/invitation", "a@zwolle.test", INVITATION)
        raise ZeroDivisionError
    work()
    assert mail.outbox == [] and not Letter.objects.exists()


def test_more_than_one_round_of_mail_is_sent_whole():
    send_all("accounts/invitation", [make_user() for _ in range(45)], INVITATION)
    work()
    assert len(mail.outbox) == len({message.to[0] for message in mail.outbox}) == 45


def test_nothing_of_a_mail_stays_behind():
    send("accounts/invitation", "a@zwolle.test", INVITATION)
    work()
    with connection.cursor() as cursor:
        for model in (Letter, DBTaskResult):
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")
            assert "geheim-token" not in str(cursor.fetchall())


def test_minute_is_done_at_the_start_and_not_again_at_once():
    worker = Worker()
    work(worker)
    work(worker)
    done = DBTaskResult.objects.filter(task_path=every_minute.module_path)
    assert [job.status for job in done] == ["SUCCESSFUL"]


def test_log_ins_that_ran_out_are_forgotten_within_the_minute():
    now = timezone.now()
    for key, expires in (("oud", now - timedelta(seconds=1)), ("vers", now + timedelta(days=1))):
        LogIn.objects.create(session_key=key, session_data="", expire_date=expires)
    work()
    assert list(LogIn.objects.values_list("pk", flat=True)) == ["vers"]


def test_doorbell_that_nobody_heard_is_made_good_within_the_minute():
    send("accounts/invitation", "a@zwolle.test", INVITATION)
    DBTaskResult.objects.all().delete()
    work()
    assert len(mail.outbox) == 1


@pytest.mark.usefixtures("threads_close")
def test_thread_ends_when_it_is_told_to():
    thread = WorkerThread()
    thread.start()
    time.sleep(0.2)
    thread.stop(10)
    assert not thread.is_alive() and thread.daemon


def test_worker_goes_on_after_a_fault(monkeypatch, caplog):
    worker = Worker()
    faults = iter([RuntimeError("geheim")])

    def once():
        for fault in faults:
            raise fault
        worker.stop()

    monkeypatch.setattr(worker, "_work", once)
    worker.run()
    assert "RuntimeError" in caplog.text and "geheim" not in caplog.text
