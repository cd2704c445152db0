/** One polite voice for screen readers: at most one message per three seconds, arrivals counted instead of read out. */

const PAUSE = 3000;

export class Announcer {
  /** `region` is the live region; `count(n)` makes a sentence of a number of new contributions. */
  constructor(region, count) {
    this.region = region;
    this.count = count;
    this.lines = [];
    this.arrived = 0;
    this.only = "";
    this.timer = null;
  }

  /** Says a line as soon as it may. Newer lines of the same `kind` replace older ones that still wait. */
  say(text, kind = text) {
    this.lines = [...this.lines.filter((line) => line.kind !== kind), { kind, text }];
    this.#soon();
  }

  /** Counts a contribution; a single one is told by its own sentence, several by their number. */
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
