"""The leerkring of the demo and its meetings. Days are counted from the day the demo is loaded."""

from typing import NamedTuple


class Item(NamedTuple):
    pillar: str
    title: str
    minutes: int
    owner: str
    description: str
    guest: str = ""
    place: str = ""


class DemoMeeting(NamedTuple):
    slug: str
    kind: str
    city: str
    days: int  # from today; the day is moved to the Thursday of that week
    starts: tuple[int, int]
    venue: str
    address: str
    welcome: str
    items: list[Item]
    online: bool = False


TITLE = "Slim samenwerken in regionale netwerken"
SLUG = "slim-samenwerken"
QUESTION = "Hoe stuur je mee in een netwerk waar niemand de baas is?"
INTRO = (
    "Mensen van gemeenten en hun partners leren van elkaar, elke keer in een andere stad. "
    "We kijken naar samenwerken binnen de gemeente, met de buurgemeenten en met de samenleving."
)
BODY = [
    ("heading", "Waarom deze leerkring"),
    (
        "paragraph",
        "<p>Steeds vaker werken gemeenten samen in een verband dat verandert: voor zorg, voor werk, voor wonen, "
        "voor energie. Wie stuurt er dan? En hoe houd je de raad aangehaakt? In deze leerkring onderzoeken we dat "
        "aan de hand van wat je zelf meemaakt.</p>",
    ),
    (
        "quote",
        {
            "text": "Ik kom niet voor de presentaties, hoe goed ook. Ik kom omdat iemand mij de vraag stelt die ik zelf "
            "ontweek.",
            "source": "Een deelnemer van het vorige seizoen",
        },
    ),
    ("heading", "Zo werkt het"),
    (
        "paragraph",
        "<p>We beginnen met een informatiebijeenkomst waarin je zonder verplichting onderwerpen inbrengt. Daarna zijn er "
        "vijf bijeenkomsten op locatie. De gaststad maakt een deel van het programma. Elke bijeenkomst heeft vier "
        "vaste onderdelen: de actualiteiten van de dag, intervisie op je eigen aanpak, verdieping met een gast en "
        "een bezoek aan een project dat nu loopt.</p>",
    ),
]
PARTNERS = [
    "G32 Stedennetwerk",
    "Platform Middelgrote Gemeenten",
    "VNG-netwerk Regionaal Organiseren",
    "Erasmus Universiteit Rotterdam, Bestuurskunde",
]
HARVEST = [
    ("Zwolle", "Vraag eerder om hulp dan om instemming."),
    ("Deventer", "Een besluit is pas van ons als het ook bij ons in de raad landt."),
]


def _day(news: str, deepening: tuple[str, str, str], visit: tuple[str, str], owner: str) -> list[Item]:
    title, guest, text = deepening
    project, about = visit
    return [
        Item("news", "Actualiteiten van de dag", 45, "Marjan Postmus", news),
        Item("break", "Koffie", 15, "", ""),
        Item(
            "intervisie",
            "Intervisie op de aanpak",
            90,
            "Erik Smit",
            "Twee tafels, twee casussen. Wie een casus wil inbrengen, zet hem vooraf klaar.",
        ),
        Item("break", "Lunch", 60, "", ""),
        Item("deepening", title, 75, "Marjan Postmus", text, guest=guest),
        Item("visit", project, 90, owner, about),
    ]


