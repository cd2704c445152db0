"""Two finished sessions, played out line by line. All that is said is invented.

A script is a list of (who, what, text): `who` is a person's key; `next` lets the facilitator go on. `to` answers the
newest question.
"""

from typing import Any, NamedTuple


class DemoCase(NamedTuple):
    owner: str
    title: str
    situation: str
    own_role: str
    parties: list[str]
    question: str
    outcome: str


class DemoSession(NamedTuple):
    title: str
    method: str
    meeting: str
    facilitator: str
    members: list[str]
    cases: list[DemoCase]
    script: list[tuple[Any, ...]]


TEMPO = DemoCase(
    "saskia",
    "Tempo en de kleine gemeenten",
    "In ons netwerk maken we vaart met een gezamenlijke woonagenda. De kleinere gemeenten knikken in de vergadering en "
    "komen daarna niet meer terug met een besluit. In de stuurgroep zegt niemand er iets van.",
    "Ik ben programmamanager en schrijf de stukken. Ik bel zelf rond, vaak de avond voor de vergadering.",
    ["programmamanager", "stuurgroep", "wethouders van kleine gemeenten", "raadsgriffiers"],
    "Hoe geef ik de kleine gemeenten een stem zonder dat het tempo eruit gaat?",
    "Uiteindelijk heb ik de planning twee maanden verschoven. Dat gaf rust, maar ook verwijten van de grootste gemeente.",
)
SPREIDING = DemoCase(
    "lars",
    "Wie vertegenwoordigt wie",
    "In het regionale overleg zit onze wethouder namens vier gemeenten. De andere drie voelen zich niet gehoord, maar "
    "leveren ook niets aan.",
    "Ik bereid het overleg voor en schrijf het verslag.",
    ["wethouder", "drie buurgemeenten", "regiosecretaris"],
    "Hoe zorg ik dat vertegenwoordigen meer wordt dan een stoel bezet houden?",
    "",
)


def _turns(*lines: tuple[str, str]) -> list[tuple[str, str, str]]:
    return [(who, "say", text) for who, text in lines]


