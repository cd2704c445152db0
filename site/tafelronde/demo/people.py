"""The people of the demo. Names are invented; municipalities are real."""

from typing import NamedTuple


class DemoPerson(NamedTuple):
    key: str
    first_name: str
    name_prefix: str
    last_name: str
    organisation: str
    job_title: str
    place: str

    @property
    def email(self) -> str:
        return f"{self.key}@tafelronde.example"


def _of(key: str, name: tuple[str, str, str], municipality: str, job_title: str) -> DemoPerson:
    return DemoPerson(key, *name, f"Gemeente {municipality}", job_title, municipality)


MEMBERS = [
    _of("fatma", ("Fatma", "", "Bakker"), "Deventer", "Strateeg regionale samenwerking"),
    _of("joris", ("Joris", "", "Kok"), "Kampen", "Beleidsadviseur economie"),
    _of("saskia", ("Saskia", "", "Visser"), "Zwolle", "Programmamanager regio"),
    _of("ruben", ("Ruben", "", "Hoekstra"), "Meppel", "Adviseur bestuurszaken"),
    _of("ilse", ("Ilse", "", "Mulder"), "Hardenberg", "Regiocoördinator"),
    _of("tom", ("Tom", "", "Dekker"), "Raalte", "Adviseur sociaal domein"),
    _of("noor", ("Noor", "van", "Aalst"), "Enschede", "Programmaleider arbeidsmarkt"),
    _of("erik", ("Erik", "", "Smit"), "Zwolle", "Procesbegeleider"),
    _of("lars", ("Lars", "", "Postma"), "Steenwijkerland", "Beleidsadviseur wonen"),
    _of("mila", ("Mila", "de", "Groot"), "Dalfsen", "Adviseur omgeving"),
    _of("anouk", ("Anouk", "", "Oosterhof"), "Ommen", "Griffier"),
    _of("yusuf", ("Yusuf", "", "Bulut"), "Almelo", "Accounthouder regio Twente"),
    _of("wendy", ("Wendy", "", "Kuiper"), "Staphorst", "Concerncontroller"),
    _of("daan", ("Daan", "", "Snel"), "Hattem", "Gemeentesecretaris"),
    _of("carla", ("Carla", "", "Ruiter"), "Oldebroek", "Strategisch adviseur"),
    _of("henk", ("Henk", "", "Veldman"), "Deventer", "Adviseur openbare orde"),
]

COORDINATOR = DemoPerson(
    "marjan", "Marjan", "", "Postmus", "Platform31", "Programmaleider leerkringen", "Den Haag"
)
EDITOR = DemoPerson("wouter", "Wouter", "", "Blom", "Platform31", "Redacteur", "Utrecht")
ADMINISTRATOR = DemoPerson("beheer", "Bea", "", "Heer", "Tafelronde", "Beheerder", "Utrecht")
VISITOR = DemoPerson("sanne", "Sanne", "", "Prins", "Gemeente Apeldoorn", "Beleidsadviseur", "Apeldoorn")
