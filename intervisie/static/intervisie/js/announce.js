/** One polite voice for screen readers: a message per three seconds at most, arrivals counted. */

const PAUSE = 3000;

export class Announcer {
  /** `count(n)` makes a sentence of a number of arrivals. */
  constructor(region, count) {
    this.region = region;
    this.count = count;
    this.lines = [];
    this.arrived = 0;
    this.only = "";
    this.timer = null;
  }

  /** Newer lines of a `kind` replace older ones that still wait. */
  say(text, kind = text) {
    this.lines = [...this.lines.filter((line) => line.kind !== kind), { kind, text }];
    this.#soon();
  }

  arrive(sentence) {
    this.arrived += 1;
    this.only = sentence;
    this.#soon();
  }

  #soon() {
    this.timer ??= setTimeout(() => this.#speak(), 150);
  }

  #speak() {
    const lines = this.lines.map((line) => line.text);
    if (this.arrived) lines.push(this.arrived === 1 ? this.only : this.count(this.arrived));
    this.lines = [];
    this.arrived = 0;
    this.timer = null;
    if (!lines.length) return;
    this.region.textContent = lines.join(" ");
    this.timer = setTimeout(() => this.#speak(), PAUSE);
  }
}

/** What everybody should hear of what happened at the table, as sentences. */
export function news(before, look) {
  const { view, session } = look;
  const { turn } = session;
  const own = view.tables[look.small - 1]?.seats.filter((seat) => seat !== look.me.seat);
  const satThere = before.tables.some((one) => one.seats.includes(look.me.seat));
  const leading = (seats) => seats.filter((one) => one.role === "F").map((one) => one.seat);
  const led = leading(before.seats);
  const heir = leading(view.seats).find((seat) => !led.includes(seat));
  const gone = led.every((seat) => look.here && !look.here.includes(seat));
  const came = turn && (turn.n !== before.session.turn?.n || session.bringer !== before.session.bringer);
  return [
    own && !satThere && look.word("news_parted", { names: own.map((seat) => look.first(seat)).join(", ") }),
    before.tables.length && !view.tables.length && look.word("news_gathered"),
    came && look.word("news_turn", { ...turn, name: look.first(session.bringer) }),
    heir && !view.tables.length && !before.tables.length && led.length > 0 &&
      look.word(gone ? "news_lent" : "news_lead", { name: look.name(heir) }),
  ].filter(Boolean);
}
