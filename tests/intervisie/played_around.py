"""Moments around the stage: who brings, sub-groups, turns, running late, duties, signals; as `played`, for who leads."""

from intervisie.engine import commands as c
from tests.intervisie.played import (
    ERIK,
    FATMA,
    ILSE,
    JORIS,
    NOOR,
    RUBEN,
    SASKIA,
    TOM,
    Moment,
    Play,
    diagnosis,
)

QUESTION = "Hoe krijg ik de raad mee zonder alles dicht te timmeren?"


def brought(method: str) -> Play:
    """A method that finds no bringer by itself: Saskia brings, the session begins."""
    play = Play(method)
    play.agree_all()
    play.do(c.Appoint(ERIK, SASKIA, "bringer"))
    play.do(c.Start(ERIK))
    return play


def to(play: Play, step: str) -> Play:
    """On to a step, whatever was said."""
    while play.step != step:
        play.do(c.Advance(ERIK, play.table.visit, how="next"))
    return play


def apart() -> Play:
    """Troika consulting with seven members at two small tables."""
    play = Play("TRO")
    play.start()
    return to(play, "share")


def brought_in_turns() -> Play:
    """A wisdom circle, in which all bring in turn; the first one begins."""
    play = Play("WIS")
    play.start()
    return play


def table_of(play: Play, number: int) -> list[int]:
    return [seat for seat, person in play.state.people.items() if person.table == number]


def through(play: Play) -> Play:
    """The second table has had all its turns; the first one is still at work."""
    seat = table_of(play, 2)[0]
    while not play.state.tables[2].finished:
        play.do(c.Advance(seat, play.state.tables[2].visit))
    return play


def wise() -> Play:
    """Wise crowds at its second turn, at the last step of it."""
    play = Play("WIS")
    play.start()
    for _ in range(7):
        if play.step == "challenge":
            play.say(play.table.bringer, QUESTION)
        play.advance()
    return play


def late() -> Play:
    """Every step took some minutes more than planned; two have spoken, two are ready."""
    play = Play()
    play.start()
    minute = 60_000
    for minutes, move in ((10, play.pitch), (5, play.choose), (7, play.next), (16, play.ask)):
        play.now += minutes * minute
        move()
        if move in (play.pitch, play.ask):
            play.next()
    for seat in (FATMA, JORIS):
        play.say(seat, "De kern is dat niemand de kleine gemeenten echt nodig heeft.")
    for seat in (FATMA, JORIS):
        play.do(c.Ready(seat, True))
    return play


def duties() -> Play:
    """Ruben keeps the time, Noor stands in, Ilse takes notes."""
    play = diagnosis()
    for seat, what in ((RUBEN, "timekeeper"), (NOOR, "deputy"), (ILSE, "notetaker")):
        play.do(c.Appoint(ERIK, seat, what))
    return play


def casting() -> Play:
    """Who brings, leads and takes notes is left to a vote, which is open between two."""
    play = to_casting()
    for seat, option in ((FATMA, f"B:{TOM}"), (RUBEN, f"B:{JORIS}")):
        play.do(c.Vote(seat, option, 1))
    return play


def to_casting(method: str = "KFB") -> Play:
    play = Play(method)
    play.start()
    return to(play, "casting")


def gated() -> Play:
    """Action learning with a coach: do all agree on the question? Tom asked to talk about how it goes."""
    play = to(brought("WIA"), "agree")
    play.do(c.RaiseStop(TOM, "We geven steeds advies.", False, kind="meta"))
    play.do(c.RaiseStop(FATMA, "", True))
    return play


def floor_of_time() -> Play:
    """The clinic: whoever has the floor has two minutes and a half."""
    return to(brought("CLI"), "try")


def moments() -> dict[str, Moment]:
    lobby = Play("TIEN")
    lobby.agree_all()
    found = Play("TIEN")
    found.agree_all()
    found.do(c.Appoint(ERIK, FATMA, "bringer"))
    small, done, turns, gate, clinic = apart(), through(apart()), wise(), gated(), floor_of_time()
    double = Play("CLR")
    return {
        "brings-lead": lobby.see(ERIK),
        "brings-group": lobby.see(FATMA),
        "brought-lead": found.see(ERIK),
        "brought-group": found.see(JORIS),
        "double-agree": double.see(FATMA),
        "apart-lead": small.see(ERIK, 2),
        "apart-table": small.see(table_of(small, 1)[0], 2),
        "through-lead": done.see(ERIK, 9),
        "through-table": done.see(table_of(done, 2)[0], 9),
        "turns-lead": turns.see(ERIK, 3),
        "turns-group": turns.see(TOM, 3),
        "late-lead": late().see(ERIK, 3.2),
        "over-lead": late().see(ERIK, 9.2),
        "duties-lead": duties().see(ERIK, 3),
        "duties-timekeeper": duties().see(RUBEN, 3),
        "casting-lead": casting().see(ERIK, 1),
        "gate-lead": gate.see(ERIK, 2),
        "gate-group": gate.see(JORIS, 2),
        "clinic-floor": clinic.see(clinic.table.floor, 1.2),
        "clinic-lead": clinic.see(ERIK, 1.2),
        "skip-lead": to(brought("REF"), before_second()).see(ERIK, 2),
    }


def before_second() -> str:
    """The step of the reflecting team before the one that may be skipped."""
    steps = [step.id for step in Play("REF").state.method.steps]
    return steps[steps.index("second") - 1]
