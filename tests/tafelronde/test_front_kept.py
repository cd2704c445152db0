"""Pages kept for visitors: what is kept, for whom, and until when."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.conf import settings
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import Client
from django.utils import timezone

from communities.enums import Visibility
from knowledge.models import NewsPage
from tafelronde.accounts.actions import end_login, note_visit
from tafelronde.accounts.models import LogIn, User
from tafelronde.front.changes import ChangesInFile, is_seen
from tafelronde.front.kept import KeptPages, may_be_kept
from tafelronde.front.threads import Pages
from tafelronde.mail import send
from tests.communities.factories import make_community, make_meeting, make_membership, publish
from tests.knowledge.factories import make_image, make_news
from tests.tafelronde.factories import PASSWORD, make_user

LANGUAGE, CSRF, SESSION = (
    settings.LANGUAGE_COOKIE_NAME,
    settings.CSRF_COOKIE_NAME,
    settings.SESSION_COOKIE_NAME,
)
NEWS = "/kennis/actualiteiten/"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str
    drawn: bool  # by Django, for this request


@dataclass
class Site:
    """The site as a server has it, kept pages in front; counts what reaches Django."""

    changes: Any
    seconds: int = 60
    reached: int = 0
    kept: KeptPages = field(init=False)

    def __post_init__(self) -> None:
        self.django = Here()
        self.kept = KeptPages(self._count, self.changes, self.seconds)

    async def _count(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        self.reached += 1
        await self.django(scope, receive, send)

    def get(self, path: str, method: str = "GET", query: str = "", **headers: str) -> Answer:
        before, sent = self.reached, []
        scope = {
            "type": "http",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [
                (name.replace("_", "-").encode(), value.encode())
                for name, value in {"host": "testserver", **headers}.items()
            ],
        }

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b""}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        async_to_sync(self.kept)(scope, receive, send)
        start, *bodies = sent
        return Answer(
            start["status"],
            {name.decode().lower(): value.decode() for name, value in start["headers"]},
            b"".join(message.get("body", b"") for message in bodies).decode(errors="replace"),
            self.reached > before,
        )


class Here(Pages):
    """Django in the thread of the test, which has its transaction: the connection outlives requests, as with `Client`."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body = await self.read_body(receive)
        await self.send_response(await sync_to_async(self._answer)(scope, body), send)

    def _answer(self, scope: Any, body: Any) -> Any:
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        try:
            return super()._answer(scope, body)
        finally:
            for signal in (request_started, request_finished):
                signal.connect(close_old_connections)


@pytest.fixture
def site(tmp_path, monkeypatch) -> Site:
    changes = ChangesInFile(tmp_path / "changes")
    monkeypatch.setattr("tafelronde.front.changes.changes", lambda: changes)
    return Site(changes)


