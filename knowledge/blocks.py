"""What the text of a news item or publication is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock


class FigureBlock(blocks.StructBlock):
    """An image with the words that belong to it: for who does not see it, and below it for all."""

    image = ImageBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=250, required=False)

    class Meta:
        label = _("Image")
        icon = "image"
        template = "knowledge/blocks/figure.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Text"), max_length=500)
    source = blocks.CharBlock(label=_("Who said it"), max_length=150, required=False)

    class Meta:
        label = _("Quote")
        icon = "openquote"
        template = "knowledge/blocks/quote.html"


class Body(blocks.StreamBlock):
    """No documents in the rich text: a file hangs on a publication, so that its readers alone can open it."""

    paragraph = blocks.RichTextBlock(
        label=_("Paragraph"),
        features=["h3", "bold", "italic", "link", "ul", "ol"],
        template="knowledge/blocks/paragraph.html",
    )
    heading = blocks.CharBlock(
        label=_("Subheading"), max_length=120, icon="title", template="knowledge/blocks/heading.html"
    )
    quote = QuoteBlock()
    image = FigureBlock()


class RelatedItems(blocks.StreamBlock):
    item = blocks.PageChooserBlock(
        label=_("News item or publication"), page_type=["knowledge.NewsPage", "knowledge.PublicationPage"]
    )

    class Meta:
        max_num = 5
