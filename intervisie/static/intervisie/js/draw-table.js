/** Rail, table, head of the stage, stop signals, the case; as intervisie/room/table.py and stage.py. */

import { asMinutes } from "./clock.js";
import { h, icon } from "./dom.js";
import { act, errorOf, form, sees } from "./draw-tools.js";

const DUTIES = { deputy: "user-check", timekeeper: "timer" };
const SILENT = { listen: "you_listen", turned: "you_are_turned", away: "you_are_away" };

export function drawRail(look) {
  return look.steps.map((step, at) => {
    const state = at < look.number ? "past" : at === look.number ? "now" : "next";
    const weight = Math.min(20, Math.max(3, Math.ceil(step.minutes)));
    return h(
      `li.rail__step.rail__step--${state}.rail__step--${weight}`,
      { "aria-current": state === "now" && "step" },
      h("span.rail__title", {}, step.short),
      h("span.rail__minutes", {}, look.minutes(step) + turnNow(look, at)),
      state === "past" && h("span.visually-hidden", {}, look.word("step_done")),
    );
  });
}

/** Where all take turns to bring: the how manieth this is. */
function turnNow(look, at) {
  const { turn } = look.session;
  return turn && at === look.number ? ` · ${look.word("turn_of", turn)}` : "";
}

export function drawTable(look) {
  const { clock } = look;
  const { seats } = look.view;
  return [
    h("h2.visually-hidden", { id: "table-name" }, look.word("table", { n: seats.length })),
    ring(clock),
    h("div.round__middle", {}, middle(look)),
    h(
      `ol.seats.seats--${seats.length}`,
      {},
      seats.map((seat, at) => drawSeat(look, seat, at / seats.length)),
    ),
  ];
}

function ring(clock) {
  const circle = (name, r, more) => h(`circle.round__${name}`, { cx: 100, cy: 100, r, ...more });
  const time = { "data-ring": "", pathLength: 100, transform: "rotate(-90 100 100)" };
  return h(
    "svg.round__ring",
    { viewBox: "0 0 200 200", "aria-hidden": "true" },
    circle("plate", 94),
    circle("track", 98.5),
    clock && circle("time", 98.5, time),
  );
}

function middle(look) {
  const { clock } = look;
  const [kicker, question] = asked(look);
  const size = question.length < 60 ? "short" : question.length < 110 ? "medium" : "long";
  return [
    kicker && h("p.round__kicker", {}, kicker),
    h(`p.round__question.round__question--${size}`, {}, question),
    clock &&
      h(
        "p.round__clock",
        { role: "timer" },
        h("span.round__face", { "data-clock": "" }, asMinutes(0)),
        h("span.round__label", { "data-clock-label": "" }),
      ),
    clock?.turn && look.seat.state === "floor" && h("p.round__mine", {}, look.word("turn_yours"), " ", turnLeft()),
  ];
}

/** What lies on the table, and the line above it. */
function asked(look) {
  const { chosen } = look.session;
  const brought = look.view.case;
  if (chosen) return [look.word("brings"), look.name(chosen)];
  if (!brought) return ["", ["lobby", "running"].includes(look.phase) ? look.word(nothingYet(look)) : ""];
  const later = look.steps.slice(Math.max(look.number, 0)).some((step) => step.effect === "question");
  if (!brought.question && !later) return [look.word("brings"), look.name(brought.by)];
  const of = brought.by ? look.word("question_of", { name: look.first(brought.by) }) : look.word("question_table");
  return [of, brought.question || look.word("question_comes")];
}

function nothingYet({ method, view }) {
  if (view.tables.length) return "small_tables";
  return method.loop ? "all_bring" : method.brought ? "no_case" : "question_comes";
}

const turnLeft = () => h("span", { "data-turn": "" });

