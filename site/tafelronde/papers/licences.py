"""Whose work we use besides code, and under which licence. A test compares this list with what the folders hold."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Work(NamedTuple):
    """Something that somebody made. `files` are patterns under a folder `static` or `data` of any part."""

    name: str
    what: str | Promise
    maker: str
    licence: str
    licence_url: str
    url: str
    files: tuple[str, ...]


OFL = "https://openfontlicense.org/open-font-license-official-text/"

WORKS = (
    Work(
        "Source Serif 4",
        _("headings"),
        "The Source Serif 4 Project Authors (Adobe)",
        "SIL OFL 1.1",
        OFL,
        "https://github.com/adobe-fonts/source-serif",
        ("fonts/source-serif-4*.woff2", "fonts/OFL-source-serif-4.txt"),
    ),
    Work(
        "Atkinson Hyperlegible",
        _("running text"),
        "Braille Institute of America",
        "SIL OFL 1.1",
        OFL,
        "https://www.brailleinstitute.org/freefont/",
        ("fonts/atkinson-hyperlegible-*.woff2", "fonts/OFL-atkinson-hyperlegible.txt"),
    ),
    Work(
        "Lucide",
        _("icons; the round table among them is our own"),
        "Lucide Icons and Contributors",
        "ISC",
        "https://lucide.dev/license",
        "https://lucide.dev",
        ("img/icons.svg", "img/LICENSE-lucide.txt"),
    ),
    Work(
        "GeoNames",
        _("Dutch places, and the map in dots that is made of them"),
        "GeoNames",
        "CC BY 4.0",
        "https://creativecommons.org/licenses/by/4.0/",
        "https://www.geonames.org",
        ("communities/netherlands.svg", "places_nl.csv"),
    ),
    Work(
        "Tafelronde",
        _("logo and drawings of the table"),
        "Tafelronde",
        "EUPL-1.2",
        "https://eupl.eu/1.2/en/",
        "",
        ("img/logo.svg", "img/favicon.svg", "img/favicon.png", "img/apple-touch-icon.png"),
    ),
)
