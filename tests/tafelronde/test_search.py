"""What is found, by whom, in which order; the index follows every change. Runs on either database."""

import datetime
import io
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from communities import actions as communities
from communities.enums import MembershipStatus, Visibility
from communities.models import LeerkringPage
from knowledge.models import NewsPage
from tafelronde.accounts import actions as accounts
from tafelronde.search.index import index
from tafelronde.search.models import Entry
from tafelronde.search.queries import answer, find, find_alike
from tests.communities.factories import (
    make_community,
    make_leerkring_page,
    make_meeting,
    make_meeting_page,
    make_membership,
    make_programme,
    publish,
)
from tests.intervisie.factories import do, make_case, make_session
from tests.knowledge.factories import make_image, make_news, make_publication
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()
DAY = datetime.date(2026, 11, 18)


def titles(user, text, kind=""):
    """What is found, the best first; with a letter wrong where nothing else is."""
    found = find(user, text, kind) or find_alike(user, text, kind)
    return [entry.title for entry in found]


def body(text):
    return [("paragraph", f"<p>{text}</p>")]


# The seven Dutch rows of the measurements, on either database


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Twee boeken", "boek"),
        ("Een boek", "boeken"),
        ("Zij lopen mee", "loopt"),
        ("Hij loopt mee", "lopen"),
        ("Nieuwe huizen", "huis"),
        ("Een huis", "huizen"),
        ("Wie is geïnteresseerd", "geinteresseerd"),
        ("Betere coördinatie", "coordinatie"),
        ("Betere coordinatie", "coördinatie"),
        ("Wat de jeugdzorg vraagt", "zorg"),
        ("Gesprek met jeugdigen", "jeugd"),
        ("Wat intervisie oplevert", "intervisei"),
        ("Dit is de kern van het plan", "de het"),
    ],
)
@pytest.mark.parametrize("place", ["title", "lead", "text"])
def test_dutch_is_understood(written, asked, place):
    make_news(
        **{"title": {"title": written}, "lead": {"intro": written}, "text": {"body": body(written)}}[place]
    )
    make_news("Iets anders", intro="Zonder dat.")
    assert len(titles(NOBODY, asked)) == 1


# Order


def test_title_comes_before_text_the_word_before_its_form_and_new_before_old():
    make_news("Oud met woning", date=DAY - datetime.timedelta(days=9))
    make_news("Nieuw met woning", date=DAY)
    make_news("Met woningen", date=DAY + datetime.timedelta(days=1))
    make_news("In de tekst", body=body("Een woning."), date=DAY + datetime.timedelta(days=2))
    make_news("Vorm in de tekst", body=body("Veel woningen."), date=DAY + datetime.timedelta(days=3))
    assert titles(NOBODY, "woning") == [
        "Nieuw met woning",
        "Oud met woning",
        "Met woningen",
        "In de tekst",
        "Vorm in de tekst",
    ]


def test_all_words_must_be_there_wherever_they_stand():
    make_news("Zwolle", intro="Over water.")
    make_news("Deventer", intro="Over water.")
    assert titles(NOBODY, "water zwolle") == ["Zwolle"]


def test_kind_narrows():
    make_news("Water en weg")
    make_publication("Water en wind")
    assert titles(NOBODY, "water", "publication") == ["Water en wind"]


def test_facts_of_publications_and_meetings_are_found():
    make_publication("Maak verschil", authors="Studiegroep Openbaar Bestuur", year=2016)
    page = make_programme(make_meeting_page(title="Dag in Kampen", city="Kampen", venue="Stadskazerne"), 30)
    assert titles(NOBODY, "studiegroep 2016") == ["Maak verschil"]
    assert titles(NOBODY, "stadskazerne") == titles(NOBODY, "onderdeel") == [page.title]


# Who sees what


def test_members_only_news_is_found_by_members_alone():
    community = make_community()
    make_news("Geheimnis", community=community, visibility=Visibility.MEMBERS)
    member, stranger = make_membership(community).user, make_user()
    asked = make_membership(community, status=MembershipStatus.ASKED).user
    assert titles(member, "geheimnis") == titles(make_user(is_superuser=True), "geheimnis") == ["Geheimnis"]
    for other in (NOBODY, stranger, asked):
        assert titles(other, "geheimnis") == titles(other, "geheimnsi") == []
        assert not answer(other, "geheimnis", "", number=1, size=5).counts


