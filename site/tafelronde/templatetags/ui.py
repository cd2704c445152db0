"""The tags of the design language (docs/design.md). Their markup is in templates/ui/."""

import re
from functools import cache
from pathlib import Path

from django import forms, template
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.contrib.staticfiles.storage import staticfiles_storage
from django.forms import BaseForm, BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.models import Page

from tafelronde.context import everywhere
from tafelronde.sheets import SHEETS
from tafelronde.storage import HashedStaticFiles

register = template.Library()

STATIC = Path(__file__).parents[1] / "static"
SPRITE = "img/icons.svg"
PILLAR_ICONS = {
    "news": "newspaper",
    "intervisie": "round-table",
    "deepening": "sprout",
    "visit": "building-2",
    "other": "circle-dot",
    "break": "coffee",
}
# A message's level, as Django tags it, says which notice it is.
NOTICES = {
    "debug": ("", "info"),
    "info": ("", "info"),
    "success": ("notice--success", "circle-check"),
    "warning": ("notice--warning", "triangle-alert"),
    "error": ("notice--danger", "circle-alert"),
}


@cache
def icon_names() -> frozenset[str]:
    """The names of all icons in the sprite."""
    return frozenset(re.findall(r'<symbol id="([^"]+)"', (STATIC / SPRITE).read_text()))


@register.simple_tag
def frame(name: str) -> SafeString:
    """A part of the frame that says the same to everybody, drawn once for each language.

    It is told nothing of the request, so that nothing of one reader can show to another.
    """
    draw = _frame.__wrapped__ if settings.DEBUG else _frame
    return draw(name, get_language(), static(SPRITE), frozenset(everywhere().items()))


@cache
def _frame(name: str, language: str, sprite: str, context: frozenset[tuple[str, object]]) -> SafeString:
    """Language and `sprite` are there to tell one drawing from another: the template asks for them itself."""
    return render_to_string(name, dict(context))


def static(name: str) -> str:
    """The address of a static file, without the search through all apps of Django's own function."""
    return staticfiles_storage.url(name)


@register.simple_tag
def sheets(name: str) -> SafeString:
    """Links the sheets that `name` is made of: one joined file in production, each by itself where we build."""
    joined = isinstance(staticfiles_storage, HashedStaticFiles) and not settings.DEBUG
    links = [name] if joined else SHEETS[name]
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((static(link),) for link in links))


@register.simple_tag
def icon(name: str, modifier: str = "") -> SafeString:
    """A line icon, hidden from screen readers: a word stands beside it. Raises ValueError on an unknown name."""
    if name not in icon_names():
        raise ValueError(f"No icon {name!r} in {SPRITE}.")
    return _icon(name, modifier, static(SPRITE))


@cache
def _icon(name: str, modifier: str, sprite: str) -> SafeString:
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        f" icon--{modifier}" if modifier else "",
        sprite,
        name,
    )


@register.simple_tag
def pillar_icon(kind: str) -> SafeString:
    """The icon of a kind of programme item, in the pillar's own hue. Raises KeyError on an unknown kind."""
    return icon(PILLAR_ICONS[kind], f"pillar icon--{kind}")


@register.inclusion_tag("ui/edit.html", takes_context=True)
def edit_link(context: Context, page: Page) -> dict[str, str]:
    """The way to the desk, for who may edit this page there; nothing for anybody else."""
    user = context["request"].user
    editable = page.pk and user.is_authenticated and user.enters_desk
    if not editable or not page.permissions_for_user(user).can_edit():
        return {"address": ""}
    return {"address": reverse("wagtailadmin_pages:edit", args=[page.pk])}


@register.inclusion_tag("ui/avatar.html")
def avatar(user: object, size: str = "", named: bool = False) -> dict[str, object]:
    """A person as a seat: photo or initials. `named` says the name aloud, for where it does not stand beside it."""
    return {"person": user, "size": size, "named": named}


@register.filter
def address(email: str) -> SafeString:
    """An e-mail address that breaks at its signs where it does not fit on a line."""
    pieces = re.split(r"(?=[@.])", email)
    return format_html_join(SafeString("<wbr>"), "{}", ((piece,) for piece in pieces))


@register.inclusion_tag("ui/breadcrumb.html")
def breadcrumb(title: str, url: str = "") -> dict[str, str]:
    """One step of the path to this page; without `url` it is the page itself."""
    return {"title": title, "url": url}


@register.simple_tag
def site_name() -> str:
    """What the site is called, also where a page of Wagtail says the name of the host."""
    return settings.SITE_NAME


@register.inclusion_tag("ui/empty_state.html")
def empty_state(title: str, text: str = "", action_url: str = "", action_label: str = "") -> dict[str, str]:
    """What stands where there is nothing yet: a drawing, a sentence that helps, at most one action."""
    return {"title": title, "text": text, "action_url": action_url, "action_label": action_label}


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField) -> dict[str, object]:
    """Label, help, error and widget of a form field. The widget names help and error in aria-describedby."""
    widget = bound.field.widget
    return {
        "field": bound,
        "single_check": isinstance(widget, forms.CheckboxInput),
        "password": isinstance(widget, forms.PasswordInput),
        # Boxes to tick say so themselves.
        "optional": not bound.field.required
        and not isinstance(widget, forms.CheckboxInput | forms.CheckboxSelectMultiple),
    }


@register.inclusion_tag("ui/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, object]:
    """What is wrong in a form, with a link to each place; nothing where all is well."""
    return {"form": form}


@register.inclusion_tag("ui/notice.html")
def message_notice(message: Message) -> dict[str, object]:
    """A message of django.contrib.messages as a notice."""
    modifier, name = NOTICES.get(message.level_tag, NOTICES["info"])
    return {"message": message, "modifier": modifier, "icon_name": name}


@register.simple_tag(takes_context=True)
def current(context: template.Context, *prefixes: str) -> SafeString:
    """`aria-current` for a link of the main navigation to the first prefix, where this page lies under one of them."""
    path = getattr(context.get("request"), "path", "")
    if not path.startswith(prefixes):
        return SafeString("")
    return format_html(' aria-current="{}"', "page" if path == prefixes[0] else "true")
