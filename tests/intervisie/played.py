"""Moments of a session as the engine plays it, in believable Dutch: what the room's tests and pictures look at."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils import translation

from intervisie import engine, phrases
from intervisie.engine import CaseText, Person
from intervisie.engine import commands as c
from intervisie.room import method_texts
from tests.intervisie.engine_support import Game
from tests.support.methods import method_json

FATMA, JORIS, SASKIA, RUBEN, ILSE, TOM, NOOR, ERIK = range(1, 9)
PEOPLE = (
    ("Fatma Bakker", "Fatma B.", "FB", "Deventer"),
    ("Joris Kok", "Joris K.", "JK", "Kampen"),
    ("Saskia de Vries", "Saskia V.", "SV", "Zwolle"),
    ("Ruben Hofman", "Ruben H.", "RH", "Meppel"),
    ("Ilse Mulder", "Ilse M.", "IM", "Hardenberg"),
    ("Tom Dekker", "Tom D.", "TD", "Raalte"),
    ("Noor Aalders", "Noor A.", "NA", "Provincie Overijssel"),
    ("Erik Smit", "Erik S.", "ES", "Olst-Wijhe"),
    ("Anne-Wil van der Meulen-Terpstra", "Anne-Wil M.", "AM", "Waterschap Drents Overijsselse Delta"),
    ("Bas Post", "Bas P.", "BP", "Dalfsen"),
    ("Carla Vos", "Carla V.", "CV", "Ommen"),
    ("Dirk Bos", "Dirk B.", "DB", "Staphorst"),
    ("Els Kuiper", "Els K.", "EK", "Nunspeet"),
    ("Frits Haan", "Frits H.", "FH", "Elburg"),
    ("Gerda Wolf", "Gerda W.", "GW", "Urk"),
    ("Hans Prins", "Hans P.", "HP", "Dronten"),
)
CASE = CaseText(
    title="Tempo of draagvlak",
    question="Hoe geef ik de kleine gemeenten een stem zonder dat het tempo eruit gaat?",
    situation=(
        "Ik trek de werkgroep mobiliteit van acht gemeenten. De drie grote zijn klaar om te kiezen, de vijf kleine "
        "hebben de stukken amper kunnen lezen. De wethouders willen in juni een besluit.\n\n"
        "Vorige week zei een collega hardop dat het ‘toch al vaststaat’. Toen werd het stil."
    ),
    own_role="Ik schrijf de voorstellen en zit het ambtelijk overleg voor. Ik wil niemand kwijtraken, en ook geen tijd.",
    parties=("de wethouder van de grote gemeente", "de ambtenaar van een kleine gemeente", "de provincie"),
    outcome="Ik heb het voorstel toch ingediend. Twee gemeenten stemden tegen.",
)
PITCHES = {
    JORIS: "Wij trekken in de regio de kar en krijgen er weinig voor terug. Hoe maak ik dat bespreekbaar?",
    TOM: "Mijn wethouder belooft in de regio iets anders dan thuis. Wat doe ik met die twee gezichten?",
}
GOSSIP = (
    (FATMA, "Ze lijkt het voor iedereen goed te willen doen, en dat maakt haar voorzichtig."),
    (RUBEN, "Ik vraag me af of de kleine gemeenten dit probleem zelf ook zien."),
    (NOOR, "Het gaat steeds over tempo. Van wie moet dat eigenlijk?"),
)


class Moment(NamedTuple):
    """What one seat sees at one moment. `method`: as JSON. `now` in milliseconds."""

    state: engine.State
    seat: int
    method: dict[str, Any]
    now: int

    @property
    def view(self) -> engine.View:
        return engine.view(self.state, self.seat)

    def texts(self, language: str = "nl") -> dict[str, Any]:
        """All texts of the room for this seat, as the view gives them."""
        prepared = {"title": CASE.title, "question": CASE.question} if self.seat in self.state.cases else None
        with translation.override(language):
            return phrases.texts() | {
                "language": language,
                "method": method_texts(self.method, language, len(self.state.people) - 1),
                "prepared": prepared,
                "links": {
                    "here": "/tafel/",
                    "harvest": "/opbrengst/",
                    "video": "https://video.example.org/tafel",
                },
            }


class Play(Game):
    """A game with our people; Erik leads, Saskia has prepared a case. Starts at a real date: pages show the hour."""

    def __init__(
        self, method: str | dict[str, Any] = "INC6", count: int = 8, chosen: int | None = None
    ) -> None:
        self.method = method_json(method) if isinstance(method, str) else method
        people = tuple(
            Person(seat, *words, cast="facilitator" if seat == ERIK else "member")
            for seat, words in enumerate(PEOPLE[:count], start=1)
        )
        super().__init__(engine.parse(self.method), people, {SASKIA: CASE}, chosen)
        self.now = 1_790_000_000_000

    def see(self, seat: int, minutes: float = 0) -> Moment:
        """What this seat sees, `minutes` after the last thing that happened."""
        return Moment(self.state, seat, self.method, self.now + int(minutes * 60_000))

    def pitch(self) -> "Play":
        """Three bring a case in, the others let their turn go by."""
        while self.table.floor is not None:
            seat = self.table.floor
            if seat == SASKIA:
                self.say(seat, CASE.question, case=True)
            elif seat in PITCHES:
                self.say(seat, PITCHES[seat])
            else:
                self.do(c.Pass(seat))
        return self

    def choose(self) -> "Play":
        """Saskia's case wins."""
        first = self.item(SASKIA)
        for seat in (FATMA, RUBEN, ILSE, SASKIA):
            self.do(c.Vote(seat, first, 2))
        return self.next()

    def next(self) -> "Play":
        self.advance()
        return self

    def item(self, seat: int, kind: str = "pitch") -> str:
        """The id of what this seat said first of this kind."""
        return next(item.id for item in self.state.items.each() if item.kind == kind and item.by == seat)

    def ask(self) -> "Play":
        """Three questions, two of them answered."""
        asked = (
            (
                FATMA,
                "Wie heeft de planning gemaakt?",
                "Dat heb ik zelf gedaan, samen met de secretaris van Zwolle.",
            ),
            (TOM, "Wat hebben de kleine gemeenten zelf gezegd over het tempo?", ""),
            (
                JORIS,
                "Hoeveel weken zaten er tussen de stukken en het overleg?",
                "Twee. Eén keer maar een paar dagen.",
            ),
        )
        for seat, question, answer in asked:
            number = self.say(seat, question)
            if answer:
                self.say(SASKIA, answer, parent=number)
        return self