@pytest.fixture
def change(django_capture_on_commit_callbacks) -> Callable[..., None]:
    """Does something as a request would, to its commit."""

    def done(action: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            action(*args, **kwargs)

    return done


def logged_in(user: User) -> str:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return f"{SESSION}={client.cookies[SESSION].value}"


# What is kept


@pytest.mark.django_db
def test_second_visitor_gets_the_page_of_the_first(site):
    make_news("Regio’s krijgen een plek")
    first, second = site.get(NEWS), site.get(NEWS)
    assert (first.drawn, second.drawn) == (True, False)
    assert first.text == second.text
    assert "Regio’s krijgen een plek" in first.text
    own = {"x-request-id"}
    assert {name: value for name, value in first.headers.items() if name not in own} == {
        name: value for name, value in second.headers.items() if name not in own
    }
    assert first.headers["x-request-id"] != second.headers["x-request-id"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/leerkringen/", "/kennis/", NEWS, "/kennis/publicaties/"])
def test_pages_of_the_site_are_kept_with_all_their_headers(site, path):
    page = site.get(path)
    assert not site.get(path).drawn
    assert page.headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert page.headers["vary"] == "Cookie"
    assert page.headers["content-length"] == str(len(page.text.encode()))
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert "csrfmiddlewaretoken" not in page.text
    assert "set-cookie" not in page.headers


@pytest.mark.django_db
def test_pages_of_a_leerkring_are_kept(site):
    community = make_community()
    for address in (community.get_absolute_url(), make_meeting(community).get_absolute_url()):
        assert [site.get(address).drawn for _ in range(2)] == [True, False]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"),
    [("/account/login/", 200), ("/start/", 302), ("/niets/", 404), ("/robots.txt", 200), ("/zoeken/", 200)],
)
def test_what_does_not_say_so_is_not_kept(site, path, status):
    assert [(answer.status, answer.drawn) for answer in (site.get(path), site.get(path))] == [
        (status, True)
    ] * 2


@pytest.mark.django_db
def test_address_with_a_query_is_never_kept(site):
    assert [site.get(NEWS, query="utm=1").drawn for _ in range(2)] == [True, True]
    assert [site.get(NEWS, query="page=1").drawn for _ in range(2)] == [True, True]
    assert site.get(NEWS).drawn


@pytest.mark.django_db
def test_other_methods_go_to_django(site):
    site.get(NEWS)
    for method in ("POST", "OPTIONS", "DELETE", "PROPFIND"):
        assert site.get(NEWS, method).drawn


@pytest.mark.django_db
def test_head_gets_the_headers_alone_and_fills_nothing(site):
    assert [site.get(NEWS, "HEAD").drawn for _ in range(2)] == [True, True]
    page = site.get(NEWS)
    head = site.get(NEWS, "HEAD")
    assert (head.drawn, head.text, head.status) == (False, "", 200)
    assert head.headers["content-length"] == str(len(page.text.encode()))


@pytest.mark.django_db
def test_browser_that_has_the_page_gets_304(site):
    tag = site.get(NEWS).headers["etag"]
    for sent in (tag, f"W/{tag}", f'"other", {tag}'):
        answer = site.get(NEWS, if_none_match=sent)
        assert (answer.status, answer.text, answer.drawn) == (304, "", False)
        assert answer.headers["etag"] == tag
    assert site.get(NEWS, if_none_match='"other"').status == 200


@pytest.mark.parametrize(
    ("status", "headers", "kept"),
    [
        (200, {"Cache-Control": "public, max-age=0"}, True),
        (200, {"Cache-Control": "public", "Vary": "Cookie"}, True),
        (200, {}, False),
        (404, {"Cache-Control": "public"}, False),
        (200, {"Cache-Control": "no-store, private"}, False),
        (200, {"Cache-Control": "public", "Set-Cookie": "a=b"}, False),
        (200, {"Cache-Control": "public", "Vary": "Cookie, Accept"}, False),
        (200, {"Cache-Control": "public", "Content-Security-Policy": "script-src 'nonce-abc'"}, False),
    ],
)
def test_answer_must_say_that_anybody_may_have_it_and_hold_nothing_of_one_request(status, headers, kept):
    sent = [(name.encode(), value.encode()) for name, value in headers.items()]
    assert may_be_kept({"status": status, "headers": sent}) is kept


@pytest.mark.django_db
def test_page_is_drawn_again_when_its_time_is_over(site, monkeypatch):
    now = 1000.0
    monkeypatch.setattr("tafelronde.front.kept.time.monotonic", lambda: now)
    site.get(NEWS)
    now += 59
    assert not site.get(NEWS).drawn
    now += 2
    assert [site.get(NEWS).drawn, site.get(NEWS).drawn] == [True, False]


@pytest.mark.django_db
def test_nothing_is_kept_with_zero_seconds(site):
    bare = Site(site.changes, seconds=0)
    assert [bare.get(NEWS).drawn for _ in range(2)] == [True, True]


@pytest.mark.django_db
def test_memory_is_limited(site, monkeypatch):
    size = len(site.get(NEWS).text.encode())
    monkeypatch.setattr("tafelronde.front.kept.MOST_BYTES", 2 * size)
    small = Site(site.changes)
    for path in (NEWS, "/", NEWS):
        small.get(path)
    assert small.kept._bytes <= 2 * size
    assert small.kept._bytes == sum(len(page.body) for page in small.kept._pages.values())
    monkeypatch.setattr("tafelronde.front.kept.MOST_BYTES_OF_ONE", 10)
    assert [Site(site.changes).get(NEWS).drawn for _ in range(2)] == [True, True]


# For whom


@pytest.mark.django_db
def test_person_never_gets_a_kept_page_and_theirs_is_not_kept(site):
    person = make_user(first_name="Kanarie")
    site.get("/")
    own = site.get("/", cookie=logged_in(person))
    assert own.drawn
    assert "Kanarie" in own.text
    assert own.headers["cache-control"] == "no-store, private"
    other = site.get("/")
    assert not other.drawn
    assert "Kanarie" not in other.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "cookie", [f"{SESSION}=niets", "messages=x", "balancer=a", f"{LANGUAGE}=nl; {SESSION}=x"]
)
def test_any_other_cookie_goes_to_django_and_fills_nothing(site, cookie):
    assert site.get("/", cookie=cookie).drawn
    assert site.get("/").drawn
    assert site.get("/", cookie=cookie).drawn


