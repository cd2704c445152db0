/** Commands without an answer yet. They outlive a reload: none is lost, none is done twice. */

export class Outbox {
  constructor(session, storage = sessionStorage) {
    this.key = `unsent:${session}`;
    this.storage = storage;
    this.waiting = new Map(JSON.parse(storage.getItem(this.key) ?? "[]"));
  }

  add(command, tool) {
    this.waiting.set(command.id, { command, tool, at: 0 });
    this.#write();
  }

  take(id) {
    const entry = this.waiting.get(id);
    if (this.waiting.delete(id)) this.#write();
    return entry;
  }

  holds(tool) {
    return [...this.waiting.values()].some((entry) => entry.tool === tool);
  }

  /** How long the oldest one waits, in milliseconds. */
  oldest(now) {
    const sent = [...this.waiting.values()].map((entry) => entry.at).filter(Boolean);
    return sent.length ? now - Math.min(...sent) : 0;
  }

  #write() {
    this.storage.setItem(this.key, JSON.stringify([...this.waiting].map(([id, entry]) => [id, { ...entry, at: 0 }])));
  }
}

/** A random UUID; `crypto.randomUUID` is missing on pages without https. */
export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
