/** Where we are and what is asked of me; the same as intervisie/room/stage.py with its templates. */

import { h, icon } from "./dom.js";
import { errorOf, form, sees } from "./draw-tools.js";

const SILENT = { listen: "you_listen", turned: "you_are_turned", away: "you_are_away" };

export function drawHead(look) {
  const { kicker, title, text, nudges, script } = look.step ? inside(look) : outside(look);
  return [
    h("p", { class: "kicker" }, kicker),
    h("h1", { class: "stage__title", id: "stage-title", tabindex: -1 }, title),
    h("p", { class: "stage__role" }, text),
    nudges.length > 0 && h("ul", { class: "nudges" }, ...nudges.map((nudge) => h("li", {}, nudge))),
    script && h("p", { class: "script" }, icon("megaphone"), h("span", {}, h("span", { class: "script__label" }, look.word("say_aloud")), h("q", {}, script))),
  ];
}

function inside(look) {
  const { step, stance } = look;
  const leads = look.me.role === "F";
  return {
    kicker: look.word("step_of", { n: look.number + 1, of: look.steps.length, kind: look.texts.kinds[step.kind] }),
    title: stance === "turned" ? look.word("turned_title") : step.title,
    text: roleSentence(look),
    nudges: leads || stance === "acts" ? step.nudges.map((rule) => look.texts.nudges[rule]) : [],
    script: leads ? step.script : "",
  };
}

function outside(look) {
  const phase = look.seat.agreed && look.phase !== "running" ? look.phase : "lobby";
  const { name: method, minutes: n } = look.texts.method;
  return {
    kicker: phase === "lobby" ? look.word("method_takes", { method, n }) : look.word(`${phase}_kicker`),
    title: look.word(phase),
    text: look.word(phase === "lobby" && look.me.role === "F" ? "lobby_lead" : `${phase}_text`),
    nudges: [],
    script: "",
  };
}

/** The instruction for me, now: as who has the floor, by my stance, by my role, or for everybody. */
export function roleSentence(look) {
  const told = look.step.instruction;
  const { role, seat } = look.me;
  const { floor } = look.view.step;
  const mine = told[role] ?? told.default;
  if (floor === seat) return told.floor ?? `${look.word("you_have_floor")} ${mine}`;
  if (SILENT[look.stance]) return told[look.stance] ?? told[role] ?? look.word(SILENT[look.stance]);
  return floor ? `${look.word("other_has_floor", { who: look.first(floor) })} ${mine}` : mine;
}

export function drawStops(look) {
  const clears = look.tool("clear_stop");
  return look.view.stops.map((stop) =>
    h(
      "div",
      { class: "notice notice--warning stop", "data-key": `stop-${stop.id}` },
      icon("hand"),
      h("p", {}, h("strong", {}, stop.by ? look.word("stop_by", { who: look.name(stop.by) }) : look.word("stop_by_nobody")), stop.text && ` ${stop.text}`),
      clears && form(look, "lead", { class: "stop__clear" }, { item: stop.id }, h("button", { class: "button button--quiet button--small", name: "do", value: "clear_stop" }, look.word("stop_clear"))),
    ),
  );
}

export function drawPlan(look) {
  if (look.phase !== "lobby") return [];
  const steps = look.steps.map((step) =>
    h(
      "li",
      {},
      h("span", { class: "plan__name" }, step.title),
      h("span", { class: "plan__minutes" }, look.minutes(step)),
      h("span", { class: "plan__text" }, step.instruction.default),
    ),
  );
  return [
    h("section", { class: "plan", "aria-labelledby": "plan-title" }, h("h2", { class: "plan__title", id: "plan-title" }, look.word("plan")), h("ol", { class: "plan__steps" }, ...steps)),
  ];
}

/** What folds open from a line with a title. */
function fold(key, className, open, heading, ...content) {
  return h("details", { class: className, "data-key": key, open }, h("summary", { class: "case__summary" }, ...heading), ...content);
}

export function drawCase(look) {
  return [mine(look), theCase(look)];
}

function theCase(look) {
  const brought = look.view.case;
  const quiet = look.phase === "ended" || look.stance === "turned";
  if (!brought || quiet || !(brought.situation || brought.outcome)) return null;
  const texts = { ...brought, parties: brought.parties.join(", ") };
  const keys = ["question", "situation", "own_role", "parties", "outcome"].filter((key) => texts[key]);
  const heading = [
    h("span", { class: "case__title" }, look.word("case_of", { name: look.first(brought.by) })),
    brought.title && h("span", { class: "muted" }, brought.title),
  ];
  const rows = keys.flatMap((key) => [h("dt", {}, look.word(key)), h("dd", {}, texts[key])]);
  const told = look.step?.kind === "tell" && !look.items("question", "text").length;
  return fold("case", "case", told, heading, h("dl", { class: "case__rows" }, ...rows), look.tool("unseal") && unseal(look));
}

function unseal(look) {
  return form(
    look,
    "unseal",
    { class: "case__unseal" },
    {},
    errorOf(look, "unseal", "unseal-error"),
    h("p", { class: "sees" }, icon("lock"), h("span", {}, look.word("outcome_sealed"))),
    h("button", { class: "button button--quiet button--small", name: "do", value: "unseal" }, look.word("unseal")),
  );
}

/** What I marked and wrote down with my back turned, once I am back. */
function mine(look) {
  if (look.stance === "turned" || look.phase === "ended") return null;
  const marked = look.items("mark").map((item) => item.parent);
  const lines = look.view.items.filter((item) => marked.includes(item.id));
  const notes = look.items("note");
  if (!lines.length && !notes.length) return null;
  const line = (name) => (item) => h("li", {}, icon(name), h("span", {}, item.text));
  const opens = look.step?.kind === "tell" && look.stance === "acts";
  const heading = [h("span", { class: "case__title" }, look.word("touched"))];
  return fold("mine", "case mine", opens, heading, h("ul", { class: "mine__lines" }, ...lines.map(line("heart")), ...notes.map(line("notebook-pen"))), sees(look.word("mine_sees")));
}
