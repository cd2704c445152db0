"""Odd addresses and odd forms get an answer, never a traceback."""

import pytest
from django.urls import reverse

from communities.models import Membership
from tests.communities.factories import make_community, make_coordinator_of, make_meeting, make_membership
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db

ODD = ["%00", "a%00b", "..", "%2e%2e", "a b", "<script>", "é" * 300, "1" * 2000, "kring'--"]


@pytest.mark.parametrize("slug", ODD)
@pytest.mark.parametrize(
    "name", ["aanmelden/", "leden/", "bijeenkomst/{0}/agenda.ics", "bijeenkomst/{0}/antwoord/"]
)
def test_odd_address_is_not_found(client, slug, name):
    client.force_login(make_user())
    assert client.get(f"/kring/{slug}/{name.format(slug)}").status_code == 404
    assert client.get(f"/leerkringen/{slug}/").status_code == 404


@pytest.mark.parametrize("number", ["0", "999999999999999999999999", "-1", "x"])
def test_odd_number_is_not_found(client, number):
    community = make_community()
    client.force_login(make_coordinator_of(community))
    assert client.get(f"/kring/{community.slug}/leden/{number}/").status_code == 404
    assert client.post(f"/kring/{community.slug}/verzoeken/{number}/", {"accept": ""}).status_code == 404


BAD_TEXTS = ["\x00", "a\x00b", "x" * 2_000, "😀", ""]


@pytest.mark.parametrize("text", BAD_TEXTS)
def test_odd_texts_are_answered(client, text):
    community = make_community()
    meeting = make_meeting(community)
    row = make_membership(community, status="asked")
    person = make_membership(community)
    forms = [
        ("join", [], {"motivation": text}),
        ("decide", [row.pk], {"accept": "", f"request{row.pk}-word": text * 100}),
        ("member", [person.pk], {"remove": "", "word": text * 100}),
        ("invite", [], {"email": text, "role": text}),
        ("withdraw", [], {"email": text}),
        ("answer", [meeting.slug], {"answer": text}),
    ]
    coordinator = make_coordinator_of(community)
    for name, args, data in forms:
        client.force_login(make_user() if name == "join" else coordinator)
        response = client.post(reverse(f"communities:{name}", args=[community.slug, *args]), data)
        assert response.status_code in (302, 422), name


def test_leerkring_with_letters_of_another_alphabet_has_all_its_doors(client):
    community = make_community(slug="coöperatie")
    client.force_login(make_user())
    assert (
        client.post(reverse("communities:join", args=[community.slug]), {"motivation": "Graag."}).status_code
        == 302
    )
    assert Membership.objects.count() == 1
