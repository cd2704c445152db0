"""Finds words that look like somebody's name, so that a case can be told without names. A nudge, never a verdict."""

import re
from collections.abc import Iterable

_PREFIX = r"(?:(?:van|de|der|den|ten|ter|te|het|'t|’t|op|el|al|la|le|du|von)\s+){1,3}"
_NAME = r"[A-ZÀ-Þ][\w’'-]*[\wà-ÿ]"
_CERTAIN = (
    re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w"),
    re.compile(r"(?<!\d)(?:\+31|0031|0)[\s-]?(?:\(0\))?(?:\d[\s-]?){8,9}(?!\d)"),
    re.compile(
        rf"\b(?:[Mm]evrouw|[Mm]eneer|[Dd]e heer|[Mm]evr\.|[Mm]w\.|[Dd]hr\.|Mrs?\.?|Ms\.?)\s+(?:{_PREFIX})?{_NAME}(?:\s+{_NAME})?"
    ),
)
# Looking ahead, so that "Toen Karin Smit" gives both "Toen Karin" and "Karin Smit".
_TWO_CAPITALS = re.compile(rf"\b(?=(({_NAME})\s+(?:{_PREFIX})?({_NAME})))")

# What has a capital because a sentence starts with it, or as the first word of a place.
_STARTS = frozenset(
    """
    aan als alle bij daar daarna dat de deze die dit door dus een eerst en er gisteren groot haar had heb heeft het hier
    hij hoe hun ik in is je jij jullie kan klein kunnen maar met mijn na naar niet nieuwe noord nu of om omdat ook oost
    op oude over samen sinds soms te tijdens toch toen tot tussen uit van vanaf vanuit veel volgens voor vooral vorig
    waar waarom wanneer wat we welke wel west wie wij wil zal ze zij zijn zo zodra zuid
    a after an and at before but for from he how in my on our she since that the they this to we what when why with
    """.split()  # noqa: SIM905
)
# What is an organisation, a law or a day, not a person.
_THINGS = frozenset(
    """
    april augustus board college commissie december dinsdag donderdag economic economische februari gemeente gemeenten
    gemeenteraad ggd interbestuurlijk januari jeugdwet juli juni maandag maart maatschappelijk mei metropoolregio
    ministerie nederland nederlandse november oktober omgevingsdienst omgevingswet participatiewet platform programma
    provinciale provincie raad regio rijk rijksdienst rijkswaterstaat september sociale staat stad staten stichting
    team uwv veiligheidsregio vereniging vng vrijdag waterschap wet woensdag zaterdag zondag
    """.split()  # noqa: SIM905
)


def words_like_names(text: str, known: Iterable[str] = ()) -> list[str]:
    """The places in `text` that look like a person's name, address or number, each once, in order of appearance.

    `known` are names of people around the writer: those are found even where they stand alone.
    """
    found = [
        (match.start(), match.group().strip()) for pattern in _CERTAIN for match in pattern.finditer(text)
    ]
    for match in _TWO_CAPITALS.finditer(text):
        words, first, last = match.groups()
        if first.lower() not in _STARTS | _THINGS and last.lower() not in _THINGS:
            found.append((match.start(), words))
    for name in known:
        found += [(match.start(), name) for match in re.finditer(rf"\b{re.escape(name)}\b", text)]
    return _without_parts(dict.fromkeys(words for _, words in sorted(found)))


def _without_parts(names: Iterable[str]) -> list[str]:
    """Leaves out what is already inside a longer one: "Jan" beside "Jan de Vries"."""
    names = list(names)
    return [name for name in names if not any(name != other and name in other for other in names)]
