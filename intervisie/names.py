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

# A capital at the start of a sentence, or of an organisation, makes no person.
_NOT_A_NAME = frozenset(
    """
    aan als alle bij daar daarna dat de deze die dit door dus een eerst en er gisteren haar had heb heeft het hier hij
    hoe hun ik in is je jij jullie kan komend kunnen maar met mijn na naar niet nu of om omdat ook op over samen sinds
    soms te tijdens toch toen tot tussen uit van vanaf veel vanuit volgens voor vooral vorig waar waarom wanneer wat we
    welke wel wie wij wil zal ze zij zijn zo zodra
    the a an in on at when what how why we he she they my our this that after before since with for from to and but
    commissie college economic economische gemeente gemeenten gemeenteraad ggd interbestuurlijk maatschappelijk
    metropoolregio ministerie nederland nederlandse omgevingsdienst participatiewet omgevingswet jeugdwet wet platform
    provincie provinciale raad regio rijk rijksdienst rijkswaterstaat staten stichting team uwv veiligheidsregio vereniging
    vng waterschap noord oost west zuid nieuwe oude groot klein sociale stad januari februari maart april mei juni juli
    augustus september oktober november december maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
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
        if _NOT_A_NAME.isdisjoint((first.lower(), last.lower())):
            found.append((match.start(), words))
    for name in known:
        found += [(match.start(), name) for match in re.finditer(rf"\b{re.escape(name)}\b", text)]
    return _without_parts(dict.fromkeys(words for _, words in sorted(found)))


def _without_parts(names: Iterable[str]) -> list[str]:
    """Leaves out what is already inside a longer one: "Jan" beside "Jan de Vries"."""
    names = list(names)
    return [name for name in names if not any(name != other and name in other for other in names)]