function doing(look, { seat, state, role }) {
  if (seat === look.session.chosen) return look.word("brings_note");
  const word = state === "leads" && look.method.titles.F ? look.title("F") : look.texts.states[state];
  return word || (role === "B" && look.word("brings_note"));
}

function drawSeat(look, seat, turn) {
  const person = look.people.get(seat.seat);
  const me = seat.seat === look.me.seat;
  const word = doing(look, seat);
  const gone = look.here && seat.agreed && !look.here.includes(seat.seat);
  const marks = [
    seat.state,
    (seat.role === "B" || seat.seat === look.session.chosen) && "bringer",
    me && "me",
    Math.cos(turn * 2 * Math.PI) > 0.15 && "up",
    gone && "offline",
  ];
  const told = [
    person.name,
    person.org && `, ${person.org}`,
    me && ` (${look.word("you")})`,
    gone && `, ${look.word("offline")}`,
  ];
  const note = word || (me ? look.word("you") : person.org);
  return h(
    `li.seat.seat--${marks.filter(Boolean).join(".seat--")}`,
    { "data-key": `seat-${seat.seat}` },
    h("span.seat__disc", { "aria-hidden": "true" }, person.initials),
    h(
      "span.seat__label",
      {},
      h("span.seat__name", { "aria-hidden": "true" }, person.short),
      h("span.visually-hidden", {}, told.filter(Boolean).join("")),
      h(
        "span.seat__note",
        { "aria-hidden": !word && "true" },
        ["said", "voted", "ready"].includes(seat.state) && icon("check"),
        note,
        seat.state === "floor" && look.clock?.turn && h("span.seat__turn", { "data-turn": "" }),
      ),
      seat.duties.map((one) => h("span.seat__duty", {}, icon(DUTIES[one]), h("span", {}, look.word(`duty_${one}`)))),
    ),
  );
}

export function drawHead(look) {
  const { kicker, title, text, nudges, script } = look.step ? inside(look) : outside(look);
  return [
    h("p.kicker", {}, kicker),
    h("h1.stage__title", { id: "stage-title", tabindex: -1 }, title),
    h("p.stage__role", {}, text),
    nudges.length > 0 && h("ul.nudges", {}, listed(nudges)),
    script && h("p.script", {}, icon("megaphone"), h("span", {}, said(look), h("q", {}, script))),
  ];
}

const listed = (texts) => texts.map((text) => h("li", {}, text));
const said = (look) => h("span.script__label", {}, look.word("say_aloud"));

function inside(look) {
  const { step, stance } = look;
  const leads = look.me.role === "F";
  return {
    kicker: look.word("step_of", { n: look.number + 1, of: look.steps.length, kind: look.texts.kinds[step.kind] }),
    title: stance === "turned" ? look.word("turned_title") : step.title,
    text: roleSentence(look),
    nudges: leads || stance === "acts" ? step.nudges.map((rule) => look.texts.nudges[rule]) : [],
    script: leads && !look.view.step.waits ? look.aloud(step) : "",
  };
}

function outside(look) {
  const phase = look.seat.agreed && look.phase !== "running" ? look.phase : "lobby";
  const { name: method, minutes: n } = look.texts.method;
  return {
    kicker: phase === "lobby" ? look.word("method_takes", { method, n }) : look.word(`${phase}_kicker`),
    title: look.word(phase),
    text: look.word(phase === "lobby" && look.me.role === "F" ? "lobby_lead" : `${phase}_text`, { lead: look.title("F") }),
    nudges: [],
    script: "",
  };
}

/** The instruction for me, now. */
export function roleSentence(look) {
  const told = look.step.instruction;
  if (look.small && look.view.step.waits) return look.word("table_waits");
  const { role, seat } = look.me;
  const { floor } = look.view.step;
  const mine = told[role] ?? told.default;
  if (floor === seat) return told.floor ?? `${look.word("you_have_floor")} ${mine}`;
  if (SILENT[look.stance]) return told[look.stance] ?? told[role] ?? look.word(SILENT[look.stance]);
  return floor ? `${look.word("other_has_floor", { who: look.first(floor) })} ${mine}` : mine;
}

