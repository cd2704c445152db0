"""What can be found: a row per published page and per person. Nothing of an intervisie has one, by any road."""

from django.conf import settings
from django.db import models

from communities.enums import Visibility
from communities.models import Community
from tafelronde.search.enums import Kind


class Entry(models.Model):
    """One thing that can be found, with the texts that are shown of it.

    Its words are in the index of the database (`tafelronde.search.index`) under the same id. Of who may see it there
    stands no more than the thing itself says: whether its leerkring is published or closed is asked at every search.
    """

    kind = models.CharField(max_length=12, choices=Kind)
    visibility = models.CharField(max_length=10, choices=Visibility)
    lang = models.CharField(max_length=2)
    date = models.DateField()
    community = models.ForeignKey(Community, models.CASCADE, null=True, related_name="+")
    page = models.OneToOneField("wagtailcore.Page", models.CASCADE, null=True, related_name="+")
    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    # The long ones last: SQLite walks over what stands before a column.
    title = models.CharField(max_length=400)  # a person may have a long name
    lead = models.TextField()
    text = models.TextField()

    class Meta:
        verbose_name = "search entry"
        verbose_name_plural = "search entries"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(page__isnull=False) ^ models.Q(person__isnull=False),
                name="search_entry_is_of_a_page_or_a_person",
            )
        ]

    def __str__(self) -> str:
        return self.title
