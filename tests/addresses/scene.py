"""Two circles of people and what they keep from each other. Every secret holds a word that stands nowhere else."""

from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max
from PIL import Image as Picture
from taggit.models import Tag
from wagtail.contrib.redirects.models import Redirect
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Page, Site, Task, Workflow

from communities.enums import Answer, MembershipStatus, Role
from communities.models import Community
from intervisie import actions as intervisie
from intervisie.enums import CastRole
from intervisie.models import Session
from tafelronde.accounts import actions as accounts
from tafelronde.accounts.models import Invitation, User
from tafelronde.accounts.queries import hash_of
from tafelronde.mail import Kind, send
from tafelronde.post.models import Letter
from tafelronde.post.queries import unsubscribe_token
from tests.communities.factories import make_community, make_meeting_page, make_membership
from tests.intervisie.factories import do, make_case, make_plan, play
from tests.knowledge.factories import make_document, make_image, make_news, make_publication, make_theme
from tests.tafelronde.factories import PASSWORD, make_user

ROLES = (
    "visitor",
    "other",
    "invited",
    "member",
    "facilitator",
    "coordinator",
    "editor",
    "administrator",
)
WANTED = "knikkerbaan"  # stands beside every secret that a search could find
NOBODY = ""
CIRCLE = "member facilitator coordinator administrator"  # who reads what is for members of the leerkring
TABLE = "member facilitator"  # who sat down at the session


@dataclass(frozen=True)
class Secret:
    """A word, and the roles that read it: on the site, and at the desk. All of them do, and nobody else."""

    word: str
    site: frozenset[str]
    desk: frozenset[str]


@dataclass
class Scene:
    """`people` by role; `things` are what the names between braces in an address of the tables stand for."""

    people: dict[str, User] = field(default_factory=dict)
    things: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, Secret] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    def secret(self, name: str, site: str, desk: str = NOBODY) -> str:
        """A word to plant. `name` says what it is, for who reads that it leaked."""
        word = f"kanarie{name.replace(' ', '')}zz"
        self.keep(name, word, site, desk)
        return word

    def keep(self, name: str, word: str, site: str = NOBODY, desk: str = NOBODY) -> None:
        """The same for a word that is there already."""
        self.secrets[name] = Secret(word.lower(), frozenset(site.split()), frozenset(desk.split()))


def build() -> Scene:
    """The whole scene, made through the actions and factories that everybody uses."""
    scene = Scene()
    _people(scene)
    kring, andere = _leerkringen(scene)
    _knowledge(scene, kring, andere)
    _sessions(scene, kring)
    _accounts(scene)
    _desk(scene)
    client = Client()
    scene.cookies = {role: _log_in(client, person) for role, person in scene.people.items()}
    scene.keep("key of a log-in", _log_in(client, make_user()))
    return scene


def _people(scene: Scene) -> None:
    for role in ROLES[1:]:
        rights = {"is_superuser": True, "is_staff": True} if role == "administrator" else {}
        scene.people[role] = make_user(
            f"{role}@rollen.test", first_name="Rol", last_name=role.title(), **rights
        )
    scene.people["editor"].groups.add(Group.objects.get(name="Redactie"))


def _leerkringen(scene: Scene) -> tuple[Community, Community]:
    """One that everybody sees, one for members only with the same people, and one of others."""
    secret, people, things = scene.secret, scene.people, scene.things
    kring = make_community(title="Slim samenwerken", slug="slim", joining="request")
    title = secret("title of a closed leerkring", CIRCLE, "editor coordinator administrator")
    intro = secret("text of a closed leerkring", CIRCLE)
    besloten = make_community(title=f"{title} {WANTED}", slug="dicht", intro=intro, visibility="members")
    title = secret("title of a leerkring of others", "other administrator", "editor administrator")
    intro = secret("text of a leerkring of others", "other administrator", "administrator")
    andere = make_community(title=f"{title} {WANTED}", slug="ginds", intro=intro, visibility="members")
    for community in (kring, besloten):
        for role in ("member", "facilitator"):
            row = make_membership(community, people[role])
            if community == kring and role == "member":
                things["membership"] = str(row.pk)
        make_membership(community, people["coordinator"], role=Role.COORDINATOR)
    make_membership(kring, people["invited"], status=MembershipStatus.INVITED)
    make_membership(andere, people["other"])
    _neighbours(scene, kring, andere)
    _meetings(scene, kring, besloten, andere)
    draft = secret("draft of a page", NOBODY, "coordinator administrator")
    page = kring.page
    things["revision"] = str(page.latest_revision_id)
    page.intro = draft
    page.save_revision()
    things |= {"kring": kring.slug, "besloten": besloten.slug, "andere": andere.slug}
    things |= {
        "kring page": str(page.pk),
        "besloten page": str(besloten.page.pk),
        "andere page": str(andere.page.pk),
    }
    return kring, andere


