/** The live room: takes over the page of the server and keeps it as the server sees it. */

import { Announcer, news } from "./announce.js";
import { Clock } from "./clock.js";
import { h, morphChildren, useSprite } from "./dom.js";
import { adopt, drawKept, Drafts, listenToKept, restore } from "./drafts.js";
import { arrival, drawBefore, drawChat, drawSaid } from "./draw-said.js";
import { drawCase, drawHead, drawRail, drawStops, drawTable, drawTables, roleSentence } from "./draw-table.js";
import { drawTools, usePage } from "./draw-tools.js";
import { closeMenus, commandOf, fieldsOf, listen, settle } from "./forms.js";
import { fill, Look } from "./look.js";
import { Outbox, uuid } from "./outbox.js";
import { Line } from "./socket.js";
import { apply } from "./store.js";

const HEARD = ["pitch", "text", "question", "answer", "intention", "takeaway", "chat"];
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

usePage(document.querySelector("[name=csrfmiddlewaretoken]").value);
useSprite(script.sprite);
listen(root);
listenToKept(root, drafts, () => draw());
restore(root, drafts);

function part(name) {
  return root.querySelector(`[data-part="${name}"]`);
}

function draw(arrive = false) {
  if (!view?.me) return;
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
}

function take(next, arrive) {
  const before = view;
  view = next;
  if (!view.me) return leave();
  if (before && moved(before)) errors = {};
  if (view.me.tools.some((tool) => LEADS.includes(tool.do))) bar ??= lead();
  draw(arrive);
  if (before && arrive) tell(before);
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
  const known = new Set(before.items.map((item) => item.id));
  const fresh = view.items.filter(
    (item) => !known.has(item.id) && item.by !== look.me.seat && HEARD.includes(item.kind),
  );
  fresh.forEach((item) => voice.arrive(arrival(look, item)));
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
  const field = document.getElementById(tool);
  if (field?.tagName === "TEXTAREA") field.readOnly = false;
  if (!done) {
    root.querySelector("dialog[open]")?.close();
    return;
  }
  drafts.keep(tool, "");
  delete errors[tool];
  root.querySelectorAll(`[name="tool"][value="${CSS.escape(tool)}"]`).forEach((input) => settle(input.form));
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
    drafts.keep(fields.tool, "");
    return;
  }
  event.preventDefault();
  const command = { id: uuid(), ...commandOf(fields) };
  if (command.case) command.text ??= texts.prepared?.question;
  const field = form.querySelector("textarea");
  if (command.do === "say" && !command.text) field.focus();
  else send(command, fields.tool, command.text ? field : null);
});

function send(command, tool, field) {
  if (field && outbox.holds(tool)) return;
  if (field) field.readOnly = true;
  // Who passes keeps what they had typed: it is offered back.
  line.send(command, command.do === "pass" ? "pass" : tool);
}
