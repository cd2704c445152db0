/** The line to the server: resumes where it was, sends again what was not answered, notices silence. */

const BEAT = 15_000;
const DEAD = 35_000;
const PATIENCE = 3_000;
const BACKOFF = { first: 500, last: 8_000 };
// Trying again would not help.
const FINAL = new Set([4401, 4403, 4404, 4409, 4410]);

/** Milliseconds before try number `attempt` (from 0), spread so that a room does not come back at once. */
export function pause(attempt, random = Math.random) {
  const longest = Math.min(BACKOFF.last, BACKOFF.first * 2 ** attempt);
  return longest * (0.5 + random() / 2);
}

export class Line {
  /**
   * `on` has: hello(frame), delta(frame), here(seats), beat(frame), done(entry), refused(frame, entry),
   * state("live" | "away" | "closed", code).
   */
  constructor(url, outbox, on) {
    Object.assign(this, {
      url,
      outbox,
      on,
      cursor: null,
      epoch: null,
      socket: null,
      attempt: 0,
      heard: 0,
      beaten: 0,
      live: false,
      over: false,
    });
    setInterval(() => this.#watch(), 1000);
    addEventListener("offline", () => this.#lost());
    addEventListener("online", () => this.#again(0));
    addEventListener("pagehide", () => this.#hangUp());
    addEventListener("pageshow", (event) => event.persisted && this.#again(0));
    this.#connect();
  }

  /** Sends a command, or keeps it until the line is back. */
  send(command, tool) {
    this.outbox.add(command, tool);
    this.#flush();
  }

  #connect() {
    clearTimeout(this.timer);
    if (this.over) return;
    const socket = new WebSocket(this.url);
    this.socket = socket;
    this.heard = performance.now();
    socket.onopen = () => this.#write({ t: "hi", v: 1, since: this.cursor, e: this.epoch });
    socket.onmessage = (event) => socket === this.socket && this.#hear(JSON.parse(event.data));
    socket.onclose = (event) => socket === this.socket && this.#closed(event.code);
  }

  #write(frame) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  #flush() {
    if (!this.live) return;
    for (const entry of this.outbox.waiting.values()) {
      if (entry.at) continue;
      entry.at = performance.now();
      this.#write({ t: "do", ...entry.command });
    }
  }

  #hear(frame) {
    this.heard = performance.now();
    if (frame.t === "hello") this.#hello(frame);
    else if (frame.t === "d") this.#delta(frame);
    else if (frame.t === "ack") this.#acked(frame.id);
    else if (frame.t === "no") this.on.refused(frame, this.outbox.take(frame.id));
    else if (frame.t === "here") this.on.here(frame.seats);
    else if (frame.t === "beat") this.#beat(frame);
  }

  #hello(frame) {
    this.cursor = frame.c;
    this.epoch = frame.e;
    this.on.hello(frame);
    this.#up();
  }

  /** Ops count one by one: where a frame does not join on, something is missing. */
  #delta(frame) {
    if (frame.c !== this.cursor + frame.o.length) {
      if (frame.c > this.cursor) this.#lost();
      return;
    }
    this.cursor = frame.c;
    this.on.delta(frame);
    for (const id of frame.ack ?? []) this.#acked(id);
    this.#up();
  }

  #acked(id) {
    const entry = this.outbox.take(id);
    if (entry) this.on.done(entry);
  }

  #beat(frame) {
    this.on.beat(frame);
    if (frame.c > this.cursor) this.#lost();
  }

  #up() {
    if (this.live) return;
    this.live = true;
    this.attempt = 0;
    this.on.state("live");
    this.#flush();
  }

  /** This line is not to be trusted: a new one starts where we were. */
  #lost() {
    this.#drop();
    this.#again(pause(this.attempt++));
  }

  #drop() {
    this.#hangUp();
    this.live = false;
    for (const entry of this.outbox.waiting.values()) entry.at = 0;
    if (!this.over) this.on.state("away");
  }

  #hangUp() {
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  #again(wait) {
    clearTimeout(this.timer);
    if (!this.over && !this.socket) this.timer = setTimeout(() => this.#connect(), wait);
  }

  #closed(code) {
    this.over = FINAL.has(code);
    this.#drop();
    if (this.over) this.on.state("closed", code);
    else this.#again(code === 4429 ? BACKOFF.last : pause(this.attempt++));
  }

  #watch() {
    if (!this.socket || this.over) return;
    const now = performance.now();
    const patience = this.live ? DEAD : BACKOFF.last;
    if (now - this.heard > patience || this.outbox.oldest(now) > PATIENCE) return this.#lost();
    if (now - this.beaten > BEAT - 2000) {
      this.beaten = now;
      this.#write({ t: "beat" });
    }
  }
}
