/** The live room: takes over the page of the server and keeps it as the server sees it. */

import { Announcer, news } from "./announce.js";
import { Clock } from "./clock.js";
import { h, morphChildren, useSprite } from "./dom.js";
import { adopt, drawKept, Drafts, listenToKept, restore } from "./drafts.js";
import { arrival, drawBefore, drawChat, drawSaid } from "./draw-said.js";
import { drawCase, drawHead, drawRail, drawStops, drawTable, drawTables, roleSentence } from "./draw-table.js";
import { drawTools, usePage } from "./draw-tools.js";
import { closeMenus, commandOf, fieldsOf, listen, settle } from "./forms.js";
import { fill, Look, more } from "./look.js";
import { Outbox, uuid } from "./outbox.js";
import { Line } from "./socket.js";
import { apply } from "./store.js";

const HEARD = ["pitch", "text", "question", "answer", "intention", "takeaway", "chat", "side"];
const HIDE_FLICKER = 1000;
const MINUTE = 60_000;
const LEADS = ["start", "advance", "extend", "end"];
const PARTS = {
  rail: drawRail,
  table: drawTable,
  stops: drawStops,
  head: drawHead,
  tables: drawTables,
  case: drawCase,
  said: drawSaid,
  tools: drawTools,
  chat: drawChat,
  before: drawBefore,
};

// What only some steps need; `needs` says which.
const LATER = {
  judge: { needs: () => view.judge, load: () => import("./draw-judge.js") },
  canvas: { needs: () => texts.method.steps.some((step) => step.canvas), load: () => import("./draw-canvas.js") },
};

// Drawn by the server alone; goes when its time is over.
const WHILE = {
  agree: (look) => look.tool("agree"),
  plan: (look) => look.phase === "lobby",
  stop: (look) => look.tool("stop"),
};

const script = JSON.parse(document.getElementById("room-script").textContent);
const { texts } = script;
const root = document.getElementById("room");
const drafts = new Drafts(script.session, script.visitor);
const outbox = new Outbox(script.session);
const voice = new Announcer(document.getElementById("voice"), (n) => fill(texts.words.arrived_many, { n }));
const clock = new Clock(root, texts.words, (text) => voice.say(text, "clock"));
let view = null;
let here = null;
let errors = adopt(root, drafts);
let over = false;
let bar = null;
const loaded = new Set();

