"""The pieces of a mail. Each is text in the text part, and drawn in the designed part: one template makes both."""

import re
from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_GAP = re.compile(r"\n\s*\n")
_LINK = re.compile(r"^https?://\S+$")
_APART = "\n\n"  # between a drawn piece and the words around it


@register.simple_tag(takes_context=True)
def button(context: template.Context, path: str, label: str) -> str:
    """The way to a page of the site: an address in text, a button with this label where it is drawn."""
    address = f"{context['site_url']}{path}"
    return _draw(context, "button", address=address, label=label) if context["html"] else address


@register.tag
def quote(parser: Parser, token: Token) -> "Piece":
    """What somebody wrote: {% quote %}{{ words }}{% endquote %}."""
    return _piece(parser, "quote")


@register.tag
def facts(parser: Parser, token: Token) -> "Piece":
    """What it is about, when and where, a line each, the name first: {% facts %}…{% endfacts %}."""
    return _piece(parser, "facts")


@register.filter(needs_autoescape=True)
def paragraphs(value: str, autoescape: bool = True) -> SafeString:
    """Text into paragraphs; drawn pieces stay as they are. For the base of the designed part."""
    pieces = [piece.strip() for piece in _GAP.split(value)]
    return mark_safe("\n".join(_paragraph(piece) for piece in pieces if piece))  # noqa: S308 - escaped above


class Piece(template.Node):
    """A part of the mail between two tags."""

    def __init__(self, name: str, nodes: NodeList) -> None:
        self.name = name
        self.nodelist = nodes

    def render(self, context: template.Context) -> str:
        content = self.nodelist.render(context).strip()
        if not context["html"]:
            return content
        first, *rest = [mark_safe(line.strip()) for line in content.splitlines() if line.strip()]  # noqa: S308
        return _draw(context, self.name, first=first, rest=rest)


def _piece(parser: Parser, name: str) -> Piece:
    nodes = parser.parse((f"end{name}",))
    parser.delete_first_token()
    return Piece(name, nodes)


def _draw(context: template.Context, name: str, **more: Any) -> SafeString:
    drawn = render_to_string(f"mail/parts/{name}.html", {"light": context["light"], **more})
    return mark_safe(_APART + _GAP.sub("\n", drawn.strip()) + _APART)  # noqa: S308 - a template escaped it


def _paragraph(piece: str) -> str:
    if piece.startswith("<table"):
        return piece
    lines = mark_safe("<br>".join(_line(line) for line in piece.splitlines()))  # noqa: S308
    return format_html('<p style="margin:0 0 18px 0">{}</p>', lines)


def _line(line: str) -> str:
    if _LINK.match(line.strip()):
        return format_html('<a class="link" href="{0}">{0}</a>', mark_safe(line.strip()))  # noqa: S308
    return conditional_escape(mark_safe(line))  # noqa: S308 - the template escaped it
