"""Makes the demo through the same actions that people use. Loading it twice changes nothing."""

import itertools
from datetime import date, datetime, time, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Page

from communities import actions as communities
from communities.enums import Answer, Joining, MeetingKind, Role, Visibility
from communities.models import (
    Community,
    LeerkringIndexPage,
    LeerkringPage,
    Meeting,
    MeetingPage,
    ProgrammeItem,
)
from knowledge.models import NewsIndexPage, NewsPage, PublicationIndexPage, PublicationPage, Theme
from tafelronde.accounts.models import User
from tafelronde.demo import knowledge, people, programme
from tafelronde.demo.people import DemoPerson
from tafelronde.demo.sessions import FINISHED, TO_START
from tafelronde.demo.sit import hold, plan
from tafelronde.pages.models import HomePage

EDITORS = "Redactie"


def load(password: str) -> bool:
    """Makes all of it; False where it was made before. `password` is everybody's."""
    if Community.objects.filter(slug=programme.SLUG).exists():
        return False
    users = make_people(password)
    community = make_leerkring()
    fill(community, users)
    meetings = {meeting.slug: meeting for meeting in Meeting.objects.filter(edition__community=community)}
    answer(meetings, users)
    make_knowledge(community)
    for script in FINISHED:
        meeting = meetings[script.meeting]
        hold(
            plan(script, community, meeting, users), script, users, meeting.starts_at + timedelta(minutes=70)
        )
    for script in TO_START:
        plan(script, community, meetings[script.meeting], users)
    return True


def make_people(password: str) -> dict[str, User]:
    """Everybody of the demo by key, with a verified address."""
    users = {}
    hashed = make_password(password)  # once: twenty hashes would take as many seconds
    everybody = [*people.MEMBERS, people.COORDINATOR, people.EDITOR, people.ADMINISTRATOR, people.VISITOR]
    for person in everybody:
        users[person.key] = _user(person, hashed)
    editor, administrator = users[people.EDITOR.key], users[people.ADMINISTRATOR.key]
    editor.groups.add(Group.objects.get(name=EDITORS))
    administrator.is_staff = administrator.is_superuser = True
    administrator.save(update_fields=["is_staff", "is_superuser"])
    return users


def _user(person: DemoPerson, hashed: str) -> User:
    """The person, made unless a load that was broken off did so."""
    made_before = User.objects.filter(email=person.email).first()
    if made_before:
        return made_before
    user = User(
        email=person.email,
        first_name=person.first_name,
        name_prefix=person.name_prefix,
        last_name=person.last_name,
        organisation=person.organisation,
        job_title=person.job_title,
        place=person.place,
        password=hashed,
    )
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def make_leerkring() -> Community:
    """The leerkring with its meetings, written and published as an editor does."""
    index = LeerkringIndexPage.objects.first() or HomePage.objects.get().add_child(
        instance=LeerkringIndexPage(title="Leerkringen", slug="leerkringen")
    )
    page = index.add_child(
        instance=LeerkringPage(
            live=False,
            title=programme.TITLE,
            slug=programme.SLUG,
            question=programme.QUESTION,
            intro=programme.INTRO,
            body=list(programme.BODY),
            edition=f"seizoen {timezone.localdate().year}",
            joining=Joining.REQUEST,
            partners=[("partner", {"name": name, "url": ""}) for name in programme.PARTNERS],
            harvest=[("line", {"city": city, "sentence": line}) for city, line in programme.HARVEST],
        )
    )
    _publish(page)
    for meeting in programme.MEETINGS:
        _publish(_meeting_page(LeerkringPage.objects.get(pk=page.pk), meeting))
    return Community.objects.get(slug=programme.SLUG)


