"""Joins every change of what can be found to the index, inside the transaction of the change."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "tafelronde.search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save
        from wagtail.models import Page

        from communities.signals import presented
        from tafelronde.accounts.models import User
        from tafelronde.search import actions, texts
        from tafelronde.search.index import index
        from tafelronde.search.models import Entry

        def page_saved(instance: object, raw: bool = False, **kwargs: object) -> None:
            if not raw:  # a copy that is read in brings its entries along
                actions.index_page(instance.pk)  # type: ignore[attr-defined]

        def person_saved(
            instance: User, raw: bool = False, update_fields: frozenset[str] | None = None, **kwargs: object
        ) -> None:
            matters = update_fields is None or not texts.OF_PERSON.isdisjoint(update_fields)
            if matters and not raw:  # every log-in saves `last_login`
                actions.index_person(instance.pk)

        def entry_gone(instance: Entry, **kwargs: object) -> None:
            index().remove(instance.pk)

        # Page itself too: the command that takes down what has expired knows no other type.
        for page_type in (Page, *texts.PAGES):
            post_save.connect(page_saved, page_type, weak=False, dispatch_uid="search.page")
        presented.connect(
            lambda page_id, **kwargs: actions.index_page(page_id),
            weak=False,
            dispatch_uid="search.presented",
        )
        post_save.connect(person_saved, User, weak=False, dispatch_uid="search.person")
        post_delete.connect(entry_gone, Entry, weak=False, dispatch_uid="search.entry")
