"""The parts of the style page: what each is called, and when to use it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Part:
    """A part of the page; its samples stand in templates/style/<name>.html."""

    name: str
    title: str | Promise
    advice: str | Promise

    @property
    def template(self) -> str:
        return f"style/{self.name}.html"


CONTENTS = [
    Part(
        "colour",
        _("Colour"),
        _(
            "Four hues on paper, each with a meaning. A hue never says something alone: a word or a shape stands beside it."
        ),
    ),
    Part(
        "type",
        pgettext_lazy("letters", "Type"),
        _("Source Serif for what you read, Atkinson Hyperlegible for what you do. One large title per page."),
    ),
    Part(
        "icons",
        _("Icons and drawings"),
        _(
            "A line icon stands beside a word. Drawings of the table are for empty, error, offline and waiting."
        ),
    ),
    Part(
        "buttons",
        _("Buttons"),
        _("One full button per view. The others are quiet or plain. A button says what happens: a verb."),
    ),
    Part("links", _("Links"), _("A link goes somewhere, a button does something.")),
    Part(
        "fields",
        _("Fields"),
        _(
            "The label stands above, help between label and field, an error above the field. Mark what is optional, not what is required."
        ),
    ),
    Part(
        "choices",
        _("Choices"),
        _("Radio buttons for one of a few, check boxes for several. From eight on a list to choose from."),
    ),
    Part(
        "errors",
        _("Errors in a form"),
        _("Say what is wrong and what to do, at the place and once on top. What was typed stays."),
    ),
    Part("badges", _("Badges"), _("A state in one or two words.")),
    Part(
        "notices",
        _("Notices"),
        _("For what somebody must know now. Not for decoration: two on a page is one too many."),
    ),
    Part(
        "cards",
        _("Cards"),
        _("A sheet of paper on the table, for one thing that stands by itself. A list is often better."),
    ),
    Part("people", _("People"), _("A circle is a person. Say the name beside it, or aloud.")),
    Part("lists", _("Lists and facts"), _("Rows between hairlines. The first link of a row is its title.")),
    Part("tables", _("Tables"), _("For comparing. On a phone each row becomes a list.")),
    Part("timeline", _("Timeline"), _("The day from top to bottom, each part in the hue of its pillar.")),
    Part(
        "route",
        _("Route and map"),
        _(
            "The host cities in turn and in the country: held, next, to come. The map never stands without its table."
        ),
    ),
    Part(
        "news",
        _("News and reading"),
        _("Two columns like a paper; a text has lines of at most 66 characters."),
    ),
    Part(
        "navigation",
        _("Finding your way"),
        _("Tabs for parts of one subject, filters for a long list, pages for a very long one."),
    ),
    Part(
        "dialog",
        _("Dialog and menu"),
        _("One question, one answer. Nobody should need to open one to read something."),
    ),
    Part("empty", _("Empty, error, waiting"), _("Say what will stand here, and what somebody can do now.")),
    Part(
        "room",
        _("At the table"),
        _("The room shows what this step needs, and nothing else. Hue and word say whose turn it is."),
    ),
]
