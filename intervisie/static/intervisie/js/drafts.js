/** What somebody is typing, kept in this tab over a reload, a lost line and a change of step. */

const PREFIX = "draft:";

export class Drafts {
  /**
   * `session` is the session's id. `visitor` changes with every log-in: drafts of another log-in are wiped.
   */
  constructor(session, visitor, storage = sessionStorage) {
    this.storage = storage;
    this.prefix = `${PREFIX}${session}:`;
    if (storage.getItem("visitor") !== visitor) this.wipe();
    storage.setItem("visitor", visitor);
  }

  keep(tool, text) {
    if (text) this.storage.setItem(this.prefix + tool, text);
    else this.storage.removeItem(this.prefix + tool);
  }

  get(tool) {
    return this.storage.getItem(this.prefix + tool) ?? "";
  }

  /** The tools of this session that have a draft. */
  tools() {
    return Object.keys(this.storage)
      .filter((key) => key.startsWith(this.prefix))
      .map((key) => key.slice(this.prefix.length))
      .sort();
  }

  /** Forgets every draft and every unsent command of this tab. */
  wipe() {
    this.storage.clear();
  }
}
