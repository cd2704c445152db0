/** The bar of who leads; as intervisie/room/lead.py and late.py. */

import { h, icon } from "./dom.js";
import { act, errorOf, form } from "./draw-tools.js";

const TURN_KINDS = ["round", "judge", "write"];
const NOT_YET = ["waits", "floor", "writes"];
const TASKS = ["facilitator", "deputy", "timekeeper", "notetaker", "observer", "member"];
const MINUTE = 60_000;

export function drawLead(look) {
  const go = ["start", "advance", "end"].find((does) => look.tool(does));
  if ((!go && !look.tool("extend")) || look.stance === "turned") return [];
  const label = go && labelOf(look, go);
  const confirm = go && confirmation(look, go);
  const named = look.small ? look.word("lead_table") : look.word("lead", { lead: look.title("F") });
  const row = [extend, clock, floor, brings, people, more].map((draw) => draw(look));
  return [
    h(
      "section.leadbar__bar",
      { "aria-label": go ? named : look.word("lead_time") },
      errorOf(look, "lead"),
      choices(look),
      cueLine(look, go),
      h("div.leadbar__row", {}, row, go && goOn(look, go, label, confirm)),
      confirm && dialog(look, go, label, confirm),
    ),
  ];
}

// The main button

const isFirst = (look) => look.view.tables.length && !look.small;

function labelOf(look, go) {
  if (go !== "advance") return look.word(go);
  if (isFirst(look)) return look.word("call_back");
  const following = look.steps[look.number + 1];
  return nextItem(look) || nextTurn(look, following) || look.word("next", { step: following.short });
}

function nextItem(look) {
  const { uses, focus } = look.view.step;
  const n = uses.indexOf(focus) + 2;
  return look.step.repeats && n > 1 && n <= uses.length && look.word("next_item", { n, of: uses.length });
}

function nextTurn(look, following) {
  if (following && !(look.small && look.step.apart)) return "";
  const next = look.session.turn?.next;
  return next ? look.word("next_turn", { name: look.first(next) }) : look.word(look.small ? "table_done" : "round_off");
}

function confirmation(look, go) {
  if (go === "end") return look.word("end_sure");
  if (isFirst(look)) {
    const still = look.view.tables.map((one, at) => !one.done && look.word("table_n", { n: at + 1 })).filter(Boolean);
    return still.length ? look.word("call_back_anyway", { names: still.join(", ") }) : "";
  }
  const names = look.names(notYet(look).map((one) => one.seat));
  const gate = look.steps.find((step) => step.id === look.step?.gate);
  const told = [
    names && look.word(go === "start" ? "start_anyway" : "next_anyway", { names }),
    gate && look.word("gate", { step: gate.short }),
  ];
  return told.filter(Boolean).join(" ");
}

function notYet(look) {
  const { seats } = look.view;
  if (!look.step) return seats.filter((seat) => !seat.agreed);
  return TURN_KINDS.includes(look.step.kind) ? acting(look).filter((seat) => NOT_YET.includes(seat.state)) : [];
}

function acting(look) {
  return look.view.seats.filter((seat) => seat.agreed && look.step?.acting.includes(seat.role));
}

function goOn(look, go, label, confirm) {
  const content = [label, icon("arrow-right")];
  if (confirm) return h("a.button", { href: "#go-dialog", "data-dialog": "go-dialog" }, content);
  return leads(look, { "data-key": "go" }, {}, act(go, "", content));
}

function dialog(look, go, label, confirm) {
  const stay = h("a.button.button--plain", { href: "#room", "data-close": "" }, look.word("stay"));
  return h(
    "dialog.dialog",
    { id: "go-dialog", "aria-labelledby": "go-title" },
    h("h2", { id: "go-title" }, label),
    h("p", {}, confirm),
    leads(look, { class: "tool__actions" }, {}, act(go, "", look.word("go_on")), stay),
  );
}

// The line above the bar

function cueLine(look, go) {
  const over = h("span.leadbar__over", {}, look.word("warn_end"));
  const told = h("p", {}, over, " ", h("span", {}, cue(look, go)));
  return h("div.leadbar__cue", { "data-key": "cue" }, told, until(look));
}

function cue(look, go) {
  if (look.phase === "lobby") return whoBrings(look);
  if (!go || isFirst(look)) return "";
  const able = look.view.seats.filter((seat) => seat.agreed && "BC".includes(seat.role));
  const n = able.filter((seat) => seat.ready).length;
  if (n && n === able.length) return look.word("ready_all");
  return [n > 0 && look.word("ready_count", { n, of: able.length }), quiet(look)].filter(Boolean).join(" · ");
}

