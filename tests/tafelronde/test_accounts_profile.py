"""Your own profile and photo, the language, and closing your account."""

import struct
import zlib
from io import BytesIO

import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from tafelronde.accounts import actions
from tafelronde.accounts.models import User
from tests.tafelronde.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

FIELDS = {
    "first_name": "Fatma",
    "name_prefix": "el",
    "last_name": "Bakker",
    "organisation": "Gemeente Deventer",
    "job_title": "Beleidsadviseur",
    "place": "Deventer",
    "language": "nl",
}


def picture(kind="JPEG", size=(900, 600), **options):
    buffer = BytesIO()
    Image.new("RGB", size, "#1D4E89").save(buffer, kind, **options)
    return SimpleUploadedFile(f"foto.{kind.lower()}", buffer.getvalue(), f"image/{kind.lower()}")


@pytest.fixture
def person(client):
    user = make_user()
    client.force_login(user)
    return user


def save(client, **changes):
    return client.post(reverse("profile"), FIELDS | changes)


def test_profile_is_saved(client, person):
    assert save(client).url == reverse("profile")
    person.refresh_from_db()
    assert {name: getattr(person, name) for name in FIELDS} == FIELDS


def test_profile_leaves_rights_and_address_alone(client, person):
    save(client, is_superuser="1", is_staff="1", email="ander@voorbeeld.test", is_active="")
    email = person.email
    person.refresh_from_db()
    assert (person.email, person.is_superuser, person.is_staff, person.is_active) == (
        email,
        False,
        False,
        True,
    )


def test_profile_that_is_refused_comes_back_as_typed(client, person):
    response = save(client, first_name="", place="Zwolle")
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="Zwolle"' in page
    assert page.count("Fatma Bakker") >= 1  # the heading shows what is kept
    person.refresh_from_db()
    assert (person.first_name, person.place) == ("Fatma", "")


def test_profile_asks_to_log_in(client):
    for name in ("profile", "close_account", "account_email", "account_change_password"):
        assert client.get(reverse(name)).url == f"{reverse('account_login')}?next={reverse(name)}"
    assert client.post(reverse("remove_photo")).url.startswith(reverse("account_login"))


def test_profile_of_somebody_logged_in_is_not_kept(client, person):
    assert client.get(reverse("profile"))["Cache-Control"] == "no-store, private"


def test_photo_becomes_a_small_square_without_camera_data(client, person, photos):
    exif = Image.Exif()
    exif[0x010F] = "Camera van Fatma"
    exif.get_ifd(0x8825)[2] = (52.0, 15.0, 0.0)  # GPS latitude
    save(client, photo=picture(exif=exif))
    person.refresh_from_db()
    with photos.open(person.photo.name) as file, Image.open(file) as portrait:
        assert (portrait.format, portrait.size, dict(portrait.getexif())) == ("WEBP", (512, 512), {})
        assert "exif" not in portrait.info and "xmp" not in portrait.info


def test_photo_is_turned_the_way_the_camera_was_held(client, person, photos):
    image = Image.new("RGB", (600, 600), "black")
    image.paste("white", (0, 0, 600, 300))
    exif = Image.Exif()
    exif[0x0112] = 3  # upside down
    buffer = BytesIO()
    image.save(buffer, "JPEG", exif=exif)
    save(client, photo=SimpleUploadedFile("foto.jpg", buffer.getvalue()))
    person.refresh_from_db()
    with photos.open(person.photo.name) as file, Image.open(file) as portrait:
        assert portrait.getpixel((256, 20))[0] < 50 < 200 < portrait.getpixel((256, 490))[0]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_photo_may_be_of_the_usual_kinds(client, person, kind):
    assert save(client, photo=picture(kind)).status_code == 302
    person.refresh_from_db()
    assert person.photo.name.startswith(f"{person.pk}/")


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("foto.jpg", b"geen foto"),
        SimpleUploadedFile("foto.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"),
        SimpleUploadedFile("foto.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40),
        picture("GIF"),
        SimpleUploadedFile("foto.jpg", picture().read()[:300]),
    ],
    ids=["text", "svg", "broken", "gif", "cut"],
)
def test_photo_that_cannot_be_read_is_refused_with_a_sentence(client, person, upload):
    upload.seek(0)
    response = save(client, photo=upload)
    assert response.status_code == 422
    assert "als foto lezen" in str(response.context["form"].errors["photo"])
    person.refresh_from_db()
    assert not person.photo


def claim(width, height):
    """A PNG of a few bytes that says it has this size."""
    header = struct.pack(">II5B", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return SimpleUploadedFile("foto.png", b"\x89PNG\r\n\x1a\n" + body)


@pytest.mark.parametrize("size", [(8000, 5001), (10_000, 10_000), (50_000, 50_000)])
def test_photo_of_too_many_pixels_is_refused_before_it_is_opened(client, person, size):
    response = save(client, photo=claim(*size))
    assert response.status_code == 422
    assert response.context["form"].errors["photo"]


def test_photo_of_too_many_bytes_is_refused(client, person):
    upload = SimpleUploadedFile("foto.jpg", b"\xff" * (10 * 1024 * 1024 + 1))
    assert "10 MB" in str(save(client, photo=upload).context["form"].errors["photo"])


def test_photo_is_shown_to_who_is_logged_in_only(client, person):
    save(client, photo=picture())
    person.refresh_from_db()
    address = person.photo.url
    assert address == f"/foto/{person.photo.name}"
    client.force_login(make_user())
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    assert response.content[8:12] == b"WEBP"
    assert response["Cache-Control"].startswith("private")
    assert response["X-Content-Type-Options"] == "nosniff"
    client.logout()
    assert client.get(address).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["0" * 32 + ".webp", "../../tafelronde.sqlite3", "x.webp"])
