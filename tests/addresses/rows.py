"""Which addresses the tables ask: every route, with the things of the scene in the place of its parameters."""

import re
from collections.abc import Iterator
from itertools import product

from tests.addresses.routes import DESK, all_routes

NOTHING = {
    "int": "no number",
    "uuid": "no id",
    "slug": "no word",
    "wagtail_slug": "no word",
    "str": "no word",
    "path": "no number",
}
NOTHING_IS = {"no number": "987654321", "no id": "00000000-0000-4000-8000-000000000000", "no word": "nergens"}

# What a parameter stands for in the routes that begin so; the first line that fits counts. "-" is what is not there.
STANDS_FOR: list[tuple[str, str, str]] = [
    ("kring/<wagtail_slug:slug>/bijeenkomst/", "slug", "{kring} {andere}"),
    (
        "kring/<wagtail_slug:slug>/bijeenkomst/",
        "meeting_slug",
        "{day} {members day} {draft day} {others day}",
    ),
    ("kring/<wagtail_slug:slug>/leden/<", "slug", "{kring} {andere}"),
    ("kring/<wagtail_slug:slug>/verzoeken/<", "slug", "{kring} {andere}"),
    ("kring/", "slug", "{kring} {besloten} {andere} -"),
    ("kring/<wagtail_slug:slug>/leden/", "pk", "{membership} -"),
    ("kring/<wagtail_slug:slug>/verzoeken/", "pk", "{request} {membership}"),
    ("intervisie/methoden/", "method_id", "INC6 -"),
    ("intervisie/casussen/", "pk", "{case} -"),
    ("intervisie/", "pk", "{planned} {running} {over} -"),
    ("intervisie/", "seat", "{seat}"),
    ("intervisie/", "guest", "{guest}"),
    ("uitnodigen/", "pk", "{invitation} -"),
    ("uitnodiging/", "token", "{token} -"),
    ("mail/afmelden/", "token", "{unsubscribe} -"),
    ("media/images/", "name", "{picture} -"),
    ("postbus/", "name", "-"),
    ("postbus/", "number", "-"),
    ("account/2fa/logins/", "handle", "{login} -"),
    ("account/2fa/webauthn/keys/", "pk", "{passkey} -"),
    ("documenten/authenticate_with_password/", "restriction_id", "-"),
    ("beheer/django/r/", "content_type_id", "{people type}"),
    ("beheer/django/r/", "object_id", "{person}"),
    ("beheer/django/accounts/user/", "object_id", "{person} -"),
    ("beheer/django/accounts/invitation/", "object_id", "{invitation}"),
    ("beheer/django/mfa/", "object_id", "{second step}"),
    ("beheer/django/post/letter/", "object_id", "{letter}"),
    ("beheer/django/account/emailaddress/", "object_id", "{address}"),
    ("beheer/django/wagtaildocs/", "object_id", "{document}"),
    ("beheer/django/wagtailimages/", "object_id", "{image}"),
    ("beheer/django/taggit/", "object_id", "{tag}"),
    ("beheer/django/django_tasks_database/", "object_id", "{task result}"),
    ("beheer/django/auth/group/", "object_id", "{group}"),
    ("beheer/api/main/^pages/", "pk", "{kring page} {news page} {andere page}"),
    ("beheer/api/main/^pages/", "action_name", "-"),
    ("beheer/api/main/^documents/", "pk", "{document}"),
    ("beheer/api/main/^images/", "pk", "{image}"),
    ("beheer/pages/workflow/", "page_id", "{kring page}"),
    ("beheer/pages/", "parent_page_id", "{kring page} {news page} {andere page}"),
    ("beheer/", "parent_page_id", "{kring page} {andere page}"),
    ("beheer/pages/<int:page_id>/revisions/<", "page_id", "{kring page} {andere page}"),
    ("beheer/pages/<int:page_id>/workflow_history/", "page_id", "{kring page} {andere page}"),
    ("beheer/pages/<int:page_id>/edit/", "page_id", "{kring page} {news page} {andere page} -"),
    ("beheer/pages/", "page_id", "{kring page} {news page} {andere page}"),
    ("beheer/pages/", "page_to_move_id", "{day page} {others day page}"),
    ("beheer/pages/", "destination_id", "{kring page} {andere page}"),
    ("beheer/pages/", "revision_id", "{revision}"),
    ("beheer/pages/", "content_type_app_name", "communities"),
    ("beheer/pages/", "content_type_model_name", "meetingpage -"),
    ("beheer/pages/create/", "app_label", "communities"),
    ("beheer/pages/create/", "model_name", "meetingpage -"),
    ("beheer/pages/workflow/", "action_name", "approve"),
    ("beheer/pages/workflow/", "task_state_id", "-"),
    ("beheer/pages/", "task_id", "{task}"),
    ("beheer/pages/", "workflow_state_id", "-"),
    ("beheer/tag-autocomplete/", "app_name", "taggit"),
    ("beheer/tag-autocomplete/", "model_name", "tag"),
    ("beheer/collections/", "pk", "{collection}"),
    ("beheer/collections/", "collection_id", "{collection}"),
    ("beheer/workflows/tasks/", "pk", "{task}"),
    ("beheer/workflows/", "pk", "{workflow}"),
    ("beheer/workflows/", "page_pk", "{kring page}"),
    ("beheer/workflows/", "workflow_pk", "{workflow}"),
    ("beheer/workflows/tasks/add/", "app_label", "wagtailcore"),
    ("beheer/workflows/tasks/add/", "model_name", "groupapprovaltask -"),
    ("beheer/workflows/task_chooser/", "task_id", "{task}"),
    ("beheer/editing-sessions/", "app_label", "wagtailcore"),
    ("beheer/editing-sessions/", "model_name", "page"),
    ("beheer/editing-sessions/", "object_id", "{kring page} {andere page}"),
    ("beheer/editing-sessions/", "session_id", "-"),
    ("beheer/forms/", "page_id", "{kring page}"),
    ("beheer/redirects/", "redirect_id", "{redirect}"),
    ("beheer/settings/", "app_name", "-"),
    ("beheer/settings/", "model_name", "-"),
    ("beheer/settings/", "pk", "-"),
    ("beheer/documents/", "document_id", "{document}"),
    ("beheer/documents/", "doc_id", "{document}"),
    ("beheer/documents/", "pk", "{document} -"),
    ("beheer/", "uploaded_file_id", "-"),
    ("beheer/images/", "image_id", "{image}"),
    ("beheer/images/", "filter_spec", "width-480 -"),
    ("beheer/images/", "pk", "{image} -"),
    ("beheer/snippets/", "pk", "{theme} -"),
    ("beheer/sites/", "pk", "{site}"),
    ("beheer/users/", "pk", "{person}"),
    ("beheer/groups/", "pk", "{group}"),
    ("beheer/password_reset/", "uidb64", "-"),
    ("beheer/password_reset/", "token", "-"),
]