export function drawStops(look) {
  return look.view.stops.map(({ id, kind, by, text }) => {
    const who = look.word(by ? `${kind}_by` : `${kind}_by_nobody`, { who: look.name(by) });
    const clear = act("clear_stop", "quiet.small", look.word("stop_clear"));
    return h(
      kind === "stop" ? "div.notice.notice--warning.stop" : "div.notice.stop",
      { "data-key": `stop-${id}` },
      icon(kind === "stop" ? "hand" : "messages-square"),
      h("p", {}, h("strong", {}, who), text && ` ${text}`),
      look.tool("clear_stop") && form(look, "lead", { class: "stop__clear" }, { item: id }, clear),
    );
  });
}

/** While sub-groups are at work; as intervisie/room/around.py. */
export function drawTables(look) {
  const { tables } = look.view;
  if (!tables.length) return [];
  const through = tables[look.small - 1]?.done;
  return [
    look.small > 0 && !through && h("p.sees", {}, icon("lock"), h("span", {}, look.word("table_stays"))),
    (through || !look.small) &&
      h(
        "section.tables",
        { "aria-labelledby": "tables-title" },
        h("h2.before__title", { id: "tables-title" }, look.word("tables")),
        h(
          "ol.tables__list",
          {},
          tables.map((one, at) => smallTable(look, one, at + 1)),
        ),
      ),
  ];
}

function smallTable(look, { seats, step, bringer, done }, n) {
  const title = look.method.steps.find((one) => one.id === step)?.title;
  const of = bringer && look.word("question_of", { name: look.first(bringer) });
  return h(
    `li.tables__one${done ? ".tables__one--done" : ""}`,
    {},
    h("strong", {}, look.word("table_n", { n })),
    h("span", {}, seats.map((seat) => look.first(seat)).join(", ")),
    h(
      "span.tables__doing",
      {},
      done ? [icon("check"), look.word("table_through")] : [title, of].filter(Boolean).join(" · "),
    ),
  );
}

function fold(key, open, heading, ...content) {
  const tag = key === "case" ? "details.case" : `details.case.${key}`;
  return h(tag, { "data-key": key, open }, h("summary.case__summary", {}, heading), content);
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
    h("span.case__title", {}, look.word("case_of", { name: look.first(brought.by) })),
    brought.title && h("span.muted", {}, brought.title),
  ];
  const rows = keys.flatMap((key) => [h("dt", {}, look.word(key)), h("dd", {}, texts[key])]);
  const told = look.step?.kind === "tell" && !look.items("question", "text").length;
  return fold("case", told, heading, h("dl.case__rows", {}, rows), look.tool("unseal") && unseal(look));
}

function unseal(look) {
  return form(
    look,
    "unseal",
    { class: "case__unseal" },
    {},
    errorOf(look, "unseal"),
    h("p.sees", {}, icon("lock"), h("span", {}, look.word("outcome_sealed"))),
    act("unseal", "quiet.small", look.word("unseal")),
  );
}

/** What I marked and wrote with my back turned. */
function mine(look) {
  if (look.stance === "turned" || look.phase === "ended") return null;
  const marked = look.items("mark").map((item) => item.parent);
  const lines = look.view.items.filter((item) => marked.includes(item.id));
  const notes = look.items("note");
  if (!lines.length && !notes.length) return null;
  const line = (name) => (item) => h("li", {}, icon(name), h("span", {}, item.text));
  const opens = look.step?.kind === "tell" && look.stance === "acts";
  const heading = [h("span.case__title", {}, look.word("touched"))];
  const list = h("ul.mine__lines", {}, lines.map(line("heart")), notes.map(line("notebook-pen")));
  return fold("mine", opens, heading, list, sees(look.word("mine_sees")));
}