def test_photo_that_is_nobodys_is_not_there(client, person, name):
    assert client.get(f"/foto/{person.pk}/{name}").status_code == 404


def test_photo_file_that_is_missing_is_not_there(client, person, photos):
    save(client, photo=picture())
    person.refresh_from_db()
    photos.delete(person.photo.name)
    assert client.get(person.photo.url).status_code == 404


def test_old_photo_goes_after_the_commit(client, person, photos, django_capture_on_commit_callbacks):
    save(client, photo=picture())
    person.refresh_from_db()
    first = person.photo.name
    with django_capture_on_commit_callbacks() as callbacks:
        save(client, photo=picture())
    assert photos.exists(first)
    for callback in callbacks:
        callback()
    person.refresh_from_db()
    assert not photos.exists(first)
    assert photos.exists(person.photo.name)


def test_profile_without_a_new_photo_keeps_the_old_one(client, person):
    save(client, photo=picture())
    save(client)
    person.refresh_from_db()
    assert person.photo


def test_photo_is_removed(client, person, photos, django_capture_on_commit_callbacks):
    save(client, photo=picture())
    person.refresh_from_db()
    name = person.photo.name
    assert client.get(reverse("remove_photo")).status_code == 405
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("remove_photo"))
    person.refresh_from_db()
    assert not person.photo
    assert not photos.exists(name)


def test_language_is_chosen_and_stays_with_the_person(client, person):
    response = client.post(reverse("set_language"), {"language": "en", "next": "/profiel/"})
    assert response.url == "/profiel/"
    person.refresh_from_db()
    assert person.language == "en"
    assert 'lang="en"' in client.get("/profiel/").content.decode()


def test_language_of_a_visitor_is_kept_in_the_browser(client):
    client.post(reverse("set_language"), {"language": "en"})
    cookie = client.cookies["language"]
    assert (cookie.value, cookie["samesite"], cookie["httponly"]) == ("en", "Lax", True)
    assert 'lang="en"' in client.get(reverse("account_login")).content.decode()


@pytest.mark.parametrize(
    "wish", ["https://kwaad.test/", "//kwaad.test/", "/\\kwaad.test", "javascript:1", ""]
)
def test_language_goes_on_within_this_site_only(client, wish):
    assert client.post(reverse("set_language"), {"language": "en", "next": wish}).url == "/"


def test_language_that_is_not_spoken_changes_nothing(client, person):
    client.post(reverse("set_language"), {"language": "tlh"})
    person.refresh_from_db()
    assert person.language == "nl"
    assert "language" not in client.cookies
    assert client.get(reverse("set_language")).status_code == 405


def test_language_of_the_profile_is_that_of_the_answer(client, person):
    page = client.post(reverse("profile"), FIELDS | {"language": "en"}, follow=True).content.decode()
    assert "Your profile is saved." in page


def test_closing_forgets_the_person(client, person, photos, django_capture_on_commit_callbacks):
    save(client, photo=picture())
    person.refresh_from_db()
    photo, email = person.photo.name, person.email
    actions.invite(person, "jan@zwolle.test")
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(reverse("close_account"), {"password": PASSWORD}).url == "/"
    closed = User.objects.get(pk=person.pk)
    kept = " ".join(str(value) for value in vars(closed).values())
    for trace in ("Fatma", "Bakker", "Deventer", "Beleidsadviseur", email, photo):
        assert trace not in kept
    assert str(closed) == "Oud-deelnemer"
    assert not closed.is_active and not closed.has_usable_password()
    assert not EmailAddress.objects.filter(user=closed).exists()
    assert not closed.invitations.exists()
    assert not photos.exists(photo)


def test_closing_logs_out_everywhere(client, person):
    elsewhere = type(client)()
    elsewhere.force_login(person)
    client.post(reverse("close_account"), {"password": PASSWORD})
    for browser in (client, elsewhere):
        assert browser.get(reverse("profile")).url.startswith(reverse("account_login"))


def test_closing_frees_the_address(client, person):
    client.post(reverse("close_account"), {"password": PASSWORD})
    assert make_user(person.email).pk != person.pk


def test_closing_needs_the_password(client, person):
    response = client.post(reverse("close_account"), {"password": "niet-het-wachtwoord"})
    assert response.status_code == 422
    assert "niet je wachtwoord" in str(response.context["form"].errors["password"])
    person.refresh_from_db()
    assert person.is_active


def test_administrator_cannot_just_go(client):
    client.force_login(make_user(is_superuser=True))
    assert client.get(reverse("close_account")).status_code == 403
    assert client.post(reverse("close_account"), {"password": PASSWORD}).status_code == 403
    assert reverse("close_account") not in client.get(reverse("profile")).content.decode()
