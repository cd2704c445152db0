/** What was said, now and before; the same as intervisie/room/stage.py with its templates. */

import { h, icon } from "./dom.js";
import { actions, errorOf, form, say } from "./draw-tools.js";
import { fill } from "./look.js";

const SPOKEN = ["pitch", "text", "question", "intention", "takeaway"];

/** The contributions that this step is about, those that stand on their own. */
export function onStage(look) {
  if (look.phase === "closing") return look.items("intention", "takeaway");
  if (!look.step) return [];
  if (look.step.kind === "judge") return look.view.items.filter((item) => look.view.judge?.options.includes(item.id));
  return roots(look).filter((item) => item.step === look.step.id);
}

function roots(look) {
  return look.items(...SPOKEN).filter((item) => !item.parent);
}

export function drawSaid(look) {
  const shown = onStage(look);
  const left = look.tool("vote")?.left;
  const dots = left === undefined || left === null ? "" : look.word({ 0: "dots_left_none", 1: "dots_left_one" }[left] ?? "dots_left_many", { n: left });
  return [
    dots && h("p", { class: "dots-left", "data-key": "dots-left" }, dots),
    shown.length > 0 && h("ol", { class: "threads", "data-key": "threads" }, ...shown.map((item) => thread(look, item, true))),
  ];
}

export function drawBefore(look) {
  if (look.stance === "turned" || look.phase === "ended") return [];
  const now = onStage(look);
  const groups = look.steps.map((step) => [step, roots(look).filter((item) => item.step === step.id && !now.includes(item))]);
  const told = groups.filter(([, items]) => items.length);
  if (!told.length) return [];
  const title = h("h2", { class: "before__title", id: "before-title" }, look.word("before"));
  return [h("section", { class: "before", "aria-labelledby": "before-title" }, title, ...told.map(([step, items]) => chapter(look, step, items)))];
}

function chapter(look, step, items) {
  return h(
    "details",
    { class: "before__step", "data-key": `before-${step.id}` },
    h("summary", { class: "before__summary" }, h("span", {}, step.title), h("span", { class: "muted" }, String(items.length))),
    h("ol", { class: "threads" }, ...items.map((item) => thread(look, item, false))),
  );
}

function thread(look, root, now) {
  const replies = look.items("answer", "text").filter((item) => item.parent === root.id);
  return h(
    "li",
    { class: `thread thread--${root.kind}${root.by === null ? " thread--nameless" : ""}`, "data-key": `i-${root.id}` },
    drawItem(look, root, now),
    now && mark(look, root),
    now && dots(look, root.id),
    replies.length > 0 && h("ol", { class: "replies" }, ...replies.map((item) => reply(look, item, now))),
    now && answer(look, root),
  );
}

function reply(look, item, now) {
  return h("li", { class: `reply${isBringer(look, item) ? " reply--bringer" : ""}`, "data-key": `i-${item.id}` }, drawItem(look, item, now));
}

function isBringer(look, item) {
  return item.by !== null && item.by === look.session.bringer;
}

function drawItem(look, item, now) {
  const by = look.name(item.by);
  const notes = notesOf(look, item, now);
  const date = item.date ? look.word("by_date", { date: day(item.date, look.texts.language) }) : "";
  const note = (text) => text && h("span", { class: "item__note" }, text);
  return h(
    "article",
    { class: "item" },
    (by || notes || date) && h("p", { class: "item__head" }, by && h("strong", { class: `item__by${isBringer(look, item) ? " item__by--bringer" : ""}` }, by), note(date), note(notes)),
    h("p", { class: "item__text" }, item.text),
    now && mayEdit(look, item) && edit(look, item),
  );
}

function notesOf(look, item, now) {
  const again = now && look.step?.id === item.step && item.visit !== look.visit;
  return [again && look.word("earlier_visit"), item.edited && look.word("edited"), item.sealed && look.word("sealed")].filter(Boolean).join(" · ");
}

/** 2026-07-01 → "1 juli 2026". */
function day(date, language) {
  const format = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  return new Date(`${date}T00:00:00Z`).toLocaleDateString(language === "en" ? "en-GB" : "nl-NL", format);
}

