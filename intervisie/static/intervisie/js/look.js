/** A view with its texts, and short ways to ask them; as intervisie/room/look.py. */

/** fill("{n} min", { n: 5 }) → "5 min" */
export function fill(sentence, values = {}) {
  return sentence.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

export class Look {
  /** `errors`: what was wrong, by tool. `here`: seats with a live line, null while unknown. */
  constructor(view, texts, errors = {}, here = null) {
    const { me, session, step } = view;
    Object.assign(this, {
      view,
      texts,
      errors,
      here,
      me,
      session,
      words: texts.words,
      phase: session.phase,
      stance: me.stance,
    });
    this.people = new Map(view.people.map((person) => [person.seat, person]));
    this.steps = texts.method.steps.filter((one) => !session.skipped.includes(one.id));
    this.step = this.steps.find((one) => one.id === step?.id) ?? null;
    const outside = ["closing", "ended"].includes(this.phase) ? this.steps.length : -1;
    this.number = this.step ? this.steps.indexOf(this.step) : outside;
    this.visit = step?.visit ?? me.tools.find((tool) => "visit" in tool)?.visit ?? "";
    this.seat = view.seats.find((seat) => seat.seat === me.seat);
    this.bringer = this.first(session.bringer);
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

  tool(does, kind) {
    return this.me.tools.find((tool) => tool.do === does && (!kind || tool.kind === kind)) ?? null;
  }

  /** Who will see this, and under what name. */
  sees(tool) {
    return fill(this.texts.audiences[tool.sees], { name: this.bringer });
  }

  items(...kinds) {
    return this.view.items.filter((item) => kinds.includes(item.kind));
  }

  minutes(step) {
    return this.word("minutes", { n: `${Math.floor(step.minutes)}${step.minutes % 1 ? "½" : ""}` });
  }
}
