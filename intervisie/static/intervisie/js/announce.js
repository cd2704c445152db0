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
