"""Moments of other methods: everything that the stage can show beside what tests/intervisie/played.py plays."""

from typing import Any

from intervisie import engine
from intervisie.engine import commands as c
from tests.intervisie.engine_support import make_step, method_json
from tests.intervisie.played import ERIK, FATMA, ILSE, JORIS, NOOR, RUBEN, SASKIA, TOM, Moment, Play

QUESTIONS = {
    FATMA: "Wat zou er gebeuren als je het besluit een maand later neemt?",
    RUBEN: "Wie van de kleine gemeenten heb je het laatst gesproken?",
    NOOR: "Wat wil jij zelf eigenlijk?",
    TOM: "Waarom moet het in juni?",
}
ROLES = {"B": SASKIA, "F": ERIK, "N": NOOR, "T": TOM}


class Staged(Play):
    """A play of any method that goes to the step one names."""

    def __init__(self, method: str | dict[str, Any], count: int = 8, chosen: int | None = SASKIA) -> None:
        super().__init__(method, count, chosen)
        self.start()

    def _happened(self, events: tuple[engine.Event, ...]) -> tuple[engine.Event, ...]:
        """Plays on. What must always hold of the engine has tests of its own."""
        self.log += events
        self.state = engine.replay(events, self.state)
        return events

    def to(self, step: str) -> "Staged":
        """On to the step with this id, past all that lies between; votes on roles and cases go as they have to."""
        while self.step != step:
            self.decide()
            self.do(c.Advance(self.lead, self.table.visit))
        return self

    def decide(self) -> None:
        """Votes for Saskia, and for the first of whatever else is put to the vote."""
        judge, at = self.table.judge, self.state.step_at(self.table)
        if at.kind != "judge" or at.effect is None or judge.votes:
            return
        picked = {}
        for option in judge.options:
            role, _, seat = option.partition(":")
            if role not in ROLES or int(seat) == ROLES[role]:
                picked.setdefault(role if role in ROLES else "", option)
        for option in picked.values():
            for voter in (FATMA, JORIS):
                self.do(c.Vote(voter, option, 1))

    def write(self, lines: dict[int, Any]) -> list[str]:
        """Each of these says something: a text, or what stands in the fields of a canvas. Gives the ids."""
        return [
            self.say(seat, one) if isinstance(one, str) else self.say(seat, "", fields=one)
            for seat, one in lines.items()
        ]

    def turns(self, lines: dict[int, Any], **more: Any) -> None:
        """A round: who has a line says it, the others let their turn go by."""
        while (seat := self.table.floor) is not None:
            if seat in lines:
                self.say(seat, lines[seat], **more)
            if self.table.floor == seat:
                self.do(c.Pass(seat))

    def vote(self, votes: dict[int, dict[str, int]]) -> None:
        for seat, given in votes.items():
            for option, value in given.items():
                self.do(c.Vote(seat, option, value))


def tien() -> dict[str, Moment]:
    """Writing, labelling, answering."""
    play = Staged("TIEN").to("questions")
    play.write({FATMA: QUESTIONS[FATMA], RUBEN: QUESTIONS[RUBEN]})
    found = {"write-own": play.see(FATMA, 2), "write-bringer": play.see(SASKIA, 2)}
    play.write({NOOR: QUESTIONS[NOOR], TOM: QUESTIONS[TOM]})
    play.next()
    items = {item.by: item.id for item in play.state.items.each()}
    play.vote({SASKIA: {items[FATMA]: 1, items[RUBEN]: 3, items[NOOR]: 1}})
    found |= {"label-bringer": play.see(SASKIA, 2), "label-group": play.see(FATMA, 2)}
    play.vote({SASKIA: {items[TOM]: 2}})
    play.next()
    play.say(SASKIA, "Dan is de subsidie weg. Dat heb ik nog aan niemand verteld.", parent=items[FATMA])
    found |= {"answer-bringer": play.see(SASKIA, 3), "answer-group": play.see(RUBEN, 3)}
    play.to("core")
    play.write({FATMA: "Je durft niet te vertragen.", JORIS: "Je draagt het alleen."})
    play.next()
    return found | {"uses-bringer": play.see(SASKIA, 1), "labelled-before": play.see(JORIS, 1)}