def _meeting_page(parent: LeerkringPage, meeting: programme.DemoMeeting) -> MeetingPage:
    starts_at = _moment(timezone.localdate() + timedelta(days=meeting.days), meeting.starts)
    information = meeting.kind == MeetingKind.INFORMATION
    page = MeetingPage(
        live=False,
        title=f"Informatiebijeenkomst in {meeting.city}" if information else f"Bijeenkomst in {meeting.city}",
        slug=meeting.slug,
        kind=meeting.kind,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=max(180, sum(item.minutes for item in meeting.items))),
        city=meeting.city,
        host="Platform31" if information else f"Gemeente {meeting.city}",
        venue=meeting.venue,
        address=meeting.address,
        intro=meeting.welcome,
        video_url=f"https://video.example/{meeting.slug}" if meeting.online else "",
    )
    page.programme = [
        ProgrammeItem(
            sort_order=number,
            pillar=item.pillar,
            title=item.title,
            minutes=item.minutes,
            owner=item.owner,
            guest_expert=item.guest,
            place=item.place,
            description=item.description,
        )
        for number, item in enumerate(meeting.items)
    ]
    return parent.add_child(instance=page)


def fill(community: Community, users: dict[str, User]) -> None:
    """The coordinator is asked by the administrator; the members ask and are let in."""
    administrator, coordinator = users[people.ADMINISTRATOR.key], users[people.COORDINATOR.key]
    communities.invite(administrator, community, coordinator.email, role=Role.COORDINATOR)
    communities.accept_invitation(coordinator, community)
    for person in people.MEMBERS:
        word = "Ik wil leren hoe anderen dit aanpakken."
        request = communities.ask_to_join(users[person.key], community, motivation=word)
        communities.decide(coordinator, request, accepted=True)
    communities.ask_to_join(
        users[people.VISITOR.key],
        community,
        motivation="Wij beginnen in Apeldoorn met een regionaal netwerk. Ik kom graag kijken hoe jullie het doen.",
    )


def answer(meetings: dict[str, Meeting], users: dict[str, User]) -> None:
    """Some come, some do not know yet."""
    choices = itertools.cycle([Answer.YES, Answer.YES, Answer.MAYBE, Answer.YES, Answer.NO, Answer.ONLINE])
    for person, choice in zip(people.MEMBERS[1:12], choices, strict=False):
        communities.answer(users[person.key], meetings["kampen"], choice)


def make_knowledge(community: Community) -> None:
    """Themes, news and publications."""
    themes = {
        slug: Theme.objects.get_or_create(slug=slug, defaults={"name_nl": dutch, "name_en": english})[0]
        for slug, (dutch, english) in knowledge.THEMES.items()
    }
    for news in knowledge.NEWS:
        page = NewsPage(
            live=False,
            title=news.title,
            slug=news.slug,
            date=timezone.localdate() - timedelta(days=news.days_ago),
            place=news.region,
            intro=news.intro,
            body=[("paragraph", f"<p>{text}</p>") for text in news.paragraphs],
            community=community if news.members_only else None,
            visibility=Visibility.MEMBERS if news.members_only else Visibility.PUBLIC,
        )
        page.themes = [themes[slug] for slug in news.themes]
        _publish(NewsIndexPage.objects.get().add_child(instance=page))
    for number, publication in enumerate(knowledge.PUBLICATIONS):
        work = PublicationPage(
            live=False,
            first_published_at=timezone.now() - timedelta(weeks=3 + number),  # the news is newer
            title=publication.title,
            slug=publication.slug,
            authors=publication.authors,
            publisher=publication.publisher,
            year=publication.year,
            kind=publication.kind,
            intro=publication.intro,
        )
        work.themes = [themes[slug] for slug in publication.themes]
        _publish(PublicationIndexPage.objects.get().add_child(instance=work))


def _publish(page: Page) -> None:
    page.save_revision().publish()


def _moment(day: date, clock: tuple[int, int]) -> datetime:
    """The Thursday of that week at this hour, in the time of the Netherlands."""
    thursday = day + timedelta(days=3 - day.weekday())
    return timezone.make_aware(datetime.combine(thursday, time(*clock)))
