/** The server's clock on this screen: what is left of step and turn, the ring, two calm warnings. */

const MINUTE = 60_000;

/** Minutes and seconds: 252000 → "4:12". */
export function asMinutes(ms) {
  const seconds = Math.ceil(Math.max(0, ms) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

export class Clock {
  constructor(root, texts, warn) {
    Object.assign(this, { root, texts, warn, clock: null, offset: 0, said: "" });
    setInterval(() => this.tick(), 500);
  }

  /** From here on monotonic: a changed clock of the device moves nothing. */
  sync(now) {
    this.offset = now - performance.now();
  }

  /** Milliseconds since 1970, as the server has it. */
  now() {
    return performance.now() + this.offset;
  }

  /** Milliseconds left of the step, or null. */
  left() {
    if (!this.clock) return null;
    return this.clock.paused ? this.clock.left : this.clock.ends - this.now();
  }

  set(clock, visit) {
    if (this.clock?.ends !== clock?.ends || this.visit !== visit) this.said = "";
    Object.assign(this, { clock, visit });
    this.tick();
  }

  tick() {
    const left = this.left();
    this.root.toggleAttribute("data-over", left !== null && left <= 0);
    if (left === null) return;
    const face = this.root.querySelector("[data-clock]");
    const ring = this.root.querySelector("[data-ring]");
    if (face) face.textContent = asMinutes(left);
    ring?.setAttribute(
      "stroke-dasharray",
      `${Math.max(0, Math.min(100, (left / this.clock.total) * 100)).toFixed(2)} 100`,
    );
    const label = this.root.querySelector("[data-clock-label]");
    if (label) label.textContent = this.#label(left);
    for (const place of this.root.querySelectorAll("[data-turn]")) place.textContent = this.#turn();
    this.#warn(left);
  }

  /** What is left of the turn of who has the floor; nothing below zero, and nothing while the clock stands still. */
  #turn() {
    const { turn, paused } = this.clock;
    if (!turn || paused) return "";
    const left = turn.since + turn.seconds * 1000 - this.now();
    return left > 0 ? asMinutes(left) : this.texts.turn_over;
  }

  #label(left) {
    if (this.clock.paused) return this.texts.clock_paused;
    return left > 0 ? this.texts.clock_left : this.texts.clock_over;
  }

  #warn(left) {
    if (this.clock.paused) return;
    const due = left <= 0 ? "warn_end" : left <= MINUTE && this.clock.total > 2 * MINUTE ? "warn_minute" : "";
    if (!due || this.said === due) return;
    this.said = due;
    this.warn(this.texts[due]);
  }
}
