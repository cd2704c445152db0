"""Who comes to a meeting: answering, changing one's mind, who sees it, and the link for who joins online."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from communities import actions, rules
from communities.enums import Answer, MembershipStatus, Visibility
from communities.models import Meeting, Rsvp
from tests.communities.factories import make_community, make_meeting, make_membership, publish
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db

VIDEO = "https://video.test/geheim"


def address(meeting: Meeting) -> str:
    return reverse("communities:answer", args=[meeting.community.slug, meeting.slug])


def make_member(meeting: Meeting, **fields: object):
    return make_membership(meeting.community, make_user(**fields)).user


def test_last_answer_counts():
    meeting = make_meeting()
    member = make_member(meeting)
    for choice in (Answer.YES, Answer.MAYBE, Answer.NO):
        actions.answer(member, meeting, choice)
    assert Rsvp.objects.get().answer == Answer.NO


def test_online_is_answered_only_where_there_is_a_link():
    meeting = make_meeting()
    with pytest.raises(actions.NotPossible):
        actions.answer(make_member(meeting), meeting, Answer.ONLINE)
    online = make_meeting(video_url=VIDEO)
    assert actions.answer(make_member(online), online, Answer.ONLINE).answer == Answer.ONLINE


@pytest.mark.parametrize(
    "status", [status for status in MembershipStatus if status != MembershipStatus.ACTIVE]
)
def test_only_members_answer(status):
    meeting = make_meeting()
    row = make_membership(meeting.community, status=status)
    for user in (row.user, make_user(), make_user(is_superuser=True), AnonymousUser()):
        assert not rules.may_answer(user, meeting)


def test_everybody_with_an_account_answers_to_an_information_meeting():
    meeting = make_meeting(kind="information")
    assert rules.may_answer(make_user(), meeting)
    assert not rules.may_answer(AnonymousUser(), meeting)
    hidden = make_meeting(make_community(visibility=Visibility.MEMBERS), kind="information")
    assert not rules.may_answer(make_user(), hidden)


def test_answer_changes_until_the_end_of_the_meeting():
    meeting = make_meeting(starts_at=timezone.now() - timedelta(hours=6))
    member = make_member(meeting)
    assert rules.may_answer(member, meeting)
    Meeting.objects.update(ends_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(actions.NotPossible):
        actions.answer(member, meeting, Answer.YES)


def test_cancelled_meeting_is_not_answered(client):
    meeting = make_meeting(status="cancelled", cancel_reason="De gastheer is ziek.")
    member = make_member(meeting)
    with pytest.raises(actions.NotPossible):
        actions.answer(member, meeting, Answer.YES)
    client.force_login(member)
    text = client.get(meeting.page.url).content.decode()
    assert "Deze bijeenkomst gaat niet door." in text
    assert "De gastheer is ziek." in text
    assert address(meeting) not in text


def test_button_on_the_page_of_the_meeting(client):
    meeting = make_meeting()
    member = make_member(meeting)
    client.force_login(member)
    assert f'action="{address(meeting)}"' in client.get(meeting.page.url).content.decode()
    response = client.post(address(meeting), {"answer": "yes"}, follow=True)
    assert response.redirect_chain == [(meeting.page.url, 302)]
    text = response.content.decode()
    assert "Je antwoord is bewaard" in text
    assert 'value="yes" aria-pressed="true"' in text
    assert 'value="online"' not in text


@pytest.mark.parametrize("sent", [{}, {"answer": "soms"}, {"answer": "online"}])
def test_bad_answer_is_asked_again(client, sent):
    meeting = make_meeting()
    client.force_login(make_member(meeting))
    response = client.post(address(meeting), sent)
    assert response.status_code == 422
    assert "id_answer_error" in response.content.decode()
    assert not Rsvp.objects.exists()


def test_answer_from_a_mail_is_asked_on_its_own_page(client):
    meeting = make_meeting(video_url=VIDEO)
    client.force_login(make_member(meeting))
    text = client.get(address(meeting)).content.decode()
    assert 'value="online"' in text


def test_stranger_is_sent_back_to_the_meeting(client):
    meeting = make_meeting()
    client.force_login(make_user())
    assert client.post(address(meeting), {"answer": "yes"}).url == meeting.page.url
    assert not Rsvp.objects.exists()


def test_hidden_meeting_is_not_found(client):
    meeting = make_meeting(visibility=Visibility.MEMBERS)
    client.force_login(make_user())
    assert client.post(address(meeting), {"answer": "yes"}).status_code == 404


def test_members_see_who_comes_and_others_how_many(client):
    meeting = make_meeting()
    for name, choice in [("Joris", Answer.YES), ("Saskia", Answer.YES), ("Ruud", Answer.NO)]:
        actions.answer(make_member(meeting, first_name=name, last_name="Kok"), meeting, choice)
    visitor = client.get(meeting.page.url).content.decode()
    assert '<dt>Ja</dt><dd class="tabular">2</dd>' in visitor
    assert "Joris Kok" not in visitor
    client.force_login(make_member(meeting))
    assert "Joris Kok" in client.get(meeting.page.url).content.decode()


@pytest.mark.parametrize(
    ("answer", "shown"), [("yes", True), ("online", True), ("maybe", False), ("no", False), (None, False)]
)
def test_video_link_is_for_who_comes(client, answer, shown):
    meeting = make_meeting(video_url=VIDEO)
    member = make_member(meeting)
    if answer:
        actions.answer(member, meeting, Answer(answer))
    client.force_login(member)
    assert (VIDEO in client.get(meeting.page.url).content.decode()) == shown


def test_video_link_is_for_nobody_outside(client):
    meeting = make_meeting(video_url=VIDEO)
    leaver = make_member(meeting)
    actions.answer(leaver, meeting, Answer.YES)
    actions.leave(leaver, meeting.community)
    for user in (None, leaver, make_user(), make_user(is_superuser=True)):
        client.logout()
        if user:
            client.force_login(user)
        for url in (meeting.page.url, meeting.community.page.url):
            assert VIDEO not in client.get(url).content.decode()


def test_answers_stay_when_the_meeting_moves():
    meeting = make_meeting()
    actions.answer(make_member(meeting), meeting, Answer.YES)
    page = meeting.page
    page.starts_at += timedelta(days=1)
    page.ends_at += timedelta(days=1)
    publish(page)
    assert Rsvp.objects.get().answer == Answer.YES