def _neighbours(scene: Scene, kring: Community, andere: Community) -> None:
    """People with nothing but a place in a circle: their names and addresses are for that circle."""
    for community, circle, desk, whose in (
        (kring, CIRCLE, "coordinator administrator", "a member"),
        (andere, "other administrator", "administrator", "a member elsewhere"),
    ):
        make_membership(
            community,
            make_user(
                f"{scene.secret(f'address of {whose}', NOBODY, 'administrator')}@voorbeeld.test",
                last_name=scene.secret(f"name of {whose}", circle, desk),
                organisation=scene.secret(f"organisation of {whose}", circle, "administrator"),
                job_title=scene.secret(f"function of {whose}", circle),
                place=WANTED,
            ),
        )
    leads = "coordinator administrator"
    asker = make_user(
        "vrager@voorbeeld.test", last_name=scene.secret("name of who asks", leads, "administrator")
    )
    why = scene.secret("request to join", leads)
    asked = make_membership(kring, asker, status=MembershipStatus.ASKED, motivation=why)
    word = scene.secret("word to who was refused", NOBODY)
    make_membership(kring, make_user(), status=MembershipStatus.DECLINED, answer=word)
    scene.things["request"] = str(asked.pk)
    address = scene.secret("address of who was invited", leads)
    kring.email_invitations.create(email=f"{address}@voorbeeld.test")


def _meetings(scene: Scene, kring: Community, besloten: Community, andere: Community) -> None:
    secret, things = scene.secret, scene.things
    video = secret("video link of a meeting", "member")
    day = make_meeting_page(
        kring, title="Dag in Kampen", slug="kampen", video_url=f"https://video.voorbeeld.test/{video}"
    )
    day.meeting.rsvps.create(user=scene.people["member"], answer=Answer.YES)
    title = f"{secret('title of a members day', CIRCLE, 'coordinator administrator')} {WANTED}"
    text = secret("text of a members day", CIRCLE)
    members = make_meeting_page(kring, title=title, slug="leden", intro=text, visibility="members")
    title = f"{secret('title of a day of others', 'other administrator', 'administrator')} {WANTED}"
    others = make_meeting_page(andere, title=title, slug="ginds-dag")
    title = f"{secret('title of a draft day', NOBODY, 'coordinator administrator')} {WANTED}"
    draft = make_meeting_page(kring, title=title, slug="klad", live=False)
    draft.save_revision()
    make_meeting_page(
        besloten,
        title=f"{secret('title of a closed day', CIRCLE, 'coordinator administrator')} {WANTED}",
        slug="dichte-dag",
    )
    things |= {
        "day": day.slug,
        "members day": members.slug,
        "draft day": draft.slug,
        "others day": others.slug,
    }
    things |= {"day page": str(day.pk), "others day page": str(others.pk), "draft page": str(draft.pk)}