PARTIES = (
    {
        "party": "Kleine gemeenten",
        "interest": "Ook gehoord worden",
        "influence": "little",
        "attitude": "against",
    },
    {"party": "Drie grote gemeenten", "interest": "Nu doorpakken", "influence": "much", "attitude": "for"},
    {"party": "Provincie", "interest": "Rust in de regio", "influence": "much", "attitude": "between"},
    {"party": "Vervoerder"},
)


def lens() -> dict[str, Moment]:
    """A field of forces, scores apart, a persona."""
    play = Staged("LENS").to("case")
    found = {"field-empty": play.see(SASKIA, 1)}
    for party in PARTIES:
        play.say(SASKIA, "", fields=party)
    found |= {"field-bringer": play.see(SASKIA, 4), "field-group": play.see(FATMA, 4)}
    play.to("scan")
    fields = ("ambition", "interests", "relations", "organisation", "process")
    scores = {FATMA: (4, 3, 2, 4, 3), JORIS: (5, 3, 2, 4, 2), RUBEN: (4, 2, 1, 3, 3), NOOR: (2, 3, 2, 5, 3)}
    for seat, given in {**scores, SASKIA: (5, 4, 4, 2, 3)}.items():
        play.vote({seat: {f"k:{name}": value for name, value in zip(fields, given, strict=True)}})
    play.vote({ILSE: {"k:ambition": 3}})
    found |= {"score-voter": play.see(ILSE, 2), "score-bringer": play.see(SASKIA, 2)}
    play.next()
    found |= {"score-outcome": play.see(FATMA, 1)}
    play.write({FATMA: QUESTIONS[FATMA], NOOR: QUESTIONS[NOOR]})
    play.next()
    play.vote({SASKIA: {play.table.judge.options[0]: 1}})
    play.to("parties")
    play.say(
        FATMA,
        "Ik wil voor de zomer een handtekening, anders ligt het stil.",
        persona="de wethouder van Kampen",
    )
    found |= {"persona-floor": play.see(JORIS, 1), "persona-turned": play.see(SASKIA, 1)}
    return found


DILEMMA = {
    SASKIA: {
        "a": "In juni beslissen, zoals de wethouders willen",
        "harm_a": "Vijf gemeenten doen mee zonder dat ze het snappen",
        "b": "Wachten tot iedereen de stukken kent",
        "harm_b": "De subsidie vervalt en de grote drie haken af",
    },
    JORIS: {"a": "Tempo", "b": "Draagvlak", "harm_b": "Niemand gelooft nog in de samenwerking"},
}
LOOKS = {
    FATMA: {"perspective": "Wethouder", "value": "Daadkracht", "norm": "Een afspraak is een afspraak"},
    RUBEN: {"perspective": "Inwoner", "value": "Duidelijkheid", "norm": "Zeg eerlijk wat je nog niet weet"},
}
WEIGHED = {
    FATMA: {
        "right": "Een maand te wachten",
        "because": "Een besluit zonder steun houdt geen stand",
        "lost": "Juni",
    },
    JORIS: {"right": "Nu te beslissen", "needed": "Een goed gesprek met de vijf kleine gemeenten"},
}


def dil() -> dict[str, Moment]:
    """Three canvases."""
    play = Staged("DIL").to("dilemma")
    first, _ = play.write(DILEMMA)
    play.say(TOM, "Is dit echt een keuze tussen twee dingen?", parent=first)
    found = {"columns-talk": play.see(SASKIA, 3)}
    play.to("perspectives")
    play.write(LOOKS)
    found |= {"rows-write": play.see(FATMA, 2)}
    play.to("weigh")
    play.write(WEIGHED)
    found |= {"weigh-own": play.see(FATMA, 2), "weigh-empty": play.see(RUBEN, 2)}
    play.next()
    play.turns({})
    return found | {"weigh-share": play.see(NOOR, 1)}


