"""Puts the list of leerkringen below the home page."""

from django.db import migrations

from tafelronde.pages.migrations._tree import ensure_page


def lay_out(apps, schema_editor):
    ensure_page(
        apps,
        apps.get_model("pages", "HomePage").objects.get(),
        "communities",
        "LeerkringIndexPage",
        title="Leerkringen",
        slug="leerkringen",
        intro="Groepen vakgenoten die een vraag delen en elkaar steeds in een andere stad opzoeken.",
    )


class Migration(migrations.Migration):
    dependencies = [("pages", "0003_knowledge"), ("communities", "0001_initial")]

    operations = [migrations.RunPython(lay_out, migrations.RunPython.noop)]
