"""What the text of the home page is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class HomeBody(blocks.StreamBlock):
    """A few short parts: the home page is no place for long texts."""

    heading = blocks.CharBlock(
        label=_("Subheading"), max_length=100, icon="title", template="pages/blocks/heading.html"
    )
    paragraph = blocks.RichTextBlock(
        label=_("Paragraph"),
        features=["bold", "italic", "link", "ul"],
        template="pages/blocks/paragraph.html",
    )
    quote = blocks.StructBlock(
        [
            ("text", blocks.TextBlock(label=_("Text"), max_length=400)),
            ("source", blocks.CharBlock(label=_("Who said it"), max_length=120, required=False)),
        ],
        label=_("Quote"),
        icon="openquote",
        template="pages/blocks/quote.html",
    )

    class Meta:
        max_num = 8