MEETINGS = [
    DemoMeeting(
        "informatiebijeenkomst-utrecht",
        "information",
        "Utrecht",
        -100,
        (13, 30),
        "Vergadercentrum Vredenburg",
        "Vredenburg 19",
        "Kom vrijblijvend kijken. Samen met wetenschappers en mensen uit de praktijk zetten we de onderwerpen op de agenda.",
        [
            Item(
                "news",
                "Wat speelt er bij jullie?",
                45,
                "Marjan Postmus",
                "Iedereen brengt één onderwerp mee.",
            ),
            Item(
                "deepening",
                "Sturen in netwerken: wat weten we?",
                60,
                "Marjan Postmus",
                "",
                guest="Bestuurskundige",
            ),
            Item("break", "Pauze", 15, "", ""),
            Item(
                "other",
                "De agenda maken",
                60,
                "Marjan Postmus",
                "We kiezen samen de thema's van de vijf bijeenkomsten.",
            ),
        ],
    ),
    DemoMeeting(
        "zwolle",
        "meeting",
        "Zwolle",
        -72,
        (9, 30),
        "Stadhuis",
        "Grote Kerkplein 15",
        "Welkom in Zwolle. We laten zien hoe het is om de grootste te zijn in een netwerk van gelijken.",
        _day(
            "Nieuwe afspraken tussen Rijk en regio: wat merk jij ervan?",
            (
                "De grote tussen de kleinen",
                "Onderzoeker regionale netwerken",
                "Over invloed zonder doorzettingsmacht.",
            ),
            ("Projectbezoek: Spoorzone", "Hoe negen partijen één plan kregen, en wat het onderweg kostte."),
            "Saskia Visser",
        ),
    ),
    DemoMeeting(
        "deventer",
        "meeting",
        "Deventer",
        -37,
        (9, 30),
        "Stadskantoor",
        "Grote Kerkhof 1",
        "Deventer ontvangt jullie aan de IJssel, met een vraag waar we zelf nog niet uit zijn.",
        _day(
            "Publicaties van deze maand, en wat we ermee kunnen.",
            (
                "De raad in de regio",
                "Griffier en onderzoeker",
                "Hoe houd je volksvertegenwoordigers aan tafel?",
            ),
            ("Projectbezoek: Havenkwartier", "Maken, wonen en besturen in een oud havengebied."),
            "Fatma Bakker",
        ),
    ),
    DemoMeeting(
        "kampen",
        "meeting",
        "Kampen",
        19,
        (9, 30),
        "Stadskazerne",
        "Oudestraat 216",
        "Kampen laat zien hoe zes partners één besluit namen over water, natuur en wonen. Trek schoenen aan die nat mogen worden.",
        _day(
            "Wat speelt er bij jullie? Zet het vooraf klaar, dan nemen we de tijd voor wat schuurt.",
            (
                "Sturen in netwerken",
                "Hoogleraar bestuurskunde",
                "Eerst een korte inleiding, daarna aan het werk in drietallen.",
            ),
            ("Projectbezoek: Reevediep", "De gastheer laat zien hoe zes partners één besluit namen."),
            "Joris Kok",
        ),
        online=True,
    ),
    DemoMeeting(
        "meppel",
        "meeting",
        "Meppel",
        61,
        (9, 30),
        "Schouwburg Ogterop",
        "Zuideinde 70",
        "Meppel ligt in Drenthe en kijkt naar Zwolle. Wat betekent dat voor samenwerken over een provinciegrens?",
        _day(
            "Eén bericht per persoon, twee minuten.",
            (
                "Twee provincies, één regio",
                "Adviseur interbestuurlijk toezicht",
                "Over grenzen die op papier vastliggen.",
            ),
            ("Projectbezoek: Havenplan", "Een binnenhaven als gezamenlijk belang."),
            "Ruben Hoekstra",
        ),
    ),
    DemoMeeting(
        "enschede",
        "meeting",
        "Enschede",
        103,
        (9, 30),
        "Performance Factory",
        "Hoge Bothofstraat 45",
        "De laatste bijeenkomst van dit seizoen is in Twente. We kijken terug en kiezen waar we mee verdergaan.",
        _day(
            "Wat is er dit jaar bij jou veranderd?",
            (
                "Wat blijft er over?",
                "Onderzoeker leren in netwerken",
                "Van mooie dagen naar andere gewoonten.",
            ),
            ("Projectbezoek: Kennispark", "Overheid, ondernemers en onderwijs op één terrein."),
            "Noor van Aalst",
        ),
    ),
]
