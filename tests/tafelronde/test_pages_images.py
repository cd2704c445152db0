"""Pictures: as private as the pages that show them."""

import pytest
from django.contrib.auth.models import Group
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection

from communities import actions
from communities.enums import Role, Visibility
from tests.communities.factories import (
    make_community,
    make_coordinator_of,
    make_leerkring_page,
    make_membership,
)
from tests.knowledge.factories import make_image, make_news
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def address_of(image):
    return image.renditions.get(filter_spec="width-480").url


def shown_by(image):
    return [("image", {"image": image, "caption": ""})]


def answers(client, image):
    return client.get(address_of(image)).status_code


def test_picture_of_a_public_page_is_for_everybody(client):
    image = make_image()
    page = make_news(body=shown_by(image))
    assert address_of(image) in client.get(page.url).content.decode()
    response = client.get(address_of(image))
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    with image.renditions.get(filter_spec="width-480").file.open("rb") as file:
        assert response.content == file.read()
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_picture_of_a_members_only_page_is_for_members(client):
    image, community = make_image(), make_community()
    make_news(body=shown_by(image), community=community, visibility=Visibility.MEMBERS)
    member = make_membership(community).user
    assert answers(client, image) == 404
    client.force_login(make_user())
    assert answers(client, image) == 404
    client.force_login(member)
    assert client.get(address_of(image))["Cache-Control"] == "private, max-age=3600"
    actions.leave(member, community)
    assert answers(client, image) == 404


def test_picture_of_a_members_only_leerkring_is_for_members(client):
    image = make_image()
    page = make_leerkring_page(body=[("image", image)], visibility=Visibility.MEMBERS)
    assert answers(client, image) == 404
    client.force_login(make_membership(page.community).user)
    assert answers(client, image) == 200


def test_picture_that_two_pages_show_is_as_open_as_the_more_open_one(client):
    image, community = make_image(), make_community()
    make_news(body=shown_by(image), community=community, visibility=Visibility.MEMBERS)
    page = make_news(body=shown_by(image))
    assert answers(client, image) == 200
    page.unpublish()
    assert answers(client, image) == 404


def test_picture_that_no_published_page_shows_is_for_who_may_choose_it(client):
    image = make_image()
    make_news(body=shown_by(image), live=False)
    assert answers(client, image) == 404
    client.force_login(make_coordinator_of(make_community()))
    assert answers(client, image) == 404
    editor = make_user()
    editor.groups.add(Group.objects.get(name="Redactie"))
    client.force_login(editor)
    assert answers(client, image) == 200


def test_picture_in_a_draft_of_a_published_page_is_not_yet_open(client):
    page, image = make_news(), make_image()
    page.body = shown_by(image)
    revision = page.save_revision()
    assert answers(client, image) == 404
    revision.publish()
    assert answers(client, image) == 200


def test_coordinator_opens_and_chooses_the_pictures_of_the_own_leerkring_alone(client):
    own, others = make_community(title="Water"), make_community(title="Wonen")
    pictures = {}
    for community in (own, others):
        make_coordinator_of(community)
        pictures[community] = make_image(f"Beeld van {community}")
        pictures[community].collection = Collection.objects.get(name=community.title)
        pictures[community].save()
        pictures[community].renditions.create(  # of the desk: no request needs to make it
            filter_spec="max-165x165", focal_point_key="", file=get_test_image_file(f"{community}.png")
        )
    client.force_login(make_coordinator_of(own))
    assert [answers(client, pictures[community]) for community in (own, others)] == [200, 404]
    for address in ("/beheer/images/chooser/", "/beheer/api/main/images/"):
        text = client.get(address).content.decode()
        assert ("Beeld van Water" in text, "Beeld van Wonen" in text) == (True, False), address


def test_collection_goes_by_the_name_of_the_leerkring(client):
    page = make_leerkring_page(title="Water")
    make_membership(page.community, role=Role.COORDINATOR)
    page.title = "Water en wonen"
    page.save_revision().publish()
    assert [one.name for one in Collection.get_first_root_node().get_children()] == ["Water en wonen"]


def test_coordinator_who_saw_all_pictures_is_given_the_own_collection():
    page = make_leerkring_page()
    rights = Group.objects.get(name=f"leerkring-{page.community.pk}-coordinators").collection_permissions
    rights.update(collection=Collection.get_first_root_node())
    page.save_revision().publish()
    assert {right.collection.name for right in rights.all()} == {page.title}


@pytest.mark.parametrize("name", ["nergens.png", "..%2fsecret.png", "%00.png"])
def test_picture_that_is_not_there_is_not_found(client, name):
    assert client.get(f"/media/images/{name}").status_code == 404


def test_file_that_is_lost_is_not_found(client):
    image = make_image()
    make_news(body=shown_by(image))
    rendition = image.renditions.get(filter_spec="width-480")
    rendition.file.storage.delete(rendition.file.name)
    assert answers(client, image) == 404


def test_files_as_they_were_uploaded_are_for_nobody(client):
    image = make_image()
    make_news(body=shown_by(image))
    client.force_login(make_user(is_superuser=True))
    assert client.get(image.file.url).status_code == 404


def test_picture_is_only_read(client):
    image = make_image()
    assert client.post(address_of(image)).status_code == 405


def test_desk_shows_the_photo_of_the_profile_and_takes_no_other(client):
    user = make_user(is_superuser=True)
    type(user).objects.filter(pk=user.pk).update(photo=f"{user.pk}/{'a' * 32}.webp")
    client.force_login(user)
    text = client.get("/beheer/account/").content.decode()
    assert f"/foto/{user.pk}/{'a' * 32}.webp" in text
    assert 'type="file"' not in text
