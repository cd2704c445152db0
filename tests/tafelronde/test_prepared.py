"""Prepared queries give what the plain ones give, whoever asks, and write their SQL once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from communities.enums import Visibility
from communities.models import Membership
from communities.queries import communities_visible_to, meetings_visible_to, prepared_for
from knowledge.models import NewsPage, PublicationPage
from knowledge.queries import LISTED, Shelf, visible_to
from tafelronde.prepared import prepared
from tests.communities.factories import make_community, make_meeting, make_membership
from tests.knowledge.factories import make_news, make_publication
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db


def test_each_asking_has_its_own_values(django_assert_num_queries):
    first, second = make_membership(make_community()), make_membership(make_community())
    written = []

    @prepared
    def of(community, user):
        written.append(community)
        return Membership.objects.filter(community=community, user=user).select_related("user")

    with django_assert_num_queries(3):
        assert of(first.community_id, first.user_id) == [first]
        assert [row.user for row in of(second.community_id, second.user_id)] == [second.user]
        assert of(first.community_id, second.user_id) == []
    assert len(written) == 1


def test_values_and_slices_can_be_prepared():
    rows = [make_membership(make_community()) for _ in range(3)]

    @prepared
    def last():
        return Membership.objects.order_by("-pk").values_list("pk", "user__email")[:2]

    assert last() == [(row.pk, row.user.email) for row in rows[:0:-1]]
    make_membership(rows[0].community)
    assert last()[1] == (rows[2].pk, rows[2].user.email)


@pytest.mark.usefixtures("threads_close")
@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_over_its_own_connection():
    user = make_user()

    @prepared
    def of(pk):
        return type(user).objects.filter(pk=pk)

    assert of(user.pk) == [user]

    def elsewhere():
        try:
            return of(user.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(elsewhere).result() == [user]


def readers(*communities):
    """Each kind of reader twice, so that nobody gets what was written for the one before."""
    members = [make_membership(community).user for community in communities]
    return [AnonymousUser(), make_user(is_superuser=True), *members, make_user(), AnonymousUser(), *members]


def test_every_reader_gets_their_own():
    open_one, *closed = [make_community(visibility=who) for who in ("public", "members", "members")]
    for community in (open_one, *closed):
        for who in Visibility:
            make_meeting(community, visibility=who)
            make_news(community=community, visibility=who)
            make_publication(community=community, visibility=who)
    plain = [
        communities_visible_to,
        meetings_visible_to,
        lambda user: visible_to(user, NewsPage),
        lambda user: visible_to(user, PublicationPage),
    ]
    kept = [prepared_for(query) for query in plain]
    seen = set()
    for reader in readers(open_one, *closed):
        for query, same in zip(plain, kept, strict=True):
            assert same(reader) == list(query(reader))
        seen.add(tuple(kept[2](reader)))
    assert len(seen) == 5  # visitor and stranger the same, three members, the administrator


@pytest.mark.parametrize(("model", "make"), [(NewsPage, make_news), (PublicationPage, make_publication)])
def test_shelf_says_of_all_items_what_the_items_say(model, make, django_assert_num_queries):
    closed = make_community(visibility=Visibility.MEMBERS)
    for where, who in ((None, "public"), (closed, "members"), (closed, "public"), (None, "public")):
        make(community=where, visibility=who)
    for reader in readers(closed):
        shelf = Shelf(reader, model)
        items = list(visible_to(reader, model))
        assert (list(shelf.items()), shelf.first(3)) == (items, items[:3])
        assert sum(row[-1] for row in shelf.counts(["lang"])) == len(items)
        with django_assert_num_queries(1):
            for item in shelf.first(20):
                assert all(hasattr(item, name) for name in LISTED[model])