def at_step(number: int, method: str = "INC6", count: int = 8) -> Play:
    """A play that has come to the step with this number, 0 being the first."""
    play = Play(method, count)
    play.start()
    moves: tuple[Callable[[], Any], ...] = (
        lambda: play.pitch().next(),
        play.choose,
        play.next,
        lambda: play.ask().next(),
    )
    for step in range(number):
        (moves[step] if step < len(moves) else play.next)()
    return play


def lobby(count: int = 8) -> Play:
    """Before the start; Ruben and Ilse are not there yet."""
    play = Play(count=count)
    for seat in play.state.people:
        if seat not in (RUBEN, ILSE):
            play.do(c.Agree(seat))
    return play


def diagnosis(count: int = 8) -> Play:
    """Joris has spoken, Fatma has the floor."""
    play = at_step(4, count=count)
    play.do(c.GiveFloor(ERIK, JORIS))
    play.say(
        JORIS, "De kern is dat iedereen wacht tot Zwolle iets voorstelt, en dat dan ‘weer Zwolle’ noemt."
    )
    return play


def gossip() -> Play:
    """The group has said three things; Saskia, turned, marked two and wrote a note."""
    play = at_step(4, "ROD")
    said = [play.say(seat, text) for seat, text in GOSSIP]
    play.do(c.Mark(SASKIA, said[0], True))
    play.do(c.Mark(SASKIA, said[2], True))
    play.do(c.Note(SASKIA, "Van wie moet het tempo …"))
    return play


def closing() -> Play:
    """The bringer has an intention; Tom takes something along."""
    play = at_step(6)
    play.say(
        SASKIA,
        "Ik bel voor 1 juli de vijf kleine gemeenten en maak daarna pas een planning.",
        date="2026-07-01",
    )
    play.next()
    play.say(TOM, "Tempo is ook een keuze van iemand.")
    return play


def moments() -> dict[str, Moment]:
    """Every screen that the room has, by a short name."""
    pitching = Play()
    pitching.start()
    pitching.do(c.Pass(FATMA))
    pitching.say(JORIS, PITCHES[JORIS])
    choosing = at_step(1)
    choosing.do(c.Vote(SASKIA, choosing.item(SASKIA), 3))
    choosing.do(c.Vote(FATMA, choosing.item(TOM), 1))
    asking = at_step(3).ask()
    round_ = diagnosis()
    stopped = diagnosis()
    stopped.do(c.RaiseStop(NOOR, "Het gaat me te snel.", True))
    stopped.do(c.Ready(RUBEN, True))
    back = gossip().next()
    wishing = at_step(6)
    over = closing()
    ended = closing()
    ended.do(c.End(ERIK))
    talking = gossip()
    return {
        "lobby": lobby().see(FATMA),
        "lobby-agree": lobby().see(RUBEN),
        "lobby-lead": lobby().see(ERIK),
        "pitch-floor": pitching.see(SASKIA, 2),
        "pitch-waiting": pitching.see(JORIS, 2),
        "dots": choosing.see(FATMA, 1),
        "tell-bringer": at_step(2).see(SASKIA, 1),
        "tell-group": at_step(2).see(FATMA, 1),
        "ask-group": asking.see(FATMA, 6.5),
        "ask-bringer": asking.see(SASKIA, 6.5),
        "diagnosis-floor": round_.see(FATMA, 3.3),
        "diagnosis-waiting": round_.see(RUBEN, 3.3),
        "diagnosis-bringer": round_.see(SASKIA, 3.3),
        "diagnosis-lead": stopped.see(ERIK, 7),
        "diagnosis-sixteen": diagnosis(16).see(FATMA, 3.3),
        "gossip-group": talking.see(FATMA, 4),
        "gossip-turned": talking.see(SASKIA, 4),
        "return": back.see(SASKIA, 2),
        "intention": wishing.see(SASKIA, 1),
        "closing": over.see(FATMA),
        "closing-lead": over.see(ERIK),
        "ended": ended.see(FATMA),
    }