function whoBrings(look) {
  const { chosen } = look.session;
  if (chosen) return look.word("somebody_brings", { name: look.name(chosen) });
  return look.method.waits && look.word("nobody_brings");
}

function quiet(look) {
  const { quiet: seats, of } = look.view.cue ?? { quiet: [] };
  const heard = of - seats.length - Boolean(look.view.step?.floor);
  return seats.length > 0 && heard > 0 && look.word("quiet", { names: look.names(seats) });
}

const round = (ms) => Math.floor(ms / MINUTE + 0.5);

/** When it should be over, and if it will be later than that, three choices. */
function until(look) {
  const { plan } = look.view;
  if (!plan) return null;
  const planned = h("span.leadbar__until", {}, look.word("ends_at", { time: look.hour(plan.until) }));
  if (!look.clock || !look.tool("replan")) return planned;
  const here = look.clock.paused ? look.clock.left : look.clock.ends - look.now;
  const room = plan.until - look.now - Math.max(0, here);
  const over = round(plan.later - room);
  return [over > 1 && late(look, plan, room, over), planned];
}

function late(look, plan, room, over) {
  const summary = h("summary.leadbar__late", {}, icon("clock"), word(look.word("late", { n: over })));
  const notes = {
    shorten: shorter(look, plan, Math.max(plan.short, room), room),
    skip: round(plan.optional) > 0 && look.word("late_skip_wins", { n: round(plan.optional) }),
    overrun: look.word("late_overrun_to", { time: look.hour(plan.until + plan.later - room) }),
  };
  const lines = Object.entries(notes).map(
    ([choice, note]) => note && line({ name: "choice", value: choice }, word(look.word(`late_${choice}`)), soft(note)),
  );
  const list = leads(look, { class: "leadbar__list" }, { do: "replan" }, lines);
  return h("details.leadbar__menu", { "data-key": "late", name: "lead" }, summary, list);
}

function shorter(look, plan, target, room) {
  if (round(plan.later - target) < 1) return null;
  const still = round(target - room);
  const told = look.word("late_shorten_to", { of: round(plan.later), n: round(target) });
  return still > 0 ? `${told}, ${look.word("late_still", { n: still })}` : told;
}

// Menus

const leads = (look, attributes, fields, ...content) => form(look, "lead", attributes, fields, content);
const line = (attributes, ...content) => h("button.leadbar__item", attributes, content);
const word = (text) => h("span", {}, text);
const soft = (text) => h("span.muted", {}, text);

function extend(look) {
  if (!look.tool("extend")) return null;
  const minutes = [1, 2, 5].map((n) =>
    act("", "plain.small", `+${n}`, { name: "minutes", value: n, "aria-label": look.word("extend", { n }) }),
  );
  const group = { role: "group", "aria-label": look.word("extend_group") };
  return leads(
    look,
    { "data-key": "extend" },
    { do: "extend" },
    h("div.leadbar__group", group, icon("timer"), minutes),
  );
}

function clock(look) {
  const does = ["pause", "resume"].find((name) => look.tool(name));
  const button = () => act(does, "plain.small", [icon(does === "pause" ? "pause" : "play"), word(look.word(does))]);
  return does ? leads(look, { "data-key": "clock" }, {}, button()) : null;
}

function menu(key, name, title, content, kind = "plain") {
  const summary = h(`summary.button.button--${kind}.button--small`, {}, icon(name), word(title));
  return h("details.leadbar__menu", { "data-key": key, name: "lead" }, summary, content);
}

function floor(look) {
  const seats = acting(look).filter((seat) => seat.state !== "floor");
  if (!look.tool("give_floor") || !seats.length) return null;
  const lines = seats.map((seat) => {
    const state = look.texts.states[seat.state];
    return line({ name: "to", value: seat.seat }, word(look.name(seat.seat)), state && soft(state));
  });
  const next = line({ name: "to", value: "" }, look.word("next_in_turn"));
  const list = leads(look, { class: "leadbar__list" }, { do: "give_floor" }, next, lines);
  return menu("floor", "mic", look.word("give_floor"), list);
}

/** In the lobby of a method that does not find a bringer by itself. */
function brings(look) {
  if (look.phase !== "lobby" || !look.method.waits || !look.tool("appoint")) return null;
  const able = look.view.seats.filter((seat) => seat.agreed && "BC".includes(seat.role));
  const lines = able.map(({ seat }) =>
    line({ name: "to", value: seat }, word(look.name(seat)), seat === look.session.chosen && icon("check")),
  );
  const drawn = [drawnBy(look, "lot"), drawnBy(look, "turn")];
  const list = leads(look, { class: "leadbar__list" }, { do: "appoint", what: "bringer" }, drawn, lines);
  const kind = look.session.chosen ? "plain" : "quiet";
  return able.length > 0 && menu("brings", "armchair", look.word("who_brings"), list, kind);
}

