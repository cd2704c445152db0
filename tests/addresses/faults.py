"""What may be wrong with the answers of one address, whatever the table says of them."""

from collections.abc import Iterator, Mapping

from django.http import HttpResponseBase

from tests.addresses.asking import Asker
from tests.addresses.routes import DESK
from tests.addresses.table import OTHER

Given = Mapping[tuple[str, str], HttpResponseBase]  # by method and role

FAILS_ON_PURPOSE = "/beheer/failwhale/"  # of Wagtail, for who wants to see what a fault looks like
REFUSED = {"login", "401", "403", "404", "405"}
VOLATILE = ("Expires", "Last-Modified", "X-Request-ID")

END_AT_THE_DOOR = ("/account/confirm-email/{confirmation}/", f"/{DESK}logout/")  # after it was done
# Whoever looks at a page leaves this behind, also who asks with HEAD: by the beginning of the address, the tables.
LEFT_BY_LOOKING = {
    "/account/": {
        "accounts_login"
    },  # what the page has to remember, in one's own log-in or for the way through the door
    "/intervisie/": {"intervisie_entry", "intervisie_session"},  # the room opens when somebody first comes in
    f"/{DESK}": {
        "wagtailadmin_editingsession",
        "wagtailcore_pagesubscription",
        "wagtailimages_image",  # the size of a file that had none noted
        "wagtailsearch_indexentry",
        "wagtailusers_userprofile",
    },
}


def faults_of(asker: Asker, address: str, given: Given) -> Iterator[str]:
    """A sentence about each: failures, secrets of others, what was written without a right or by looking."""
    path = asker.path(address)
    for (method, role), answer in given.items():
        for secret in asker.leaks(answer, path, role):
            yield f"{method} {address} shows the {secret} to the {role}"
        if answer.status_code >= 500 and address != FAILS_ON_PURPOSE:
            yield f"{method} {address} fails for the {role}"
        word = asker.word(answer, address)
        if tables := wrongly_written(method, address, word, answer.wrote):  # type: ignore[attr-defined]
            yield f"{method} {address} by the {role} writes into {', '.join(sorted(tables))}"
        if method == "HEAD" and (differs := differences(given["GET", role], answer)):
            yield f"HEAD {address} by the {role} differs from GET in {', '.join(differs)}"
        if method in (*OTHER, "OPTIONS") and says_more(asker, address, given, method, role):
            yield f"{method} {address} tells the {role} more than GET or PUT"


def wrongly_written(method: str, address: str, word: str, wrote: set[str]) -> set[str]:
    """Tables that may not change: any for who is refused, most by looking, none where something is done."""
    if method == "OPTIONS" or word in REFUSED - {"login"}:
        return wrote
    if method in ("GET", "HEAD") or (word == "login" and address not in END_AT_THE_DOOR):
        left = (tables for start, tables in LEFT_BY_LOOKING.items() if address.startswith(start))
        return wrote - next(left, set())
    return set()


def differences(got: HttpResponseBase, head: HttpResponseBase) -> list[str]:
    """In what the answer to HEAD is not that to GET without its text."""
    parts = {"status": got.status_code == head.status_code, "text": head.text_shown == b""}  # type: ignore[attr-defined]
    parts["cookies"] = got.cookies.keys() == head.cookies.keys()
    names = {name for answer in (got, head) for name in answer.headers} - {*VOLATILE}
    return [name for name, same in parts.items() if not same] + sorted(
        name for name in names if got.get(name) != head.get(name)
    )


def says_more(asker: Asker, address: str, given: Given, method: str, role: str) -> bool:
    """Whether who is refused with GET is let in, or a refusal reads otherwise for one than for a visitor."""
    answer = given[method, role]
    if answer.status_code == 405:
        return answer.text_shown != given["PUT", "visitor"].text_shown  # type: ignore[attr-defined]
    return (
        asker.word(given["GET", role], address) in REFUSED - {"405"}
        and asker.word(answer, address) not in REFUSED
    )
