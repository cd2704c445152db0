/** A view with its texts, and short ways to ask them; as intervisie/room/look.py. */

/** fill("{n} min", { n: 5 }) → "5 min" */
export function fill(sentence, values = {}) {
  return sentence.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

/** 7.5 → "7½"; to the quarter of a minute. */
function inQuarters(minutes) {
  const quarters = Math.floor(minutes * 4 + 0.5);
  const part = ["", "¼", "½", "¾"][quarters % 4];
  return `${Math.floor(quarters / 4) || (part ? "" : 0)}${part}`;
}

/** What only some steps need, by name: room.js loads it before they are drawn. */
export const more = {};

export class Look {
  /** `errors`: what was wrong, by tool. `here`: seats with a live line, null while unknown. `now` in milliseconds. */
  constructor(view, texts, errors = {}, here = null, now = 0) {
    const { me, session, step } = view;
    Object.assign(this, {
      view,
      texts,
      errors,
      here,
      now,
      me,
      session,
      words: texts.words,
      phase: session.phase,
      stance: me.stance,
    });
    this.people = new Map(view.people.map((person) => [person.seat, person]));
    this.method = texts.method;
    const { plan, skipped } = session;
    this.steps = this.method.steps
      .filter((one) => !skipped.includes(one.id))
      .map((one) => ({ ...one, ...(one.id === step?.id && this.method.modules[step.module]), id: one.id }))
      .map((one) => (one.id in plan ? { ...one, minutes: plan[one.id] * one.times } : one));
    // The number of the small table where this seat sits, from 1; 0 is everybody's.
    this.small = view.tables.findIndex((one) => one.seats.includes(me.seat)) + 1;
    this.step = this.stepOf(step?.id);
    // Where sub-groups go through several steps each keeps its own time, and the first table has none to show.
    this.clock = this.small || !view.tables.length || this.step?.apart ? view.clock : null;
    const outside = ["closing", "ended"].includes(this.phase) ? this.steps.length : -1;
    this.number = this.step ? this.steps.indexOf(this.step) : outside;
    this.visit = step?.visit ?? me.tools.find((tool) => "visit" in tool)?.visit ?? "";
    this.seat = view.seats.find((seat) => seat.seat === me.seat);
    this.bringer = this.first(session.bringer);
  }

  /** The texts of any step; null for the closing. */
  stepOf(id) {
    return this.steps.find((one) => one.id === id) ?? null;
  }

  word(key, values) {
    return fill(this.words[key], values);
  }

  name(seat) {
    return this.people.get(seat)?.name ?? "";
  }

  first(seat) {
    return (this.people.get(seat)?.short ?? "").replace(/ \S\.$/, "");
  }

  /** What a role is called here, in the middle of a sentence. */
  title(role) {
    return this.method.titles[role]?.toLowerCase() ?? this.word(`role_${role}`);
  }

  /** First names; of many the first three, and how many more. */
  names(seats) {
    const names = seats.map((seat) => this.first(seat));
    const n = names.length - 3;
    return n > 1 ? this.word("and_more", { names: names.slice(0, 3).join(", "), n }) : names.join(", ");
  }

  tool(does, kind) {
    return this.me.tools.find((tool) => tool.do === does && (!kind || tool.kind === kind)) ?? null;
  }

  /** Who will see this, and under what name. */
  sees(tool) {
    const promise = fill(this.texts.audiences[tool.sees], { name: this.bringer });
    return tool.few ? `${promise} ${this.word("few")}` : promise;
  }

  items(...kinds) {
    return this.view.items.filter((item) => kinds.includes(item.kind));
  }

  /** Whether it is about the case of now, where all take turns to bring one. */
  isOfNow({ turn }) {
    return turn === undefined || turn === this.session.bringer;
  }

  minutes({ minutes }) {
    return this.word("minutes", { n: inQuarters(minutes) });
  }

  /** What the facilitator may say, with the minutes of this step as they are planned now. */
  aloud({ script, minutes }) {
    const n = inQuarters(minutes);
    return fill(script, { minutes: this.texts.spoken[n] ?? this.word("spoken_minutes", { n }) });
  }

  /** Milliseconds since 1970 as the time of day at the table. */
  hour(ms) {
    const format = { hour: "2-digit", minute: "2-digit", timeZone: this.texts.zone };
    return new Date(ms).toLocaleTimeString("nl-NL", format);
  }
}
