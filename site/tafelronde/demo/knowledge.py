"""News and publications of the demo. The publications exist; the news is invented."""

from typing import NamedTuple


class DemoNews(NamedTuple):
    slug: str
    title: str
    days_ago: int
    region: str
    themes: list[str]
    intro: str
    paragraphs: list[str]
    members_only: bool = False


class DemoPublication(NamedTuple):
    slug: str
    title: str
    authors: str
    publisher: str
    year: int
    kind: str
    themes: list[str]
    intro: str


THEMES = {
    "sturing": ("Sturing", "Steering"),
    "raad": ("De raad", "The council"),
    "arbeidsmarkt": ("Arbeidsmarkt", "Labour market"),
    "leren": ("Leren van elkaar", "Peer learning"),
    "regio": ("Regio", "Region"),
}

NEWS = [
    DemoNews(
        "een-besluit-zes-partners",
        "Zes partners, één besluit: dit hielp",
        3,
        "Kampen",
        ["sturing", "regio"],
        "In Kampen namen zes organisaties in één week hetzelfde besluit. De projectleider vertelt wat daarvoor nodig was.",
        [
            "Het begon met een lijst van alles waar de partners het níet over eens waren. Die lijst werd elke maand "
            "korter, en wie iets schrapte moest vertellen waarom.",
            "“We hebben nooit gestemd”, zegt de projectleider. “We hebben steeds gevraagd: wat heb jij nodig om "
            "hiermee thuis te kunnen komen?”",
            "Tijdens de bijeenkomst in Kampen laat hij zien hoe dat er op papier uitzag.",
        ],
    ),
    DemoNews(
        "raad-eerder-aan-tafel",
        "De raad eerder aan tafel: drie manieren die werken",
        8,
        "Deventer",
        ["raad"],
        "Raden horen vaak pas van een regionaal plan als het af is. Deze drie gemeenten draaiden het om.",
        [
            "Een raadswerkgroep over gemeentegrenzen heen, een vaste plek op de agenda en een startnotitie van één "
            "bladzijde: het zijn geen grote ingrepen.",
            "Wat ze delen: de raad krijgt de vraag te zien voordat er een antwoord is. Dat vraagt van bestuurders dat "
            "ze zonder uitgewerkt voorstel durven komen.",
        ],
    ),
    DemoNews(
        "arbeidsmarktregio-een-agenda",
        "Zo kwam de arbeidsmarktregio aan één agenda",
        12,
        "Zwolle",
        ["arbeidsmarkt", "regio"],
        "Drie lessen van beleidsmedewerkers uit acht gemeenten.",
        [
            "Les één: begin met de mensen om wie het gaat, niet met de organisaties. Les twee: spreek af wat lokaal "
            "blijft. Les drie: laat elke partner iets leiden.",
            "“Vooral die tweede afspraak gaf lucht”, zegt een van hen. “Daarna durfden we ook iets los te laten.”",
        ],
    ),
    DemoNews(
        "intervisie-zonder-advies",
        "Een half uur zonder advies",
        17,
        "Meppel",
        ["leren"],
        "Wat er gebeurt als een groep professionals een half uur lang alleen maar vragen stelt.",
        [
            "Bijna iedereen vindt het lastig: luisteren zonder mee te denken. Toch noemen de deelnemers dit het "
            "deel waar ze het meest aan hadden.",
            "De begeleider geeft één tip: schrijf je advies op, leg het weg en stel de vraag die eronder zit.",
        ],
    ),
    DemoNews(
        "gastheer-zijn",
        "Gastheer zijn: dit vragen we van een gaststad",
        24,
        "",
        ["leren"],
        "Een zaal, een lunch en een project dat nog niet af is. Meer is het niet, en juist dat laatste telt.",
        [
            "Een goed projectbezoek laat zien waar het nog schuurt. Vraag een collega die er middenin zit om te "
            "vertellen, en vraag haar om ook te zeggen wat niet lukt.",
            "Reken op een halve dag voorbereiding samen met de organisatie van de leerkring.",
        ],
    ),
    DemoNews(
        "twee-provincies",
        "Samenwerken over een provinciegrens",
        31,
        "Meppel",
        ["regio", "sturing"],
        "Meppel hoort op de kaart bij Drenthe en in de praktijk vaak bij Zwolle. Wat betekent dat in een gewone week?",
        [
            "Twee subsidieregelingen, twee verkeersmodellen en twee bestuurlijke kalenders. De oplossing was verrassend "
            "klein: één gedeelde agenda en een vaste beller.",
        ],
    ),
    DemoNews(
        "kleine-gemeenten-tempo",
        "Kleine gemeenten, groot tempo?",
        40,
        "Hardenberg",
        ["sturing"],
        "Hoe houd je een kleine ambtelijke organisatie aangehaakt bij een regio die vaart maakt?",
        [
            "Sommige regio's werken met een leenambtenaar: iemand uit een grotere gemeente die een dag in de week bij "
            "een kleinere zit. Niet om werk over te nemen, maar om de vertaling te maken.",
        ],
    ),
    DemoNews(
        "terugblik-deventer",
        "Terugblik op Deventer: de oogst",
        34,
        "Deventer",
        ["leren"],
        "Alleen voor leden: wat we in Deventer opschreven en wie wat oppakt.",
        [
            "Aan twee tafels bespraken we een eigen casus. Wat daar gezegd is blijft daar; wat we samen leerden staat hier.",
            "Afgesproken: in Kampen begint iedereen met één zin over wat hij sindsdien anders deed.",
        ],
        members_only=True,
    ),
]