@pytest.mark.django_db
def test_header_that_identifies_goes_to_django(site):
    site.get("/")
    assert site.get("/", authorization="Basic eDp5").drawn


@pytest.mark.django_db
def test_each_language_has_its_own_page(site):
    dutch, english = site.get("/"), site.get("/", cookie=f"{LANGUAGE}=en")
    assert (dutch.headers["content-language"], english.headers["content-language"]) == ("nl", "en")
    assert english.drawn
    for cookie, language in (("en", "en"), ("nl", "nl"), ("tlh", "nl"), ('"en"', "en")):
        kept = site.get("/", cookie=f"{LANGUAGE}={cookie}")
        assert (kept.drawn, kept.headers["content-language"]) == (False, language)


@pytest.mark.django_db
def test_who_was_at_the_door_gets_kept_pages_and_fills_none(site):
    cookie = f"{CSRF}={'x' * 32}"
    assert [site.get("/", cookie=cookie).drawn for _ in range(2)] == [True, True]
    site.get("/")
    assert not site.get("/", cookie=cookie).drawn


@pytest.mark.django_db
def test_each_host_and_scheme_has_its_own_page(site, settings):
    settings.ALLOWED_HOSTS = ["testserver", "ander.test"]
    site.get("/")
    assert site.get("/", host="ander.test").drawn
    assert site.get("/", x_forwarded_proto="https").drawn
    assert site.get("/", host="vreemd.test").status == 400
    assert site.get("/", host="vreemd.test").status == 400
    assert not site.get("/").drawn


@pytest.mark.django_db
def test_members_only_page_is_for_members_whatever_was_kept(site):
    community = make_community(title="Kanarie", visibility=Visibility.MEMBERS)
    address = community.get_absolute_url()
    member = logged_in(make_membership(community).user)
    assert site.get(address, cookie=member).status == 200
    assert [site.get(address).status for _ in range(2)] == [404, 404]
    assert "Kanarie" not in site.get("/").text