const DRAWN = { lot: "dices", turn: "rotate-ccw" };
const drawnBy = (look, by) => line({ name: "by", value: by }, icon(DRAWN[by]), word(look.word(`by_${by}`)));

function people(look) {
  if (!look.tool("appoint")) return null;
  const who = look.view.seats
    .filter((seat) => seat.agreed)
    .map((seat) => h("option", { value: seat.seat, "data-key": `who-${seat.seat}` }, does(look, seat)));
  const pick = h("option", { value: "" }, look.word("people_pick"));
  const tasks = TASKS.map((what) => line({ name: "what", value: what }, look.word(`appoint_${what}`)));
  const heir = h("button.leadbar__item.leadbar__item--apart", { name: "do", value: "hand_over" }, look.word("hand_over"));
  const list = [
    h("label.leadbar__label", { for: "lead-who" }, look.word("people_who")),
    h("select", { id: "lead-who", name: "to", required: true }, pick, who),
    tasks,
    heir,
  ];
  return menu("people", "users", look.word("people"), leads(look, { class: "leadbar__list" }, { do: "appoint" }, list));
}

function does(look, { seat, role, duties }) {
  const duty = duties.map((one) => look.word(`duty_${one}`));
  return [look.name(seat), "BFN".includes(role) && look.title(role), ...duty].filter(Boolean).join(", ");
}

function more(look) {
  const ways = look.tool("advance")?.ways ?? [];
  const turn = look.session.turn;
  const way = (name, value, picture, ...content) =>
    leads(look, {}, name === "how" ? { do: "advance" } : {}, line({ name, value }, icon(picture), content));
  const list = [
    look.tool("back") && way("do", "back", "undo-2", word(look.word("back"))),
    ways.includes("skip") &&
      way("how", "skip", "skip-forward", word(look.word("skip", { step: look.steps[look.number + 1].short }))),
    ways.includes("anyway") && way("how", "anyway", "arrow-right", word(look.word("anyway"))),
    ways.includes("close") &&
      turn?.n < turn?.of &&
      way("how", "close", "x", word(look.word("close_loop")), soft(look.word("close_loop_left", { n: turn.of - turn.n }))),
    look.tool("choose") && drawn(look).map((by) => leads(look, {}, { do: "choose" }, drawnBy(look, by))),
  ];
  if (!list.flat().some(Boolean)) return null;
  return menu("more", "ellipsis", look.word("more"), h("div.leadbar__list", {}, list));
}

/** By lot, and where a case is looked for, by whose turn it is. */
function drawn(look) {
  return look.step.effect === "case" || look.step.casts.includes("B") ? ["lot", "turn"] : ["lot"];
}

// Shown after the votes left it open

function choices(look) {
  if (!look.tool("choose") || !look.errors.lead) return null;
  const options = look.view.judge?.options ?? [];
  const said = look.view.items.filter((item) => options.includes(item.id));
  const modules = Object.entries(look.method.modules).map(([id, { title }]) => ({ id: `m:${id}`, text: title }));
  const lines = [...said, ...modules.filter((one) => options.includes(one.id))].map((one) => {
    const by = look.name(one.by);
    const button = h("button.leadbar__choice", { name: "do", value: "choose" }, by && h("strong", {}, by), word(one.text));
    return h("li", {}, leads(look, {}, { item: one.id }, button));
  });
  const roles = look.step.casts.map((role) => forRole(look, role, options));
  const ways = drawn(look).map((by) => {
    const button = act("", "quiet.small", [icon(DRAWN[by]), look.word(`by_${by}`)], { name: "by", value: by });
    return leads(look, {}, { do: "choose" }, button);
  });
  const list = lines.length > 0 && h("ul.leadbar__options", {}, lines);
  return h("div.leadbar__choices", { "data-key": "choices" }, list, roles, h("div.leadbar__ways", {}, ways));
}

function forRole(look, role, options) {
  const found = options.filter((one) => one.startsWith(`${role}:`));
  if (!found.length) return null;
  const cast = look.view.judge.cast;
  const names = found.map((one) =>
    h("option", { value: one, "data-key": one, selected: cast.includes(one) }, look.name(Number(one.slice(2)))),
  );
  const id = `role-${role}`;
  return leads(
    look,
    { class: "leadbar__role", "data-key": id },
    {},
    h("label.leadbar__label", { for: id }, look.title(role)),
    h("select", { id, name: "item" }, names),
    act("choose", "quiet.small", look.word("choose")),
  );
}