def _knowledge(scene: Scene, kring: Community, andere: Community) -> None:
    secret, things = scene.secret, scene.things
    theme = make_theme()
    picture = make_image(secret("image of a members page", CIRCLE, "editor coordinator administrator"))
    picture.collection = Collection.objects.get(name=kring.title)
    picture.save()
    for size in ("max-165x165", "max-800x600", "original"):  # of the desk: no request needs to make them
        picture.renditions.create(
            filter_spec=size, focal_point_key="", file=get_test_image_file(f"{size}.png")
        )
    news = make_news(
        f"{secret('title of members news', CIRCLE, 'editor coordinator administrator')} {WANTED}",
        slug="leden-nieuws",
        intro=secret("text of members news", CIRCLE, "editor administrator"),
        community=kring,
        visibility="members",
        themes=[theme],
        body=[("image", {"image": picture, "caption": ""})],
    )
    news.save_revision()
    make_news(
        f"{secret('title of news of others', 'other administrator', 'editor administrator')} {WANTED}",
        slug="ginds-nieuws",
        intro=secret("text of news of others", "other administrator"),
        community=andere,
        visibility="members",
    )
    draft = make_news(
        f"{secret('title of draft news', NOBODY, 'editor administrator')} {WANTED}",
        slug="klad-nieuws",
        live=False,
    )
    draft.save_revision()
    text, title = (
        secret("text of a members document", f"{CIRCLE} editor"),
        secret("title of a members document", CIRCLE, "editor administrator"),
    )
    document = make_document(f"{text}\n", f"{title}.txt")
    report = make_publication(
        f"{secret('title of a members report', CIRCLE, 'editor coordinator administrator')} {WANTED}",
        slug="leden-rapport",
        community=kring,
        visibility="members",
        document=document,
        themes=[theme],
    )
    open_news = make_news("Open nieuws", slug="open-nieuws", themes=[theme])
    things |= {
        "news": news.slug,
        "draft news": draft.slug,
        "report": report.slug,
        "open news": open_news.slug,
    }
    things |= {
        "news page": str(news.pk),
        "draft news page": str(draft.pk),
        "news revision": str(news.latest_revision_id),
    }
    things |= {
        "image": str(picture.pk),
        "picture": picture.renditions.get(filter_spec="width-480").file.name.split("/")[-1],
        "document": str(document.pk),
        "file": document.filename,
        "theme": str(theme.pk),
    }


def _sessions(scene: Scene, kring: Community) -> None:
    """One planned, one under way, one over. The facilitator organises, the member brings the case."""
    people, secret, things = scene.people, scene.secret, scene.things
    table = f"{TABLE} invited"
    case = make_case(
        people["member"],
        title=secret("title of a case", "member"),
        situation=secret("text of a case", "member"),
        question=secret("question of a case", "member"),
        own_role=secret("own part in a case", "member"),
        parties=[secret("party of a case", "member")],
        outcome=secret("outcome of a case", "member"),
    )
    things["case"] = str(case.pk)
    guest = secret("address of a guest", "facilitator", "administrator")
    title = secret("title of a session", table)
    video = secret("video link of a session", TABLE)
    plan = {"title": title, "video_url": f"https://video.voorbeeld.test/{video}"}
    planned = _plan(scene, kring, guests=[f"{guest}@voorbeeld.test"], **plan)
    intervisie.bring_case(people["member"], planned, case=case)
    running = _plan(scene, kring, title="Nu")
    said = secret("contribution under way", TABLE)
    for role in TABLE.split():
        do(running, people[role], "agree")
    do(running, people["facilitator"], "start")
    _speak(running, people["member"], said)
    over = _plan(scene, kring, title="Toen")
    play(over, end=False)
    do(over, people["member"], "say", text=secret("harvest", TABLE))
    do(over, people["facilitator"], "end")
    things |= {"planned": str(planned.pk), "running": str(running.pk), "over": str(over.pk)}
    things |= {
        "seat": str(planned.participants.get(user=people["member"]).seat),
        "guest": str(planned.guests.get().pk),
    }


def _plan(scene: Scene, kring: Community, *, guests: list[str] = [], **plan: Any) -> Session:  # noqa: B006
    people = scene.people
    cast = [
        (people["facilitator"], CastRole.FACILITATOR),
        (people["member"], CastRole.MEMBER),
        (people["invited"], CastRole.MEMBER),
        *((make_user(), CastRole.MEMBER) for _ in range(2)),
    ]
    session = intervisie.plan_session(
        people["facilitator"], make_plan(**plan), community=kring, cast=cast, guests=guests
    )
    for person, _role in cast:
        if person != people["invited"]:
            intervisie.answer_invitation(person, session, accept=True)
    return session


