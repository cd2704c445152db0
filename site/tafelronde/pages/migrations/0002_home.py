"""Puts our home page in the place of Wagtail's welcome page."""

import uuid

from django.conf import settings
from django.db import migrations
from django.utils import timezone

HEADLINE = "Leer van vakgenoten, elke keer in een andere stad."
LEAD = (
    "Tafelronde brengt professionals van gemeenten, provincies, waterschappen en hun partners bij elkaar. "
    "Een leerkring is steeds te gast bij een van de deelnemers. Daar bespreken jullie wat er speelt, "
    "en helpen jullie elkaar verder met een casus uit de praktijk."
)


def make_home(apps, schema_editor):
    HomePage = apps.get_model("pages", "HomePage")
    if HomePage.objects.exists():
        return
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    root = Page.objects.get(depth=1)
    home = HomePage.objects.create(**_fields(apps, root, _free_path(Page, root)))
    site = Site.objects.filter(is_default_site=True).first()
    welcome = site.root_page if site else None
    if site:
        Site.objects.filter(pk=site.pk).update(root_page=home)
    else:
        Site.objects.create(hostname="localhost", port=80, root_page=home, is_default_site=True)
    if welcome and _is_untouched(welcome):
        Page.objects.filter(pk=welcome.pk).delete()
        HomePage.objects.filter(pk=home.pk).update(slug="home", url_path="/home/")
    Page.objects.filter(pk=root.pk).update(numchild=Page.objects.filter(depth=2).count())


def _fields(apps, root, path):
    ContentType = apps.get_model("contenttypes", "ContentType")
    now = timezone.now()
    return {
        "title": "Tafelronde",
        "draft_title": "Tafelronde",
        "slug": "tafelronde",
        "url_path": f"{root.url_path}tafelronde/",
        "path": path,
        "depth": 2,
        "content_type": ContentType.objects.get_or_create(app_label="pages", model="homepage")[0],
        "locale": apps.get_model("wagtailcore", "Locale").objects.get_or_create(language_code=settings.LANGUAGE_CODE)[0],
        "translation_key": uuid.uuid4(),
        "live": True,
        "first_published_at": now,
        "last_published_at": now,
        "headline": HEADLINE,
        "lead": LEAD,
    }


def _free_path(Page, root):
    """The path after the last child of the root: treebeard counts in base 36, four signs a level."""
    last = Page.objects.filter(depth=2).order_by("path").values_list("path", flat=True).last()
    return root.path + _base36(int(last[-4:], 36) + 1 if last else 1).zfill(4)


def _base36(number):
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[rest] + digits
    return digits


def _is_untouched(page):
    return page.depth == 2 and page.numchild == 0 and page.content_type.model == "page"


class Migration(migrations.Migration):
    dependencies = [("pages", "0001_initial"), ("contenttypes", "0002_remove_content_type_name")]

    operations = [migrations.RunPython(make_home, migrations.RunPython.noop)]
