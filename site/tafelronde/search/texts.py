"""What is found of a page or a person: its title, its lead and its text, in plain words."""

from dataclasses import dataclass
from datetime import date
from html import unescape

from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.blocks import ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

from communities.enums import Visibility
from communities.models import LeerkringPage, MeetingPage
from knowledge.models import NewsPage, PublicationPage
from tafelronde.accounts.models import User
from tafelronde.search.enums import Kind

PAGES = (LeerkringPage, MeetingPage, NewsPage, PublicationPage)
OF_PERSON = frozenset(
    {"first_name", "name_prefix", "last_name", "email", "organisation", "job_title", "place", "is_active"}
)
LONGEST = 50_000  # signs of a text that are looked at; PostgreSQL holds a megabyte of words per row


@dataclass(frozen=True)
class Found:
    """The fields of an entry."""

    kind: Kind
    title: str
    lead: str
    text: str
    date: date
    visibility: str
    community_id: int | None = None
    lang: str = "nl"


def of_page(page: Page) -> Found | None:
    """What is found of a page as it stands on the site; None while it is not published, or no kind that is found."""
    if isinstance(page, LeerkringPage):
        return _of_leerkring(page) if page.published else None
    if isinstance(page, MeetingPage):
        return _of_meeting(page) if page.published else None
    if isinstance(page, NewsPage | PublicationPage):
        return _of_item(page) if page.published else None
    return None


def of_person(user: User) -> Found | None:
    """What is found of somebody: what stands in the list of members. None for who is no longer active."""
    if not user.is_active:
        return None
    lead = _lines(user.job_title, user.organisation, user.place)
    joined = timezone.localdate(user.date_joined)
    return Found(Kind.PERSON, user.get_full_name(), lead, "", joined, Visibility.MEMBERS, lang="")


def _of_leerkring(page: LeerkringPage) -> Found:
    partners = [block.value["name"] for block in page.partners]
    harvest = [f"{block.value['city']}: {block.value['sentence']}" for block in page.harvest]
    return Found(
        Kind.LEERKRING,
        page.community.title,
        _lines(page.question, page.intro),
        _lines(_plain(page.body), page.edition, *partners, *harvest),
        timezone.localdate(page.first_published_at),
        page.community.visibility,
        page.community_id,
        page.lang,
    )


def _of_meeting(page: MeetingPage) -> Found:
    """Never the link for who joins online."""
    meeting = page.meeting
    programme = [
        _lines(item.title, item.description, item.guest_expert, item.owner, item.place)
        for item in page.programme.all()
    ]
    return Found(
        Kind.MEETING,
        meeting.title,
        _lines(meeting.city, meeting.host, meeting.venue, meeting.address),
        _lines(page.intro, *programme, page.directions),
        timezone.localdate(meeting.starts_at),
        meeting.visibility,
        meeting.edition.community_id,
        page.lang,
    )


def _of_item(page: NewsPage | PublicationPage) -> Found:
    if isinstance(page, NewsPage):
        kind, facts = Kind.NEWS, [page.place, page.source_name]
    else:
        publisher = "" if page.publisher == page.authors else page.publisher
        kind, facts = Kind.PUBLICATION, [page.authors, publisher, str(page.year), page.isbn, page.doi]
    return Found(
        kind,
        page.title,
        page.intro,
        _lines(*facts, _plain(page.body)),
        page.added_on,
        page.visibility,
        page.community_id,
        page.lang,
    )


def _plain(body: StreamField) -> str:
    """The words of all blocks, without their markup."""
    return _lines(*(_words(block.block, block.value) for block in body))


def _words(block: object, value: object) -> str:
    if isinstance(block, RichTextBlock):
        return unescape(strip_tags(value.source.replace("><", "> <")))  # type: ignore[attr-defined]
    if isinstance(block, ImageBlock):  # a StructBlock whose value is the picture: its words are what it shows
        return getattr(value, "contextual_alt_text", None) or ""
    if isinstance(block, StructBlock):
        return _lines(*(_words(block.child_blocks[name], part) for name, part in value.items()))  # type: ignore[attr-defined]
    if isinstance(block, ListBlock):
        return _lines(*(_words(block.child_block, part) for part in value))  # type: ignore[attr-defined]
    if isinstance(block, StreamBlock):
        return _lines(*(_words(part.block, part.value) for part in value))  # type: ignore[attr-defined]
    return value if isinstance(value, str) else ""


def _lines(*texts: str) -> str:
    return "\n".join(text.strip().replace("\0", "") for text in texts if text and text.strip())[:LONGEST]
