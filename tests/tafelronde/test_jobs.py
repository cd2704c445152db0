"""What happens by itself, by the minute."""

from datetime import timedelta

import pytest
from django.utils import timezone

from knowledge.models import NewsPage
from tafelronde.jobs import every_minute
from tests.knowledge.factories import make_news


@pytest.mark.django_db
def test_pages_go_live_and_away_at_the_hour_that_was_set(client):
    now = timezone.now()
    coming, going = make_news("Komt", live=False), make_news("Gaat", expire_at=now + timedelta(hours=1))
    coming.save_revision(approved_go_live_at=now + timedelta(hours=1))
    every_minute.func()
    assert client.get(coming.url).status_code == 404
    assert client.get(going.url).status_code == 200

    coming.save_revision(approved_go_live_at=now - timedelta(seconds=1))
    NewsPage.objects.filter(pk=going.pk).update(expire_at=now - timedelta(seconds=1))
    every_minute.func()
    assert client.get(coming.url).status_code == 200
    assert client.get(going.url).status_code == 404
