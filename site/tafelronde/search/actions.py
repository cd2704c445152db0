"""Writes of the index. They run in the transaction of the change that they follow, so the two are never apart."""

from collections import Counter
from dataclasses import asdict
from typing import Any

from django.db import transaction
from wagtail.models import Page

from tafelronde.accounts.models import User
from tafelronde.search import texts
from tafelronde.search.index import index
from tafelronde.search.models import Entry
from tafelronde.search.signs import signs_of


@transaction.atomic
def index_page(page_id: int) -> bool:
    """Bring the entry of a page in line with what is published of it. Whether there is anything to find.

    Reads the page anew: what an editor has at hand may be a draft.
    """
    page = Page.objects.filter(pk=page_id).specific().first()
    return _keep(texts.of_page(page) if page else None, page_id=page_id)


@transaction.atomic
def index_person(user_id: int) -> bool:
    """Bring the entry of a person in line with the profile. Whether there is anything to find."""
    user = User.objects.filter(pk=user_id).first()
    return _keep(texts.of_person(user) if user else None, person_id=user_id)


@transaction.atomic
def rebuild() -> Counter[str]:
    """Make the whole index again from what is there. How many of each kind can be found."""
    index().clear()
    Entry.objects.all().delete()
    for model in texts.PAGES:
        for page_id in model.objects.live().order_by("pk").values_list("pk", flat=True):
            index_page(page_id)
    for user_id in User.objects.filter(is_active=True).order_by("pk").values_list("pk", flat=True):
        index_person(user_id)
    return Counter(Entry.objects.values_list("kind", flat=True))


def _keep(found: texts.Found | None, **of: Any) -> bool:
    """Write, renew or take away the entry of a page or a person."""
    if found is None:
        Entry.objects.filter(**of).delete()  # its words go by the signal in apps.py
        return False
    entry, _ = Entry.objects.update_or_create(**of, defaults=asdict(found))
    index().put(entry.pk, signs_of(found.title, found.lead, found.text))
    return True