QUADRANTS = {
    FATMA: {
        "quality": "Zorgvuldig zijn",
        "pitfall": "Blijven afstemmen",
        "challenge": "Knopen doorhakken",
        "allergy": "Iemand die doordrukt",
    },
    JORIS: {
        "quality": "Mensen verbinden",
        "pitfall": "Iedereen te vriend houden",
        "challenge": "Duidelijk zijn",
    },
}


def kkw() -> dict[str, Moment]:
    """The core quadrant, alone and together."""
    play = Staged("KKW").to("challenge")
    play.write(QUADRANTS)
    found = {"quadrant-own": play.see(FATMA, 3), "quadrant-form": play.see(RUBEN, 3)}
    play.next()
    play.turns({})
    return found | {"quadrant-share": play.see(SASKIA, 1)}


def ccl() -> dict[str, Moment]:
    """Roles by vote, silence, a journal."""
    play = Staged("CCL", chosen=None)
    play.vote({FATMA: {f"B:{SASKIA}": 1, f"T:{TOM}": 1}, JORIS: {f"B:{SASKIA}": 1, f"T:{FATMA}": 1}})
    found = {"cast-vote": play.see(FATMA, 1)}
    play.do(c.Choose(ERIK, f"T:{TOM}"))
    play.next()
    found |= {"cast-outcome": play.see(FATMA, 1)}
    play.next()
    found |= {"stillness": play.see(FATMA, 1)}
    play.to("journal")
    play.say(FATMA, "Ik had zelf ook haast.")
    return found | {"journal": play.see(FATMA, 1)}


def tie() -> dict[str, Moment]:
    """Modules, the one that was chosen, and notes for the bringer."""
    play = Staged("TIE", chosen=None).to("choose_form")
    play.vote({FATMA: {"m:act_out": 1}})
    found = {"modules-vote": play.see(FATMA, 1)}
    play.vote({JORIS: {"m:act_out": 1}, TOM: {"m:brainstorm": 1}})
    play.next()
    play.say(FATMA, "‘Ik wil dat jullie nee kunnen zeggen.’")
    play.do(c.Aside(NOOR, "Fatma: laat ze nee zeggen."))
    return found | {
        "module-floor": play.see(JORIS, 1),
        "aside-notes": play.see(NOOR, 1),
        "aside-for-bringer": play.see(SASKIA, 1),
    }


def kfb() -> dict[str, Moment]:
    """Writing beside the step for oneself."""
    play = Staged("KFB", chosen=None).to("present")
    play.do(c.Aside(FATMA, "Wie heeft haar gevraagd?"))
    found = {"aside-own": play.see(FATMA, 1)}
    play.next()
    return found | {"tips": play.see(FATMA, 1), "tips-lead": play.see(ERIK, 1)}


def waa() -> dict[str, Moment]:
    """Writing beside the step that opens, and a canvas of cells in a talk."""
    play = Staged("WAA")
    play.do(c.Aside(FATMA, "dat je zelf langsging"))
    play.next()
    play.write({FATMA: {"bringer": "Ze belde iedereen zelf"}, TOM: {"context": "De raad had rust nodig"}})
    return {"cells-talk": play.see(FATMA, 2)}


def kor() -> dict[str, Moment]:
    """A canvas of questions, with answers."""
    play = Staged("KOR").to("look_back")
    first, _ = play.write(
        {FATMA: {"want_me": "Wat hoopte je dat ze zouden zeggen?"}, TOM: {"feel_other": "Was hij boos?"}}
    )
    play.say(SASKIA, "Dat het goed was zo.", parent=first)
    return {"matrix-bringer": play.see(SASKIA, 2), "matrix-group": play.see(FATMA, 2)}


