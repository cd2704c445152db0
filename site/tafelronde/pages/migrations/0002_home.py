"""Puts our home page in the place of Wagtail's welcome page."""

from django.db import migrations

from tafelronde.pages.migrations._tree import add_page, count_children

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
    root = Page.objects.get(depth=1)
    home = add_page(
        apps, root, "pages", "HomePage", title="Tafelronde", slug="tafelronde", headline=HEADLINE, lead=LEAD
    )
    welcome = point_site_to(apps, home)
    if welcome and welcome.depth == 2 and welcome.numchild == 0 and welcome.content_type.model == "page":
        Page.objects.filter(pk=welcome.pk).delete()
        HomePage.objects.filter(pk=home.pk).update(slug="home", url_path=f"{root.url_path}home/")
        count_children(Page, root)


def point_site_to(apps, home):
    """Makes `home` the root of the default site and returns the page that was it before."""
    Site = apps.get_model("wagtailcore", "Site")
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", port=80, root_page=home, is_default_site=True)
        return None
    before = site.root_page
    Site.objects.filter(pk=site.pk).update(root_page=home)
    return before


class Migration(migrations.Migration):
    dependencies = [("pages", "0001_initial"), ("contenttypes", "0002_remove_content_type_name")]

    operations = [migrations.RunPython(make_home, migrations.RunPython.noop)]