PUBLICATIONS = [
    DemoPublication(
        "maak-verschil",
        "Maak verschil. Krachtig inspelen op regionaal-economische opgaven",
        "Studiegroep Openbaar Bestuur",
        "Ministerie van Binnenlandse Zaken en Koninkrijksrelaties",
        2016,
        "report",
        ["regio", "sturing"],
        "Over de vraag hoe het openbaar bestuur kan inspelen op wat een regionale economie nodig heeft.",
    ),
    DemoPublication(
        "interbestuurlijk-programma",
        "Interbestuurlijk Programma: programmastart",
        "Rijk, IPO, VNG en Unie van Waterschappen",
        "Rijksoverheid",
        2018,
        "report",
        ["sturing"],
        "De gezamenlijke agenda van gemeenten, provincies, waterschappen en Rijk.",
    ),
    DemoPublication(
        "code-cooperatief-bestuur",
        "Voorstel voor een code voor coöperatief bestuur",
        "Auteur niet vermeld",
        "",
        2017,
        "article",
        ["sturing"],
        "Een voorstel voor spelregels wanneer overheden samen besturen.",
    ),
    DemoPublication(
        "inventarisatie-intergemeentelijke-verbanden",
        "Inventarisatie van intergemeentelijke samenwerkingsverbanden",
        "Auteur niet vermeld",
        "",
        2017,
        "report",
        ["regio"],
        "Welke verbanden zijn er, en hoeveel zijn het er per gemeente?",
    ),
    DemoPublication(
        "werkende-samenwerking",
        "Werkende samenwerking",
        "Denktank VNG",
        "Vereniging van Nederlandse Gemeenten",
        2018,
        "report",
        ["regio", "raad"],
        "Handreiking van de VNG-denktank, met vragen voor je eigen tafel.",
    ),
    DemoPublication(
        "stap-over-je-eigen-grens",
        "Stap over je eigen grens",
        "Proeftuin Regio Zwolle",
        "Regio Zwolle",
        2015,
        "report",
        ["regio", "leren"],
        "Wat een netwerk van gemeenten leerde toen het over de eigen grenzen heen ging werken.",
    ),
    DemoPublication(
        "regio-zwolle-stapt-over-eigen-grenzen",
        "Regio Zwolle stapt over eigen grenzen",
        "Regio Zwolle",
        "Regio Zwolle",
        2018,
        "report",
        ["regio"],
        "Het vervolg: de stand van een netwerk zonder eigen bestuurslaag.",
    ),
]