def _speak(session: Session, person: User, text: str) -> None:
    """Turns go by until it is that of `person`."""
    seats = {seat.seat: seat.user for seat in session.participants.select_related("user")}
    state = intervisie.load_room(session.pk).state
    assert state is not None
    while seats[state.tables[0].floor] != person:
        do(session, seats[state.tables[0].floor], "pass")
        state = intervisie.load_room(session.pk).state
    do(session, person, "say", text=text)


def _accounts(scene: Scene) -> None:
    """What lies behind addresses that a mail brought, and what keeps accounts safe."""
    member, things = scene.people["member"], scene.things
    buffer = BytesIO()
    Picture.new("RGB", (40, 40), "#1D4E89").save(buffer, "PNG")
    accounts.change_photo(member, buffer.getvalue())
    token = scene.secret("token of an invitation", NOBODY)
    invitation = Invitation.objects.create(
        email="genodigde@voorbeeld.test",
        token_hash=hash_of(token),
        invited_by=scene.people["coordinator"],
        expires_at=timezone.now() + timedelta(days=7),
    )
    unproved = EmailAddress.objects.create(user=make_user(), email="onbewezen@voorbeeld.test")
    lost = make_user()
    kinds = Authenticator.Type
    secret = scene.secret("secret of a second step", NOBODY)
    app = Authenticator.objects.create(user=lost, type=kinds.TOTP, data={"secret": secret})
    Authenticator.objects.create(user=lost, type=kinds.RECOVERY_CODES, data={"seed": secret})
    key = Authenticator.objects.create(
        user=lost, type=kinds.WEBAUTHN, data={"name": "Sleutel", "credential": {}}
    )
    scene.keep("hash of a password", member.password)
    words = {"inviter": "Rol", "token": scene.secret("words of a mail", NOBODY), "days": 7}
    send("accounts/invitation", "brief@voorbeeld.test", words)
    things |= {
        "person": str(member.pk),
        "photo": member.photo.name.split("/")[-1],
        "invitation": str(invitation.pk),
        "token": token,
        "unsubscribe": unsubscribe_token(member, Kind.NEW_MEETINGS),
        "confirmation": EmailConfirmationHMAC(unproved).key,
        "who forgot": user_pk_to_url_str(lost),
        "reset": default_token_generator.make_token(lost),
        "login": hash_of(_log_in(Client(), member)),
        "second step": str(app.pk),
        "passkey": str(key.pk),
        "address": str(EmailAddress.objects.get(user=member).pk),
        "letter": str(Letter.objects.get(email="brief@voorbeeld.test").pk),
    }


def _desk(scene: Scene) -> None:
    """What only the desks of Wagtail and Django have."""
    things = scene.things
    things |= {
        "root": str(Page.get_first_root_node().pk),
        "collection": str(Collection.get_first_root_node().add_child(name="Beelden").pk),
        "site": str(Site.objects.get().pk),
        "group": str(Group.objects.get(name="Redactie").pk),
        "redirect": str(Redirect.objects.create(old_path="/oud", redirect_link="/nieuw").pk),
        "tag": str(Tag.objects.create(name="brug").pk),
        "workflow": str(Workflow.objects.create(name="Meelezen").pk),
        "task": str(Task.objects.first().pk if Task.objects.exists() else 0),
        "task result": str(
            DBTaskResult.objects.create(
                task_path="tafelronde.post.tasks.deliver",
                backend_name="database",
                args_kwargs={"args": [], "kwargs": {}},
                run_after=get_date_max(),
            ).pk
        ),
        "people type": str(ContentType.objects.get_for_model(User).pk),
    }


def _log_in(client: Client, person: User) -> str:
    """Through the door, with the password given once more as some pages want it. The key of the log-in."""
    client.cookies.clear()
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client.cookies[settings.SESSION_COOKIE_NAME].value
