"""Log-in through OpenID Connect, played against a provider of another make on loopback: the whole code flow, and all that may go wrong."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from tests.support.openid import CLIENT, SECRET
from tests.support.openid_provider import Provider, came_back, sign_up, somebody
from tests.support.pages import Answer, Browser
from tests.support.server import Server, free_port

pytestmark = pytest.mark.server

PASSWORD = "een-lange-zin-voor-tests"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    port = free_port()
    provider = Provider(f"http://localhost:{port}/account/openid/callback/")
    server = Server(
        Path(tmp_path_factory.mktemp("var")),
        port,
        OIDC_ISSUER=provider.issuer,
        OIDC_CLIENT_ID=CLIENT,
        OIDC_CLIENT_SECRET=SECRET,
        OIDC_NAME="Gemeente Kampen",
    )
    server.migrate()
    server.start()
    server.provider = provider  # type: ignore[attr-defined]
    yield server
    server.stop()
    provider.stop()


@pytest.fixture
def provider(server: Server) -> Provider:
    server.provider.lie()  # type: ignore[attr-defined]
    return server.provider  # type: ignore[attr-defined]


@pytest.fixture
def browser(server: Server) -> Browser:
    return Browser(server.origin, {"language": "nl"})


def inside(browser: Browser) -> bool:
    return browser.get("/profiel/").status == 200


def local_account(server: Server, email: str) -> None:
    code = (
        "from tafelronde.accounts.actions import add_person;"
        f" add_person({email!r}, password={PASSWORD!r}, first_name='Lokaal', last_name='Bekker')"
    )
    server.manage("shell", "-v0", "-c", code)


def accounts(server: Server) -> list[list[str]]:
    code = (
        "import json; from allauth.socialaccount.models import SocialAccount as S;"
        " print(json.dumps(list(S.objects.order_by('pk').values_list('user__email', 'extra_data__sub'))))"
    )
    return json.loads(server.manage("shell", "-v0", "-c", code).strip().splitlines()[-1])


def test_the_button_leads_to_the_provider_with_pkce_and_a_nonce(browser: Browser, provider: Provider) -> None:
    assert 'href="/account/openid/login/"' in browser.get("/account/login/").text
    assert "Log in met Gemeente Kampen" in browser.get("/account/login/").text
    address = browser.get("/account/openid/login/?scope=admin&auth_params=client_id%3Dx").goes_to
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert (asked["client_id"], asked["response_type"], asked["code_challenge_method"]) == (
        CLIENT,
        "code",
        "S256",
    )
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 16


def test_somebody_new_signs_up_and_comes_back(server: Server, browser: Browser, provider: Provider) -> None:
    done = sign_up(browser, provider, somebody("nieuw"), first_name="Nieuwe")
    assert done.goes_to == "/start/"
    assert inside(browser)
    other = Browser(server.origin)
    assert came_back(other, provider, somebody("nieuw", email="verhuisd@elders.example")).goes_to == "/start/"
    assert "Nieuwe" in other.get("/profiel/").text, "the subject counts, whatever the address"
    stranger = Browser(server.origin)
    came_back(stranger, provider, {**somebody("nieuw"), "sub": "sub-een-ander"})
    assert not inside(stranger), "the address alone opens nothing"


def test_an_address_that_the_provider_did_not_verify_is_confirmed_by_mail(
    browser: Browser, provider: Provider
) -> None:
    for number, verified in enumerate((False, "false", None)):
        person = somebody(f"onbewezen{number}", email_verified=verified)
        assert sign_up(browser, provider, person).goes_to == "/account/confirm-email/"
        assert not inside(browser)


def test_a_local_account_is_not_taken_over_but_can_be_connected(
    server: Server, browser: Browser, provider: Provider
) -> None:
    local_account(server, "saskia@kampen.example")
    sign_up(browser, provider, somebody("saskia"))
    assert not inside(browser)
    assert ["saskia@kampen.example", "sub-saskia"] not in accounts(server)

    browser.post("/account/login/", login="saskia@kampen.example", password=PASSWORD)
    assert inside(browser)
    way = browser.post("/account/openid/connect/", page="/account/2fa/")
    if way.goes_to:  # first the password again
        browser.post(way.goes_to, password=PASSWORD)
        way = browser.post("/account/openid/connect/", page="/account/2fa/")
    [address] = [word for word in way.text.split('"') if word.startswith(provider.issuer)]
    assert browser.get(provider.consent(address, somebody("saskia"))).goes_to == "/account/2fa/"
    assert ["saskia@kampen.example", "sub-saskia"] in accounts(server)

    other = Browser(server.origin)
    assert came_back(other, provider, somebody("saskia")).goes_to == "/start/"
    pk = browser.get("/account/2fa/").text.partition('name="account" value="')[2].partition('"')[0]
    browser.post("/account/3rdparty/", page="/account/2fa/", account=pk)
    assert ["saskia@kampen.example", "sub-saskia"] not in accounts(server)
    assert inside(browser)


def test_a_link_cannot_connect_an_account(browser: Browser, provider: Provider, server: Server) -> None:
    local_account(server, "fatma@kampen.example")
    browser.post("/account/login/", login="fatma@kampen.example", password=PASSWORD)
    assert browser.get("/account/openid/connect/").status == 405
    assert browser.get("/account/openid/login/?process=connect").goes_to == "/start/"


def test_who_says_no_is_told_so(browser: Browser, provider: Provider) -> None:
    answer = came_back(browser, provider, None)
    page = browser.get(answer.goes_to)
    assert (page.status, "Je hebt gestopt" in page.text) == (200, True)
    assert not inside(browser)


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "van een ander"},
        {"nonce": None},
        {"iss": "https://iemand-anders.example"},
        {"discovered": "https://iemand-anders.example"},
        {"aud": "een-andere-site"},
        {"exp": 1},
        {"sub": "iemand-anders"},
        {"alg": "none"},
        {"alg": "other key"},
        {"alg": "junk"},
    ],
    ids=lambda lie: "-".join(f"{name}-{value}" for name, value in lie.items()),
)
def test_a_wrong_identity_is_refused_on_a_clear_page(
    browser: Browser, provider: Provider, lie: dict[str, Any]
) -> None:
    address = provider.consent(browser.get("/account/openid/login/").goes_to, somebody("leugen"))
    provider.lie(**lie)
    refused(browser, browser.get(address))


def test_a_provider_that_is_away_is_told_on_a_clear_page(browser: Browser, provider: Provider) -> None:
    provider.lie(down=True)
    refused(browser, browser.get("/account/openid/login/"))


def test_a_wrong_state_or_code_is_refused_on_a_clear_page(
    server: Server, browser: Browser, provider: Provider
) -> None:
    address = provider.consent(browser.get("/account/openid/login/").goes_to, somebody("staat"))
    code = parse_qs(urlsplit(address).query)["code"][0]
    callback = "/account/openid/callback/"
    refused(
        Browser(server.origin, {"language": "nl"}), Browser(server.origin, {"language": "nl"}).get(address)
    )
    for query in ({}, {"code": code}, {"code": code, "state": "verzonnen"}, {"error": "server_error"}):
        refused(browser, browser.get(f"{callback}?{urlencode(query)}"))
    state = parse_qs(urlsplit(browser.get("/account/openid/login/").goes_to).query)["state"][0]
    (
        refused(browser, browser.get(f"{callback}?{urlencode({'code': code, 'state': state})}")),
        "PKCE: a code of another",
    )
    state = parse_qs(urlsplit(browser.get("/account/openid/login/").goes_to).query)["state"][0]
    refused(browser, browser.get(f"{callback}?{urlencode({'code': 'verzonnen', 'state': state})}"))


def test_a_second_step_that_was_set_up_here_is_asked_for(
    server: Server, browser: Browser, provider: Provider
) -> None:
    sign_up(browser, provider, somebody("dubbel"))
    code = (
        "from allauth.mfa.totp.internal.auth import TOTP; from tafelronde.accounts.models import User;"
        " TOTP.activate(User.objects.get(email='dubbel@kampen.example'), 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP')"
    )
    server.manage("shell", "-v0", "-c", code)
    other = Browser(server.origin)
    assert came_back(other, provider, somebody("dubbel")).goes_to == "/account/2fa/authenticate/"
    assert not inside(other)


def refused(browser: Browser, answer: Answer) -> None:
    assert (answer.status, "Inloggen is niet gelukt" in answer.text) == (401, True), answer.text[:300]
    assert "Traceback" not in answer.text
    assert not inside(browser)
