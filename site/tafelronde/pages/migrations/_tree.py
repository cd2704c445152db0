"""Puts pages into the tree with the models of a migration, which know nothing of treebeard or Wagtail."""

import uuid

from django.conf import settings
from django.utils import timezone

STEP = 4  # signs of a path per level
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def add_page(apps, parent, app_label, model_name, **fields):
    """A published page below `parent`, after its other children; `fields` must hold title and slug."""
    Page = apps.get_model("wagtailcore", "Page")
    Model = apps.get_model(app_label, model_name)
    now = timezone.now()
    page = Model.objects.create(
        path=free_path(Page, parent),
        depth=parent.depth + 1,
        url_path=f"{parent.url_path}{fields['slug']}/",
        content_type=apps.get_model("contenttypes", "ContentType").objects.get_or_create(
            app_label=app_label, model=model_name.lower()
        )[0],
        locale=apps.get_model("wagtailcore", "Locale").objects.get_or_create(language_code=settings.LANGUAGE_CODE)[0],
        translation_key=uuid.uuid4(),
        draft_title=fields["title"],
        live=True,
        first_published_at=now,
        last_published_at=now,
        **fields,
    )
    count_children(Page, parent)
    return page


def ensure_page(apps, parent, app_label, model_name, **fields):
    """The page of this kind, made where there is none."""
    return apps.get_model(app_label, model_name).objects.first() or add_page(
        apps, parent, app_label, model_name, **fields
    )


def count_children(Page, parent):
    children = Page.objects.filter(path__startswith=parent.path, depth=parent.depth + 1)
    Page.objects.filter(pk=parent.pk).update(numchild=children.count())


def free_path(Page, parent):
    """The path after the last child: treebeard counts in base 36."""
    children = Page.objects.filter(path__startswith=parent.path, depth=parent.depth + 1)
    last = children.order_by("path").values_list("path", flat=True).last()
    return parent.path + base36(int(last[-STEP:], 36) + 1 if last else 1)


def base36(number):
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
    return digits.zfill(STEP)
