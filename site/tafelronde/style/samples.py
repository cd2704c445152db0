"""What stands in the samples: invented people, cities and sentences, in both languages. Content, so not in the catalogue."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.enums import Pillar
from communities.queries import Route
from tafelronde.accounts.models import User
from tafelronde.templatetags.ui import icon_names

# Each with a class; the last three are made by attributes, as on every page.
STATES = [
    ("", pgettext_lazy("state of a button", "Default")),
    ("is-hover", _("Hover")),
    ("is-focus", _("Focus")),
    ("is-active", _("Pressed down")),
    ("is-pressed", _("Selected")),
    ("is-busy", _("Loading")),
    ("is-disabled", _("Disabled")),
]

LONG_NAME = ("Wilhelmina Alexandra", "van", "Oldenbarnevelt-Schimmelpenninck")
NAMES = [
    ("Fatma", "", "Bulut"),
    ("Joris", "", "Kok"),
    ("Saskia", "", "Vermeer"),
    ("Ruben", "van", "Houten"),
    ("Ilse", "", "Mulder"),
    ("Tom", "de", "Dijk"),
]

WORDS: dict[str, dict[str, Any]] = {
    "nl": {
        "verb": "Meld je aan",
        "second": "Ik kan niet",
        "third": "Niet nu",
        "remove": "Verwijder",
        "busy": "Bezig met opslaan",
        "long": "Stuur de arbeidsmarktregiosamenwerkingsovereenkomst naar alle deelnemers",
        "long_word": "Meervoudigonderhandseaanbestedingsprocedure",
        "sentence": "Hoe geef ik de kleine gemeenten een stem zonder dat het tempo eruit gaat?",
        "lead": "Zestien mensen uit zestien organisaties leren van elkaar, elke keer in een andere stad.",
        "text": "Een besluit is pas van ons als het ook bij ons in de raad landt. Daarom vragen we eerder om hulp dan om instemming.",
        "quote": "Vraag eerder om hulp dan om instemming.",
        "places": ["Zwolle", "Deventer", "Kampen", "Meppel", "Bergen op Zoom"],
        "titles": [
            "Regio’s krijgen een vaste plek in het Interbestuurlijk Programma",
            "Zo kwam de arbeidsmarktregio aan één agenda",
            "Verantwoordelijkheidsverdelingsvraagstukken bij gemeenschappelijke regelingen",
        ],
        "slots": [
            ("news", "Actualiteiten van de dag", 45),
            ("intervisie", "Intervisie op de aanpak", 90),
            ("break", "Lunch", 60),
            ("deepening", "Verdieping: sturen in netwerken", 75),
            ("visit", "Projectbezoek: Reevediep", 90),
            ("other", "Afsluiting en borrel", 30),
        ],
        "form": {
            "title": "Titel",
            "help": "Kort, zonder namen.",
            "story": "Wat speelt er?",
            "kind": "Soort",
            "kinds": ["Casus", "Vraag", "Vraagstuk rond bestuurlijke samenwerkingsverbanden"],
            "day": "Dag",
            "file": "Bijlage",
            "secret": "Wachtwoord",
            "agree": "Wat hier gezegd wordt, blijft hier",
            "topics": "Onderwerpen",
            "topic": ["Wonen", "Werk en inkomen", "Grondstoffenovereenkomstenregistratie"],
            "error": "Vul een titel in.",
            "closed": "Kan nu niet veranderen",
        },
        "steps": ["Inbrengen", "Vragen", "Diagnose", "Oplossingen", "Voornemen"],
        "minutes": "min",
        "floor": "heeft het woord",
        "said": "gezegd",
        "listens": "luistert",
        "turned": "rug naar de groep",
        "away": "nog niet binnen",
        "leads": "begeleidt",
        "over": "minuten over",
        "question_of": "De vraag van Saskia",
        "table": "De tafel",
        "done": "klaar",
        "touches": "Raakt me",
        "core": "De kern is …",
        "sees": "Iedereen aan tafel ziet dit meteen, met je naam.",
        "share": "Deel en geef door",
        "pass": "Sla mij over",
    },
    "en": {
        "verb": "Sign up",
        "second": "I cannot come",
        "third": "Not now",
        "remove": "Delete",
        "busy": "Saving",
        "long": "Send the agreement on regional cooperation in the labour market to all participants",
        "long_word": "Meervoudigonderhandseaanbestedingsprocedure",
        "sentence": "How do I give the small municipalities a voice without losing our pace?",
        "lead": "Sixteen people from sixteen organisations learn from each other, in another city each time.",
        "text": "A decision is ours only once it has landed in our own council. That is why we ask for help before we ask for consent.",
        "quote": "Ask for help before you ask for consent.",
        "places": ["Zwolle", "Deventer", "Kampen", "Meppel", "Bergen op Zoom"],
        "titles": [
            "Regions get a lasting place in the programme between governments",
            "How one labour market region came to one agenda",
            "Questions of accountability and responsibility in intermunicipal arrangements",
        ],
        "slots": [
            ("news", "News of the day", 45),
            ("intervisie", "Peer consultation on the approach", 90),
            ("break", "Lunch", 60),
            ("deepening", "In depth: steering in networks", 75),
            ("visit", "Visit: Reevediep", 90),
            ("other", "Closing and drinks", 30),
        ],
        "form": {
            "title": "Title",
            "help": "Short, without names.",
            "story": "What is going on?",
            "kind": "Kind",
            "kinds": ["Case", "Question", "Issue around administrative cooperation"],
            "day": "Day",
            "file": "Attachment",
            "secret": "Password",
            "agree": "What is said here stays here",
            "topics": "Topics",
            "topic": ["Housing", "Work and income", "Registration of agreements on raw materials"],
            "error": "Fill in a title.",
            "closed": "Cannot change now",
        },
        "steps": ["Bring in", "Ask", "Diagnosis", "Solutions", "Intention"],
        "minutes": "min",
        "floor": "has the floor",
        "said": "said",
        "listens": "listens",
        "turned": "back to the group",
        "away": "not here yet",
        "leads": "facilitates",
        "over": "minutes left",
        "question_of": "Saskia’s question",
        "table": "The table",
        "done": "done",
        "touches": "Touches me",
        "core": "The core is …",
        "sees": "Everybody at the table sees this at once, with your name.",
        "share": "Share and pass on",
        "pass": "Skip me",
    },
}


@dataclass(frozen=True)
class Stop:
    """A meeting, as far as the route and the map look at it."""

    city: str
    starts_at: datetime
    is_cancelled: bool = False
    kind: str = "meeting"

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(hours=7)

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    def get_absolute_url(self) -> str:
        return "#route"


def sample(language: str) -> dict[str, Any]:
    """All that the samples show, in one of our languages."""
    words = WORDS.get(language, WORDS["nl"])
    people = [
        User(pk=pk, first_name=first, name_prefix=prefix, last_name=last)
        for pk, (first, prefix, last) in enumerate([*NAMES, LONG_NAME], 1)
    ]
    return {
        "words": words,
        "people": people,
        "long_person": people[-1],
        "route": _route(words["places"]),
        "slots": _slots(words["slots"]),
        "form": sample_form(words["form"])(
            auto_id="sample_%s",
            initial={"kind": "0", "choice": "0", "topics": ["0", "2"], "title": words["titles"][2]},
        ),
        "wrong": wrong_form(words["form"])({}, auto_id="wrong_%s"),
        "results": Paginator(range(60), 10).page(3),
        "messages_of_all_kinds": [
            Message(level, words["text"])
            for level in (constants.INFO, constants.SUCCESS, constants.WARNING, constants.ERROR)
        ],
        "hues": ["delft", "brick", "moss", "oker"],
        "shades": ["paper", "surface", "sunk", "hairline", "edge", "ink-soft", "ink"],
        "pillars": [one for one in Pillar if one is not Pillar.BREAK],
        "icons": sorted(icon_names()),
        "kinds": ["", "button--quiet", "button--plain", "button--danger"],
        "states": STATES,
        "room": _room(words),
    }


def _route(places: list[str]) -> Route:
    now = timezone.now().replace(hour=9, minute=30)
    stops = [Stop(city, now + timedelta(days=28 * number - 50)) for number, city in enumerate(places)]
    return Route(stops, next(stop for stop in stops if not stop.is_over))  # type: ignore[arg-type]


def _slots(rows: list[tuple[str, str, int]]) -> list[SimpleNamespace]:
    start = timezone.localtime().replace(hour=9, minute=30)
    slots = []
    for pillar, title, minutes in rows:
        item = SimpleNamespace(pillar=pillar, title=title, minutes=minutes, get_pillar_display="")
        slots.append(SimpleNamespace(item=item, starts_at=start))
        start += timedelta(minutes=minutes)
    return slots


def sample_form(words: dict[str, Any]) -> type[forms.Form]:
    """One field of every kind."""
    kinds = [(str(number), kind) for number, kind in enumerate(words["kinds"])]
    subjects = [(str(number), topic) for number, topic in enumerate(words["topic"])]

    class Sample(forms.Form):
        title = forms.CharField(label=words["title"], help_text=words["help"])
        story = forms.CharField(
            label=words["story"], widget=forms.Textarea(attrs={"rows": 3}), required=False
        )
        kind = forms.ChoiceField(label=words["kind"], choices=kinds)
        day = forms.DateField(
            label=words["day"], widget=forms.DateInput(attrs={"type": "date"}), required=False
        )
        file = forms.FileField(label=words["file"], required=False)
        secret = forms.CharField(
            label=words["secret"], widget=forms.PasswordInput(attrs={"autocomplete": "off"})
        )
        closed = forms.CharField(
            label=words["closed"], disabled=True, initial=words["kinds"][0], required=False
        )
        choice = forms.ChoiceField(label=words["kind"], choices=kinds, widget=forms.RadioSelect)
        topics = forms.MultipleChoiceField(
            label=words["topics"], choices=subjects, widget=forms.CheckboxSelectMultiple, required=False
        )
        agree = forms.BooleanField(label=words["agree"], required=False)

    return Sample


def wrong_form(words: dict[str, Any]) -> type[forms.Form]:
    """Filled in wrongly."""

    class Wrong(forms.Form):
        title = forms.CharField(
            label=words["title"], help_text=words["help"], error_messages={"required": words["error"]}
        )
        kind = forms.ChoiceField(
            label=words["kind"],
            choices=[("0", words["kinds"][0]), ("1", words["kinds"][1])],
            widget=forms.RadioSelect,
        )

    return Wrong


def _room(words: dict[str, Any]) -> dict[str, Any]:
    states = [
        ("floor", words["floor"]),
        ("said", words["said"]),
        ("bringer seat--listens", words["listens"]),
        ("waits", "Meppel"),
        ("absent", words["away"]),
        ("offline", "Raalte"),
        ("waits", "Hardenberg"),
        ("leads", words["leads"]),
    ]
    names = [*NAMES, ("Noor", "", "Aydin"), ("Erik", "", "Smit")]
    seats = [
        {
            "seat": number,
            "classes": f"seat--{state}{' seat--up' if number in (1, 2, 8) else ''}",
            "initials": first[0] + last[0],
            "short": f"{first} {last[0]}.",
            "name": f"{first} {last}",
            "note": note,
            "word": True,
            "check": state == "said",
        }
        for number, ((first, _prefix, last), (state, note)) in enumerate(zip(names, states, strict=True), 1)
    ]
    pace = zip(words["steps"], ("past", "past", "now", "next", "next"), (7, 15, 8, 8, 5), strict=True)
    return {
        "table": {
            "name": words["table"],
            "clock": {"percent": 62, "face": "4:12", "label": words["over"]},
            "kicker": words["question_of"],
            "question": words["sentence"],
            "size": "medium",
            "count": 8,
            "seats": seats,
        },
        "rail": [
            {"title": title, "state": state, "weight": minutes, "minutes": f"{minutes} {words['minutes']}"}
            for title, state, minutes in pace
        ],
    }