FINISHED = [
    DemoSession(
        "Intervisie in Zwolle",
        "INC6",
        "zwolle",
        "erik",
        ["saskia", "joris", "fatma", "ruben", "ilse"],
        [TEMPO],
        [
            ("saskia", "case", "De kleine gemeenten haken af terwijl wij vaart maken."),
            ("joris", "say", "Bij ons ligt een besluit klaar dat niemand wil ondertekenen."),
            ("fatma", "say", "Mijn wethouder wil trekker zijn, maar de regio zit daar niet op te wachten."),
            ("ruben", "pass", ""),
            ("ilse", "say", "Ik ben regiocoördinator en word steeds vaker scheidsrechter."),
            ("erik", "next", ""),
            ("joris", "vote", "saskia", 2),
            ("fatma", "vote", "saskia", 2),
            ("ruben", "vote", "saskia", 3),
            ("ilse", "vote", "joris", 1),
            ("erik", "next", ""),
            (
                "saskia",
                "say",
                "We werken aan een woonagenda voor twaalf gemeenten. In de stuurgroep is iedereen voor. Daarna blijft "
                "het bij vier gemeenten stil. Ik bel dan rond, maar steeds later en steeds korter.",
            ),
            ("erik", "next", ""),
            ("joris", "say", "Wat zeggen ze letterlijk als je belt?"),
            ("saskia", "to", "Dat het nog langs het college moet. En dat ze het druk hebben."),
            ("fatma", "say", "Wie schrijft de stukken die naar die colleges gaan?"),
            ("saskia", "to", "Wij. Elke gemeente krijgt hetzelfde stuk."),
            ("ruben", "say", "Hoe lang zit er tussen jouw stuk en het besluit dat je wilt?"),
            ("saskia", "to", "Drie weken. Soms twee."),
            (
                "ilse",
                "say",
                "Wanneer heb je voor het laatst met een van die vier samen aan een tekst gezeten?",
            ),
            ("saskia", "to", "Nog nooit, eigenlijk."),
            ("erik", "next", ""),
            *_turns(
                (
                    "joris",
                    "De kern is dat iedereen wacht tot Zwolle iets voorstelt, en dat dan ‘weer Zwolle’ noemt.",
                ),
                (
                    "fatma",
                    "De kern is dat ze wel aan tafel zitten, maar pas worden gevraagd als de keuze al op papier staat.",
                ),
                (
                    "ruben",
                    "De kern is tijd: drie weken is voor een kleine organisatie geen termijn maar een mededeling.",
                ),
                ("ilse", "De kern is dat jij de stilte opvult, waardoor niemand anders het hoeft te doen."),
            ),
            ("erik", "next", ""),
            *_turns(
                ("joris", "Ik zou twee van de vier vragen om samen het volgende stuk te schrijven."),
                (
                    "fatma",
                    "Ik zou in de stuurgroep hardop vragen wat iemand nodig heeft om thuis te komen met dit besluit.",
                ),
                ("ruben", "Ik zou de griffiers bellen voordat het stuk af is."),
                ("ilse", "Ik zou een maand niet bellen en kijken wie er dan belt."),
            ),
            ("erik", "next", ""),
            (
                "saskia",
                "say",
                "Ik bel drie raadsgriffiers voordat ik ga schrijven, en vraag Hardenberg om mee te schrijven.",
            ),
            ("erik", "next", ""),
            ("saskia", "say", "Ik hoef de stilte niet op te vullen."),
            ("joris", "say", "Vragen wat iemand nodig heeft om thuis te komen: die neem ik mee."),
            ("fatma", "say", "Zelf ook eens zonder stuk naar een overleg gaan."),
            ("ruben", "say", "Een termijn is ook een boodschap."),
            ("erik", "end", ""),
        ],
    ),
    DemoSession(
        "Intervisie in Deventer",
        "ROD",
        "deventer",
        "erik",
        ["lars", "mila", "anouk", "daan", "carla"],
        [SPREIDING],
        [
            ("lars", "case", "Onze wethouder zit namens vier gemeenten aan tafel. Dat voelt niet zo."),
            ("mila", "say", "Ons omgevingsplan hangt op één handtekening van een partner."),
            ("anouk", "say", "De raad vraagt mij om informatie die ik niet heb."),
            ("daan", "pass", ""),
            ("carla", "pass", ""),
            ("erik", "next", ""),
            ("mila", "vote", "lars", 2),
            ("anouk", "vote", "lars", 2),
            ("daan", "vote", "lars", 1),
            ("carla", "vote", "anouk", 1),
            ("erik", "next", ""),
            (
                "lars",
                "say",
                "Vier gemeenten, één stoel. Ik stuur vooraf de agenda rond en krijg niets terug. Achteraf krijg ik wel "
                "te horen dat we iets hadden moeten zeggen.",
            ),
            ("erik", "next", ""),
            ("mila", "say", "Hoe is die ene stoel ooit afgesproken?"),
            ("lars", "to", "Bij de start, met een handdruk. Er staat niets op papier."),
            ("daan", "say", "Wat zou er gebeuren als jij een keer niets rondstuurt?"),
            ("lars", "to", "Dan merkt waarschijnlijk niemand het. Dat is nogal een antwoord."),
            ("erik", "next", ""),
            *_turns(
                ("carla", "Hij werkt harder aan die stoel dan de drie gemeenten die er niet op zitten."),
                ("anouk", "Ik vraag me af of die drie gemeenten dit probleem zelf ook zien."),
                ("mila", "Het klinkt alsof hij het verslag schrijft om niet te hoeven bellen."),
                ("daan", "Misschien wil de wethouder het wel zo. Het is ook een fijne stoel."),
            ),
            ("erik", "next", ""),
            ("lars", "say", "Die van het verslag raakte me. Ik schrijf inderdaad liever dan dat ik bel."),
            ("erik", "next", ""),
            *_turns(
                ("mila", "Leg de afspraak opnieuw vast, met wat iedereen ervoor doet."),
                ("anouk", "Nodig de drie griffiers uit om één keer mee te kijken."),
                ("daan", "Vraag je wethouder wat hij mist van de anderen."),
                ("carla", "Stuur een keer één vraag in plaats van een agenda."),
            ),
            ("erik", "next", ""),
            ("lars", "say", "Ik stuur voor het volgende overleg één vraag rond, en bel wie niet antwoordt."),
            ("erik", "next", ""),
            ("lars", "say", "Bellen is ook verslag doen."),
            ("mila", "say", "Kijken naar wie er te hard werkt in een netwerk."),
            ("daan", "say", "Een stoel is nog geen stem."),
            ("erik", "end", ""),
        ],
    ),
]

TO_START = [
    DemoSession(
        "Intervisie in Kampen, tafel 1",
        "INC6",
        "kampen",
        "erik",
        ["saskia", "joris", "fatma", "ruben", "ilse", "tom"],
        [TEMPO],
        [],
    ),
    DemoSession(
        "Intervisie in Kampen, tafel 2",
        "ROD",
        "kampen",
        "noor",
        ["lars", "mila", "anouk", "daan", "carla", "yusuf"],
        [SPREIDING],
        [],
    ),
]