function mayEdit(look, item) {
  const here = !look.step || item.visit === look.visit;
  return item.by === look.me.seat && look.tool("edit") && (item.sealed || here);
}

function edit(look, item) {
  const key = `edit-${item.id}`;
  const error = look.errors[key];
  return h(
    "details",
    { class: "fold edit", "data-key": key, open: Boolean(error) },
    h("summary", { class: "fold__summary" }, icon("pencil"), look.word("edit")),
    form(
      look,
      key,
      { class: "edit__form" },
      { item: item.id },
      h(
        "div",
        { class: `field${error ? " field--error" : ""}` },
        h("label", { class: "visually-hidden", for: key }, look.word("edit")),
        errorOf(look, key, `${key}-error`),
        h("textarea", { id: key, name: "text", rows: 3, maxlength: 4000, required: true }, item.text),
      ),
      actions(
        h("button", { class: "button button--small", name: "do", value: "edit" }, look.word("save")),
        h("button", { class: "button button--plain button--small", name: "do", value: "withdraw", formnovalidate: true }, look.word("withdraw")),
      ),
    ),
  );
}

/** The form for a reply; folded away where an answer is there already, or where reacting is not the point. */
function answer(look, root) {
  const key = `answer-${root.id}`;
  const answers = root.kind === "question" && look.tool("say", "answer");
  if (answers) {
    const answered = look.items("answer").some((item) => item.parent === root.id);
    return folded(look, root, answered && look.word("add_answer"), say(look, answers, key, root.id));
  }
  const reacts = look.me.tools.find((tool) => tool.parent === "allowed");
  return reacts ? folded(look, root, look.word("reply"), say(look, reacts, key, root.id)) : null;
}

function folded(look, root, word, content) {
  return word ? h("details", { class: "fold", "data-key": `fold-${root.id}` }, h("summary", { class: "fold__summary" }, word), content) : content;
}

function mark(look, root) {
  if (!look.tool("mark") || root.by === look.me.seat) return null;
  const on = look.items("mark").some((item) => item.parent === root.id);
  const label = look.word("touches_me");
  const button = { class: "touch__button", name: "do", value: "mark", "aria-pressed": String(on), "aria-label": label, title: label };
  return form(look, "mark", { class: "touch" }, { item: root.id, on: String(!on) }, h("button", button, icon("heart")));
}

function dots(look, item) {
  const { judge } = look.view;
  if (!judge?.options.includes(item) || look.step?.kind !== "judge") return null;
  const vote = look.tool("vote");
  const mine = judge.mine[item] ?? 0;
  const choice = (n) => ({
    class: "dots__choice",
    name: "value",
    value: n,
    "aria-pressed": String(n === mine),
    "aria-label": n === 1 ? look.word("dots_one") : look.word("dots_many", { n }),
    disabled: n > mine + vote.left,
  });
  const numbers = [...Array(look.step.dots + 1).keys()];
  return [
    judge.chosen === item && h("p", { class: "badge badge--moss" }, icon("check"), h("span", {}, look.word("chosen"))),
    vote && form(look, "dots", { class: "dots", role: "group", "aria-label": look.word("dots_for") }, { do: "vote", item }, ...numbers.map((n) => h("button", choice(n), String(n)))),
  ];
}

export function drawChat(look) {
  const tool = look.tool("chat");
  if (!tool || !look.step) return [];
  const lines = look.items("chat").filter((item) => item.step === look.step.id);
  const line = (item) => h("li", { "data-key": `i-${item.id}` }, h("strong", {}, look.name(item.by)), " ", h("span", {}, item.text));
  return [
    h("section", { class: "chat", "data-key": "chat-box", "aria-label": look.word("label_chat") }, lines.length > 0 && h("ol", { class: "chat__lines" }, ...lines.map(line)), say(look, tool, `chat-${look.visit}`)),
  ];
}

/** What a screen reader hears of a new contribution. */
export function arrival(look, item) {
  return item.by === null ? look.word("arrived_nobody") : fill(look.words.arrived_one, { who: look.name(item.by) });
}