BULK = {
    "wagtailcore/page": ("delete move publish unpublish", "kring page; news page; andere page"),
    "wagtaildocs/document": ("add_tags add_to_collection delete", "document"),
    "wagtailimages/image": ("add_tags add_to_collection delete", "image"),
    "accounts/user": ("assign_role delete set_active_state", "person"),
    "knowledge/theme": ("delete", "theme"),
}

# Routes that say less than is asked of them: expressions, pages, and what searches.
WRITTEN_OUT: dict[str, list[str]] = {
    r"^((?:[\w\-]+/)*)$": [
        "/",
        "/leerkringen/",
        *(f"/leerkringen/{{{each}}}/" for each in ("kring", "besloten", "andere", "no word")),
        *(f"/leerkringen/{{kring}}/{{{each}}}/" for each in ("day", "members day", "draft day", "no word")),
        "/leerkringen/{besloten}/dichte-dag/",
        "/leerkringen/{andere}/{others day}/",
        "/kennis/",
        "/kennis/actualiteiten/",
        "/kennis/publicaties/",
        *(f"/kennis/actualiteiten/{{{each}}}/" for each in ("open news", "news", "draft news", "no word")),
        "/kennis/actualiteiten/ginds-nieuws/",
        "/kennis/publicaties/{report}/",
        "/{no word}/",
    ],
    r"documenten/^(\d+)/(.*)$": ["/documenten/{document}/{file}", "/documenten/{no number}/{file}"],
    r"^foto/(?P<person>\d{1,18})/(?P<name>[0-9a-f]{32}\.webp)$": [
        "/foto/{person}/{photo}",
        "/foto/{no number}/{photo}",
    ],
    r"account/^confirm-email/(?P<key>[-:\w]+)/$": [
        "/account/confirm-email/{confirmation}/",
        "/account/confirm-email/{no word}/",
    ],
    r"account/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": [
        "/account/password/reset/key/{who forgot}-{reset}/",
        "/account/password/reset/key/{who forgot}-{no word}/",
    ],
    # Of Wagtail's page privacy, which is off; the addresses of pages come before it.
    "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/": [],
    "zoeken/": ["/zoeken/", "/zoeken/?q={wanted}"],
    "zoeken/terwijl-je-typt/": ["/zoeken/terwijl-je-typt/", "/zoeken/terwijl-je-typt/?q={wanted}"],
    r"beheer/django/(?P<url>.*)$": ["/beheer/django/{no word}"],
    "beheer/^.*/$": ["/beheer/{no word}/"],
    r"beheer/pages/^(?P<pk>\d+)/revisions/compare/(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$": [
        f"/beheer/pages/{{{page}}}/revisions/compare/live...latest/"
        for page in ("kring page", "news page", "andere page")
    ],
    "beheer/bulk/<str:app_label>/<str:model_name>/<str:action>/": [
        "/beheer/bulk/wagtailcore/page/{no word}/",
        *(
            f"/beheer/bulk/{model}/{verb}/?" + "&".join(f"id={{{thing}}}" for thing in things.split("; "))
            for model, (verbs, things) in BULK.items()
            for verb in verbs.split()
        ),
    ],
}