def test_closed_leerkring_hides_all_that_it_has_and_opens_again():
    page = make_leerkring_page(title="Stille kring")
    make_meeting(page.community, title="Stille dag")
    make_news("Stil bericht", community=page.community)
    member = make_membership(page.community).user
    assert len(titles(NOBODY, "stil")) == 3
    page = LeerkringPage.objects.get(pk=page.pk)
    page.visibility = Visibility.MEMBERS
    publish(page)
    assert titles(NOBODY, "stil") == []
    assert len(titles(member, "stil")) == 3
    LeerkringPage.objects.get(pk=page.pk).unpublish()
    assert titles(member, "stil") == titles(make_user(is_superuser=True), "stil") == []
    publish(LeerkringPage.objects.get(pk=page.pk))
    assert len(titles(member, "stil")) == 3


def test_people_are_found_by_who_shares_a_leerkring_with_them():
    community, other = make_community(), make_community()
    fatma = make_user(
        first_name="Fatma", last_name="Yildiz", organisation="Gemeente Kampen", job_title="Griffier"
    )
    make_membership(community, fatma)
    colleague = make_membership(community, make_user(first_name="Jan", last_name="Smit")).user
    stranger = make_membership(other, make_user(first_name="Piet", last_name="Boer")).user
    waiting = make_membership(community, status=MembershipStatus.ASKED).user
    for text in ("yildiz", "griffier kampen", "fatma yidliz"):
        assert titles(colleague, text) == ["Fatma Yildiz"]
        assert titles(make_user(is_superuser=True), text) == ["Fatma Yildiz"]
        for person in (NOBODY, stranger, waiting):
            assert titles(person, text) == []
    make_membership(other, fatma)
    assert titles(stranger, "yildiz") == ["Fatma Yildiz"]
    communities.leave(fatma, other)
    assert titles(stranger, "yildiz") == []
    accounts.close_account(fatma)
    assert titles(colleague, "yildiz") == []


def test_address_of_somebody_is_never_found():
    community = make_community()
    make_membership(community, make_user("geheimadres@voorbeeld.test"))
    member = make_membership(community).user
    assert titles(member, "geheimadres") == []


def test_hit_on_a_person_leads_to_a_list_that_the_asker_may_read(client):
    shared, other = make_community(title="Zz gedeeld"), make_community(title="Aa niet gedeeld")
    fatma = make_user(last_name="Yildiz")
    make_membership(shared, fatma)
    make_membership(other, fatma)
    member = make_membership(shared).user
    (hit,) = answer(member, "yildiz", "", number=1, size=5).hits
    assert hit.url == f"/kring/{shared.slug}/leden/#person-{fatma.pk}"
    client.force_login(member)
    assert f'id="person-{fatma.pk}"' in client.get(hit.url).content.decode()


# The index follows


def test_draft_is_not_found_and_neither_is_a_later_one():
    page = make_news("Eerste woorden", live=False)
    assert titles(NOBODY, "eerste") == []
    page.save_revision().publish()
    assert titles(NOBODY, "eerste") == ["Eerste woorden"]
    page = NewsPage.objects.get(pk=page.pk)
    page.title = "Tweede woorden"
    page.save_revision()
    assert titles(NOBODY, "tweede") == []
    assert titles(NOBODY, "eerste") == ["Eerste woorden"]
    NewsPage.objects.get(pk=page.pk).get_latest_revision().publish()
    assert titles(NOBODY, "eerste") == []
    assert titles(NOBODY, "tweede") == ["Tweede woorden"]


def test_draft_of_a_meeting_that_was_published_is_not_found():
    page = make_meeting_page(title="Dag aan het water")
    page.title = "Dag in het bos"
    page.save_revision()
    assert titles(NOBODY, "bos") == []
    assert titles(NOBODY, "dag water") == ["Dag aan het water"]


def test_unpublished_and_deleted_pages_go_with_their_words():
    unpublished, deleted = make_news("Vlinder een"), make_news("Vlinder twee")
    unpublished.unpublish()
    deleted.delete()
    assert titles(NOBODY, "vlinder") == []
    assert not any("cvlinder" in signs for signs in index().signs_held().values())


def test_moved_page_is_found_at_its_new_address():
    page = make_news("Vlinder")
    page.slug = "elders"
    page.save()
    (hit,) = answer(NOBODY, "vlinder", "", number=1, size=5).hits
    assert hit.url.endswith("/elders/")


def test_profile_is_found_as_it_now_is():
    community = make_community()
    fatma, member = make_membership(community).user, make_membership(community).user
    accounts.update_profile(fatma, organisation="Waterschap Vallei")
    assert titles(member, "vallei") == [fatma.get_full_name()]
    accounts.update_profile(fatma, organisation="Provincie Overijssel")
    assert titles(member, "vallei") == []


