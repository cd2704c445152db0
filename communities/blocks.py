"""What the text of a leerkring is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock


class BodyBlocks(blocks.StreamBlock):
    """A few kinds of parts, so that every leerkring looks like one of the family."""

    heading = blocks.CharBlock(
        label=_("Heading"), max_length=120, icon="title", template="communities/blocks/heading.html"
    )
    paragraph = blocks.RichTextBlock(
        label=_("Paragraph"),
        features=["bold", "italic", "link", "ul", "ol"],
        template="communities/blocks/paragraph.html",
    )
    quote = blocks.StructBlock(
        [
            ("text", blocks.TextBlock(label=_("Text"), max_length=400)),
            ("source", blocks.CharBlock(label=_("Who said it"), max_length=120, required=False)),
        ],
        label=_("Quote"),
        icon="openquote",
        template="communities/blocks/quote.html",
    )
    image = ImageBlock(label=_("Image"), template="communities/blocks/image.html")
    links = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("text", blocks.CharBlock(label=_("Text"), max_length=120)),
                ("url", blocks.URLBlock(label=_("Address"))),
            ]
        ),
        label=_("Links"),
        icon="link",
        template="communities/blocks/links.html",
    )


class PartnerBlock(blocks.StructBlock):
    """An organisation that carries the leerkring along."""

    name = blocks.CharBlock(label=_("Name"), max_length=120)
    url = blocks.URLBlock(label=_("Website"), required=False)

    class Meta:
        label = _("Partner")
        icon = "group"


class HarvestBlock(blocks.StructBlock):
    """One sentence that the group took home from one city."""

    city = blocks.CharBlock(label=_("City or meeting"), max_length=80)
    sentence = blocks.TextBlock(label=_("What we learned, in one sentence"), max_length=240, rows=2)

    class Meta:
        label = _("Harvest")
        icon = "openquote"