def dee() -> dict[str, Moment]:
    """Labels and consent of everybody, and a choice from contributions."""
    play = Staged("DEE").to("other_voice")
    play.write({FATMA: "Ik wil hier eigenlijk niet over beslissen.", TOM: "We zijn al te laat."})
    play.next()
    first, second = play.table.judge.options
    play.vote({FATMA: {first: 1, second: 3}, TOM: {first: 2}, JORIS: {first: 1}})
    found = {"spread-vote": play.see(FATMA, 1)}
    play.next()
    return found | {"spread-outcome": play.see(FATMA, 1)} | _carried()


def _carried() -> dict[str, Moment]:
    play = Staged("DEE")
    play.turns({FATMA: "We stellen het uit tot september.", TOM: "We beslissen in juni."})
    play.to("vote")
    play.vote({FATMA: {play.table.judge.options[0]: 1}})
    found = {"pick-vote": play.see(FATMA, 1)}
    play.next()
    found |= {"outcome-few": play.see(FATMA, 1)}
    play.to("carried")
    play.vote({FATMA: {play.table.judge.options[0]: 1}, TOM: {play.table.judge.options[0]: 2}})
    found |= {"consent-vote": play.see(TOM, 1)}
    play.next()
    return found | {"consent-outcome": play.see(TOM, 1)}


def others() -> dict[str, Moment]:
    """One moment each of what is left: a case put forward in the vote, a fixed persona, small tables."""
    pick = Staged("INC10", chosen=None)
    pick.write({FATMA: "Mijn wethouder belt me elke avond.", TOM: "Twee collega's praten niet meer."})
    pick.vote({FATMA: {pick.item(TOM): 1}})
    clinic = Staged("CLI").to("try")
    clinic.say(FATMA, "Ik merk dat je steeds later antwoordt. Klopt dat?")
    clinic.say(SASKIA, "Ik heb het druk.", parent=clinic.item(FATMA, "text"))
    trios = Staged("TRO", chosen=None).to("share")
    return {
        "pick-collect": pick.see(FATMA, 1),
        "persona-fixed": clinic.see(FATMA, 1),
        "persona-answers": clinic.see(SASKIA, 1),
        "small-table": trios.see(trios.state.tables[1].bringer, 1),
    }


def _step(kind: str, step_id: str, title: str, **more: Any) -> dict[str, Any]:
    """A step with something to read."""
    words = {"nl": title, "en": title}
    told = {"default": {"nl": "Schrijf op wat je denkt.", "en": "Write down what you think."}}
    return make_step(kind, step_id, title=words, short=words, instruction=told, **more)


def made_up() -> dict[str, Moment]:
    """What no shipped method does yet: made-up names that are lifted later, few people, a step for each item."""
    uses = [{"step": "masks"}]
    first = _step("write", "masks", "Andere namen", attribution="alias", reveal="end", names_at="round")
    talk = _step("talk", "talk", "Gesprek", uses=uses, attribution="alias")
    each = _step("talk", "each", "Een voor een", uses=uses, repeat="item", canvas="five_conditions")
    json = method_json(first, talk, each, _step("round", "round", "Rondje", uses=uses)) | {"id": "MASKS"}
    play = Staged(json, chosen=None)
    play.write({FATMA: "Ik zie op tegen dit gesprek.", JORIS: "Er wordt te weinig gelachen."})
    found = {"alias-write": play.see(FATMA, 1)}
    play.next()
    play.say(TOM, "Dat herken ik.")
    found |= {"alias-read": play.see(FATMA, 1)}
    play.next()
    play.write({FATMA: {"ambition": "Weten we waarvoor?"}, JORIS: {"relations": "Durven we het te zeggen?"}})
    found |= {"focus": play.see(TOM, 1)}
    return found | _few()


def _few() -> dict[str, Moment]:
    write = _step("write", "few", "Met weinig", actors=["B"], attribution="anon", reveal="end")
    play = Staged(method_json(write, _step("tell", "tell", "Vertellen")))
    return {"few": play.see(SASKIA, 1)}


def stage_moments() -> dict[str, Moment]:
    """All of these, by a short name."""
    found: dict[str, Moment] = {}
    for play in (tien, lens, dil, kkw, ccl, tie, kfb, waa, kor, dee, others, made_up):
        found |= play()
    return found