def test_index_is_of_the_transaction_of_the_change():
    page = make_news("Blijft staan")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        page.title = "Komt nooit"
        page.save()
        assert titles(NOBODY, "komt") == ["Komt nooit"]
        raise ZeroDivisionError
    assert titles(NOBODY, "komt") == []
    assert titles(NOBODY, "blijft") == ["Blijft staan"]


def held():
    """Every entry with its fields and words, whatever its number."""
    signs = index().signs_held()
    fields = [field.attname for field in Entry._meta.fields if field.name != "id"]
    return {
        (entry.page_id, entry.person_id): ([getattr(entry, name) for name in fields], signs.get(entry.pk))
        for entry in Entry.objects.all()
    }, len(signs)


def test_rebuilt_index_equals_the_one_that_grew():
    community = make_community()
    page = make_programme(make_meeting_page(community), 30, 60)
    page.title = "Andere naam"
    publish(page)
    make_news("Bericht", body=body("Over water."), community=community)
    make_publication("Boek").unpublish()
    make_news("Weg").delete()
    make_news("Concept", live=False)
    communities.leave(make_membership(community).user, community)
    accounts.close_account(make_membership(community).user)
    accounts.update_profile(make_membership(community).user, place="Kampen")
    grown = held()
    assert grown[0]
    out = io.StringIO()
    call_command("rebuild_search", stdout=out)
    assert held() == grown
    assert f"{len(grown[0])} entries" in out.getvalue()
    Entry.objects.all().delete()
    assert index().signs_held() == {}
    call_command("rebuild_search", stdout=io.StringIO())
    assert held() == grown


@pytest.mark.parametrize("letter", ["w", "𐐨"])
def test_enormous_text_can_be_published(letter):
    numbers = ("".join(letter + digit for digit in str(number)) for number in range(8_000))
    letters = (
        f"{letter * 12}{first}{second}{third}" for first, second, third in product("abcdefghij", repeat=3)
    )
    make_news("Reus", body=body(" ".join([*letters, *numbers])))
    assert titles(NOBODY, f"reus {letter * 12}abc") == ["Reus"]


def test_page_that_is_copied_as_a_draft_is_not_found():
    page = make_news("Vlinder")
    Page.objects.get(pk=page.pk).specific.copy(
        update_attrs={"slug": "kopie", "title": "Vlinder kopie"}, keep_live=False
    )
    assert titles(NOBODY, "vlinder") == ["Vlinder"]


def test_item_that_expires_is_no_longer_found():
    page = make_news("Vlinder", expire_at=timezone.now() - datetime.timedelta(hours=1))
    assert titles(NOBODY, "vlinder") == ["Vlinder"]
    call_command("publish_scheduled", stdout=io.StringIO())
    assert NewsPage.objects.get(pk=page.pk).live is False
    assert titles(NOBODY, "vlinder") == []


def test_nothing_of_an_intervisie_is_ever_indexed(client):
    canary = "kanariepiet"
    organiser = make_user(first_name="Anna", last_name="Aker")
    community = make_community()
    members = [organiser, *(make_user() for _ in range(3))]
    for member in members:
        make_membership(community, member)
    make_case(members[1], title=canary, situation=canary, question=f"{canary}?", outcome=canary)
    session = make_session(organiser, members=members[1:], community=community, method="ROD", title=canary)
    for person in members:
        do(session, person, "agree")
    do(session, organiser, "start")
    do(session, members[1], "say", text=canary)
    before = len(index().signs_held())
    call_command("rebuild_search", stdout=io.StringIO())
    held_signs = index().signs_held()
    assert before == len(held_signs)
    assert not [sign for signs in held_signs.values() for sign in signs if "kanarie" in sign]
    assert not Entry.objects.filter(
        Q(title__contains=canary) | Q(lead__contains=canary) | Q(text__contains=canary)
    )
    for asker in (NOBODY, *members, make_user(is_superuser=True)):
        assert titles(asker, canary) == titles(asker, "kanariepeit") == []
    client.force_login(members[1])
    for place in ("/zoeken/", "/zoeken/terwijl-je-typt/"):
        assert canary not in client.get(place, {"q": canary[:-2]}).content.decode()


def test_picture_is_found_by_what_it_shows_and_its_caption():
    make_news(
        "Op bezoek", body=[("image", {"image": make_image("Een zwanenbrug"), "caption": "De Ooievaarswijk"})]
    )
    for word in ("zwanenbrug", "Ooievaarswijk"):
        assert titles(NOBODY, word) == ["Op bezoek"]