# Lists at the desk in which one can search.
for _list in (
    "django/accounts/user/",
    "django/account/emailaddress/",
    "django/post/letter/",
    "pages/search/",
    "pages/search/results/",
    "choose-page/search/",
    "documents/",
    "images/",
    "users/",
    "users/results/",
    "documents/chooser/results/",
    "images/chooser/results/",
):
    WRITTEN_OUT[f"beheer/{_list}"] = [f"/beheer/{_list}", f"/beheer/{_list}?q={{wanted}}"]
for _list in ("pages", "documents", "images"):
    WRITTEN_OUT[f"beheer/api/main/^{_list}/"] = [
        f"/beheer/api/main/{_list}/",
        f"/beheer/api/main/{_list}/?search={{wanted}}&fields=*",
    ]

_PARAMETER = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
_THING = re.compile(r"{[^}]+}|\S+")
_CHOICE = re.compile(r"\(\?P<\w+>(\w+(?:\|\w+)+)\)")


def rows_of(part: str) -> Iterator[tuple[str, str]]:
    """Every (route, address) of a table. An address holds names of things between braces."""
    for route in all_routes():
        if route.startswith(DESK) == (part == "desk"):
            yield from ((route, address) for address in addresses(route))


def addresses(route: str) -> list[str]:
    """The addresses asked of one route. Raises LookupError where a parameter is not known here yet."""
    if route in WRITTEN_OUT:
        return WRITTEN_OUT[route]
    if choice := _CHOICE.search(route):
        return [one for word in choice[1].split("|") for one in addresses(route.replace(choice[0], word))]
    parameters = list(_PARAMETER.finditer(route))
    plain = re.sub(r"[\^$]", "", route)
    if re.search(r"[()*\\]", plain):
        raise LookupError(f"{route}: an expression; write out in tests/addresses/rows.py what to ask of it")
    found = []
    for things in product(*(list(_things(route, one)) for one in parameters)):
        address = plain
        for one, thing in zip(parameters, things, strict=True):
            address = address.replace(one[0], thing, 1)
        found.append(f"/{address}")
    return found


def _things(route: str, parameter: re.Match[str]) -> Iterator[str]:
    fitting = [
        things for start, name, things in STANDS_FOR if name == parameter["name"] and route.startswith(start)
    ]
    if not fitting:
        raise LookupError(f"{route}: say in tests/addresses/rows.py what {parameter['name']!r} stands for")
    for thing in _THING.findall(fitting[0]):
        yield f"{{{NOTHING[parameter['kind'] or 'str']}}}" if thing == "-" else thing