@pytest.mark.django_db
def test_picture_is_kept_for_visitors_while_a_page_shows_it(site, change, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    image, community = make_image(), make_community()
    page = make_news(body=[("image", {"image": image, "caption": ""})], community=community)
    address = image.renditions.get(filter_spec="width-480").url
    assert [site.get(address).drawn for _ in range(2)] == [True, False]

    page.visibility = Visibility.MEMBERS
    change(lambda: page.save_revision().publish())
    assert site.get(address).status == 404
    member = logged_in(make_membership(community).user)
    assert [site.get(address, cookie=member).status for _ in range(2)] == [200, 200]
    assert site.get(address).status == 404

    page.visibility = Visibility.PUBLIC
    change(lambda: page.save_revision().publish())
    assert site.get(address).status == 200
    page.body = []
    change(lambda: page.save_revision().publish())
    assert site.get(address).status == 404


@pytest.mark.django_db
def test_message_after_log_out_is_seen_by_its_own_reader_alone(site):
    """Signs in and out with a browser of its own; the site is read by others between each step."""
    person, client = make_user(first_name="Kanarie"), Client()
    client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    assert "Kanarie" in client.get("/").content.decode()
    assert "Kanarie" not in site.get("/").text
    client.post("/account/logout/")
    cookies = SimpleCookie({name: morsel.value for name, morsel in client.cookies.items() if morsel.value})
    cookie = "; ".join(
        f"{name}={morsel.value}" for name, morsel in cookies.items() if name not in (LANGUAGE, CSRF)
    )
    assert cookie, "the message waits in a cookie"
    greeted = site.get("/", cookie=cookie)
    assert greeted.drawn
    assert 'class="notice' in greeted.text
    assert 'class="notice' not in site.get("/").text
    assert "public" not in greeted.headers.get("cache-control", "")


@pytest.mark.django_db
def test_language_can_be_chosen_without_a_token_by_a_visitor_alone():
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/taal/", {"language": "en", "next": "/kennis/"})
    assert (answer.status_code, answer["Location"], answer.cookies[LANGUAGE].value) == (302, "/kennis/", "en")
    person = make_user(language="nl")
    strict.force_login(person, "django.contrib.auth.backends.ModelBackend")
    assert strict.post("/taal/", {"language": "en"}).status_code == 403
    person.refresh_from_db()
    assert person.language == "nl"


# Until when


@pytest.mark.django_db
def test_what_is_published_shows_at_the_next_request(site, change):
    assert "Vers van de pers" not in site.get(NEWS).text
    change(make_news, "Vers van de pers")
    assert "Vers van de pers" in site.get(NEWS).text


@pytest.mark.django_db
def test_each_step_of_an_editor_shows_at_the_next_request(site, change):
    page = make_news("Eerste naam", slug="eerste")
    path = f"{NEWS}eerste/"
    assert "Eerste naam" in site.get(path).text

    page.title = "Tweede naam"
    change(lambda: page.save_revision().publish())
    assert "Tweede naam" in site.get(path).text

    change(page.unpublish)
    assert site.get(path).status == 404
    change(lambda: NewsPage.objects.get(pk=page.pk).save_revision().publish())
    assert site.get(path).status == 200

    page = NewsPage.objects.get(pk=page.pk)
    page.slug = "ander"
    change(lambda: page.save_revision().publish())
    assert site.get(path).headers["location"] == f"{NEWS}ander/"
    assert site.get(f"{NEWS}ander/").status == 200

    change(page.delete)
    assert site.get(f"{NEWS}ander/").status == 404
    assert "Tweede naam" not in site.get(NEWS).text


@pytest.mark.django_db
def test_scheduled_publishing_shows_at_the_next_request(site, change):
    page = make_news("Om twaalf uur", live=False, go_live_at=timezone.now() - timezone.timedelta(minutes=1))
    page.save_revision(approved_go_live_at=page.go_live_at)
    assert "Om twaalf uur" not in site.get(NEWS).text
    change(call_command, "publish_scheduled", verbosity=0)
    assert "Om twaalf uur" in site.get(NEWS).text


@pytest.mark.django_db
def test_membership_and_meetings_show_at_the_next_request(site, change):
    community = make_community()
    address = community.get_absolute_url()
    assert "1 lid" not in site.get(address).text
    change(make_membership, community)
    assert "1 lid" in site.get(address).text
    change(make_meeting, community, city="Harlingen")
    assert "Harlingen" in site.get(address).text
    change(lambda: setattr(community.page, "visibility", Visibility.MEMBERS) or publish(community.page))
    assert site.get(address).status == 404


@pytest.mark.django_db
def test_what_no_visitor_sees_leaves_pages_kept(site, change):
    login = LogIn.objects.create(session_key="k", session_data="", expire_date=timezone.now())
    site.get("/")
    change(note_visit, login.pk)
    change(end_login, make_user(), login)
    change(send, "accounts/invitation", "iemand@voorbeeld.test", {"inviter": "F", "token": "t", "days": 7})
    assert not site.get("/").drawn


@pytest.mark.parametrize(
    ("sql", "seen"),
    [
        ('UPDATE "wagtailcore_page" SET title = 1', True),
        ('INSERT INTO "communities_rsvp" ("a") VALUES (1)', True),
        ('INSERT OR IGNORE INTO "knowledge_newspage_themes" VALUES (1)', True),
        ('DELETE FROM "communities_membership"', True),
        ("  delete from knowledge_theme", True),
        ("TRUNCATE knowledge_theme", True),
        ('WITH x AS (SELECT 1) UPDATE "accounts_login" SET a = 1', True),
        ('UPDATE "some_table_of_tomorrow" SET a = 1', True),
        ("SELECT 1", False),
        ("(SELECT 1) UNION (SELECT 2)", False),
        ('INSERT INTO "wagtailcore_referenceindex" VALUES (1)', True),
        ('SAVEPOINT "x"', False),
        ('UPDATE "accounts_login" SET seen_at = 1', False),
        ('INSERT INTO "intervisie_entry" VALUES (1)', False),
        ('INSERT INTO "wagtailcore_revision" VALUES (1)', False),
        ("EXECUTE intervisie_entry_append ('{}')", False),
        ("EXECUTE knowledge_theme_append ('{}')", True),
    ],
)
def test_statements_that_a_visitor_may_see(sql, seen):
    assert is_seen(sql) is seen


@pytest.mark.django_db(transaction=True)
def test_change_counts_when_it_is_committed_and_only_then(tmp_path, monkeypatch):
    changes = ChangesInFile(tmp_path / "changes")
    monkeypatch.setattr("tafelronde.front.changes.changes", lambda: changes)

    def marks(work: Callable[[], None]) -> int:
        before = int(async_to_sync(changes.mark)() or 0)
        work()
        return int(async_to_sync(changes.mark)() or 0) - before

    user = make_user()

    def many() -> None:
        with transaction.atomic():
            for name in ("a", "b", "c"):
                User.objects.filter(pk=user.pk).update(first_name=name)
            assert async_to_sync(changes.mark)() == held

    def rolled_back() -> None:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            User.objects.filter(pk=user.pk).update(first_name="z")
            _ = 1 / 0

    def inner_rolled_back() -> None:
        with transaction.atomic():
            rolled_back()

    held = async_to_sync(changes.mark)()
    assert marks(many) == 1
    assert marks(rolled_back) == 0
    assert marks(inner_rolled_back) == 0
    assert marks(lambda: User.objects.filter(pk=user.pk).update(first_name="d")) == 1


@pytest.mark.django_db
def test_page_that_was_begun_before_a_change_is_not_kept_after_it(site):
    """Somebody publishes while the page is drawn: what was read may be older than what is true."""

    class Meanwhile(Here):
        async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
            await super().__call__(scope, receive, send)
            site.changes.move_on()

    usual, site.django = site.django, Meanwhile()
    site.get(NEWS)
    site.django = usual
    assert site.get(NEWS).drawn


@pytest.mark.django_db
def test_while_the_mark_is_not_known_nothing_is_kept(tmp_path):
    class Away(ChangesInFile):
        async def mark(self) -> None:
            return None

    site = Site(Away(tmp_path / "changes"))
    assert [site.get("/robots.txt").drawn for _ in range(2)] == [True, True]


def test_visit_at_once_by_many_is_answered(tmp_path):
    """Two draw the same page at a time; both get it, one is kept."""
    site = Site(ChangesInFile(tmp_path / "changes"))

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(0)
        headers = [(b"Cache-Control", b"public"), (b"X-Request-ID", b"1")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"x" * 100})

    site.django = app
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": [(b"host", b"a")]}

    async def both() -> list[list[Any]]:
        sent: list[list[Any]] = [[], []]

        async def to(number: int, message: Any) -> None:
            sent[number].append(message)

        await asyncio.gather(
            *(site.kept(scope, None, lambda message, number=number: to(number, message)) for number in (0, 1))
        )
        return sent

    first, second = asyncio.run(both())
    assert first[1]["body"] == second[1]["body"] == b"x" * 100
    assert site.kept._bytes == 100