usePage(document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");
useSprite(script.sprite);
listen(root);
listenToKept(root, drafts, () => draw());
restore(root, drafts);

function part(name) {
  return root.querySelector(`[data-part="${name}"]`);
}

/** Loads what this step needs and is not there yet: null if it is all there. */
function loading() {
  const names = Object.keys(LATER).filter((name) => !loaded.has(name) && LATER[name].needs());
  const get = async (name) => {
    Object.assign(more, await LATER[name].load());
    loaded.add(name);
  };
  return names.length ? Promise.all(names.map(get)) : null;
}

/** Resolves when it is drawn, where something has to be loaded first. */
function draw(arrive = false) {
  if (!view?.me) return null;
  return loading()?.then(() => draw(arrive)) ?? redraw(arrive);
}

function redraw(arrive) {
  const look = new Look(view, texts, errors, here, clock.now());
  const focused = document.activeElement;
  for (const [name, drawPart] of Object.entries(PARTS)) morphChildren(part(name), h("div", {}, drawPart(look)), arrive);
  for (const [name, lasts] of Object.entries(WHILE)) if (!lasts(look)) part(name).replaceChildren();
  restore(root, drafts);
  morphChildren(part("kept"), h("div", {}, drawKept(look, drafts)));
  document.body.classList.toggle("room-page--turned", look.stance === "turned");
  root.dataset.kind = look.step?.kind ?? "";
  root.dataset.phase = look.phase;
  clock.set(look.clock, look.visit);
  if (focused && !focused.isConnected) document.getElementById("stage-title").focus();
  return null;
}

function take(next, arrive) {
  const before = view;
  view = next;
  if (!view.me) return leave();
  if (before && moved(before)) errors = {};
  if (view.me.tools.some((tool) => LEADS.includes(tool.do))) bar ??= lead();
  const drawn = draw(arrive);
  if (!before || !arrive) return;
  if (drawn) drawn.then(() => tell(before));
  else tell(before);
}

/** Whoever lost their seat sees nothing any more. */
function leave() {
  for (const place of root.querySelectorAll("[data-part]")) place.replaceChildren();
  drafts.wipe();
  showLine("closed", 4403);
}

/** Only who leads loads the bar; how late it is grows by itself. */
async function lead() {
  PARTS.lead = (await import("./draw-lead.js")).drawLead;
  draw();
  setInterval(draw, MINUTE / 3);
}

function moved(before) {
  return before.step?.visit !== view.step?.visit || before.session.phase !== view.session.phase;
}

function tell(before) {
  const look = new Look(view, texts, {}, here);
  const title = () =>
    [...part("head").querySelectorAll(".kicker, .stage__title, .stage__role")]
      .map((node) => node.textContent)
      .join(". ");
  if (moved(before)) voice.say(title(), "step");
  else if (view.step && view.step.floor === look.me.seat && before.step.floor !== look.me.seat)
    voice.say(roleSentence(look), "step");
  const told = news(before, look);
  told.forEach((sentence) => voice.say(sentence));
  if (told.length || moved(before)) part("news").textContent = told.join(" ");
  const known = new Map(before.items.map((item) => [item.id, item]));
  const fresh = view.items.filter(
    (item) => !known.has(item.id) && item.by !== look.me.seat && HEARD.includes(item.kind),
  );
  // What was written in silence comes all at once, mine among it.
  const mine = view.items.filter((item) => known.get(item.id)?.sealed && !item.sealed);
  if (moved(before) && fresh.length) voice.say(look.word("revealed", { n: fresh.length + mine.length }), "revealed");
  else fresh.forEach((item) => voice.arrive(arrival(look, item)));
  const stood = before.stops.map((stop) => stop.id);
  if (view.stops.some((stop) => !stood.includes(stop.id))) voice.say(part("stops").textContent, "stop");
}

const line = new Line(new URL(script.socket, location.href.replace(/^http/, "ws")), outbox, {
  hello(frame) {
    here = frame.here;
    clock.sync(frame.now);
    take(frame.view, false);
  },
  delta(frame) {
    if (frame.o.length) take(apply(view, frame.o), true);
  },
  here(seats) {
    here = seats;
    draw();
  },
  beat(frame) {
    clock.sync(frame.now);
  },
  done({ tool }) {
    release(tool, true);
  },
  refused(frame, entry) {
    const tool = entry?.tool ?? "lead";
    release(tool, false);
    errors[tool] = frame.text;
    draw();
    document.getElementById(tool)?.focus();
  },
  state: showLine,
});

/** A tool whose command was answered can be used again. */
function release(tool, done) {
  const forms = [...root.querySelectorAll(`[name="tool"][value="${CSS.escape(tool)}"]`)].map((input) => input.form);
  forms.forEach((form) => hold(form, false));
  if (!done) {
    root.querySelector("dialog[open]")?.close();
    return;
  }
  drafts.forget(tool);
  delete errors[tool];
  forms.forEach(settle);
  closeMenus(root);
  draw();
}

let flicker = setTimeout(() => showText(texts.words.line_never), 4 * HIDE_FLICKER);

function showLine(state, code) {
  clearTimeout(flicker);
  if (state === "live") {
    if (part("line").textContent) voice.say(texts.words.line_back, "line");
    showText("");
    root.dataset.live = "";
    return;
  }
  delete root.dataset.live;
  over = state === "closed";
  if (code === 4401) drafts.wipe();
  const text = over ? texts.words[`line_${code}`] : view ? texts.words.line_away : texts.words.line_never;
  flicker = setTimeout(() => showText(text), over ? 0 : HIDE_FLICKER);
}

function showText(text) {
  part("line").textContent = text;
}

root.addEventListener("input", ({ target }) => {
  if (target.tagName === "TEXTAREA" && target.form) drafts.keep(target.id, target.value);
});

// Before the first greeting, and where sockets are blocked, forms are posted as without this script.
root.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  const fields = fieldsOf(form, submitter);
  if (!view || over) {
    form.elements.id.value = uuid();
    drafts.forget(fields.tool);
    return;
  }
  event.preventDefault();
  const command = { id: uuid(), ...commandOf(fields) };
  if (command.case) command.text ??= texts.prepared?.question;
  const isWritten = Boolean(command.text || command.fields);
  if (command.do === "say" && !isWritten) form.querySelector("textarea").focus();
  else send(command, fields.tool, isWritten ? form : null);
});

function send(command, tool, form) {
  if (form && outbox.holds(tool)) return;
  if (form) hold(form, true);
  // Who passes keeps what they had typed: it is offered back.
  line.send(command, command.do === "pass" ? "pass" : tool);
}

/** While a command is on its way, what was typed stands still. */
function hold(form, on) {
  for (const field of form.querySelectorAll("textarea")) field.readOnly = on;
}
