"""Lays out the knowledge base below the home page, and makes the group of people who keep it."""

from django.db import migrations

from tafelronde.pages.migrations._tree import ensure_page

EDITORS = "Redactie"
ON_PAGES = ["add_page", "change_page", "publish_page"]
ON_FILES = {
    "wagtailimages": ("image", ["add_image", "change_image", "choose_image"]),
    "wagtaildocs": ("document", ["add_document", "change_document", "choose_document"]),
}
ON_THEMES = ["add_theme", "change_theme", "delete_theme", "view_theme"]


def lay_out(apps, schema_editor):
    home = apps.get_model("pages", "HomePage").objects.get()
    knowledge = ensure_page(
        apps,
        home,
        "knowledge",
        "KnowledgeIndexPage",
        title="Kennis",
        slug="kennis",
        intro="Wat er speelt en wat het lezen waard is, verzameld door en voor de leerkringen.",
    )
    ensure_page(
        apps,
        knowledge,
        "knowledge",
        "NewsIndexPage",
        title="Actualiteiten",
        slug="actualiteiten",
        intro="Nieuws uit het vak, kort en met de bron erbij.",
    )
    ensure_page(
        apps,
        knowledge,
        "knowledge",
        "PublicationIndexPage",
        title="Publicaties",
        slug="publicaties",
        intro="Rapporten, artikelen, boeken en hulpmiddelen waar je aan tafel iets aan hebt.",
    )
    make_editors(apps, knowledge)


def make_editors(apps, knowledge):
    """The group with all that is needed to write and publish below the knowledge page, and nothing more."""
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=EDITORS)
    group.permissions.add(permission(apps, "wagtailadmin", "admin", "access_admin"))
    group.permissions.add(*(permission(apps, "knowledge", "theme", codename) for codename in ON_THEMES))
    PagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    for codename in ON_PAGES:
        PagePermission.objects.get_or_create(
            group=group, page_id=knowledge.pk, permission=permission(apps, "wagtailcore", "page", codename)
        )
    CollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    collection = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    for app_label, (model, codenames) in ON_FILES.items():
        for codename in codenames:
            CollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission(apps, app_label, model, codename)
            )


def permission(apps, app_label, model, codename):
    """The permission; Django itself makes those of a new table only after all migrations."""
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    name = f"Can {codename.replace('_', ' ')}"
    return apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )[0]


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0002_home"),
        ("knowledge", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [migrations.RunPython(lay_out, migrations.RunPython.noop)]
