/** What was said, now and before; as intervisie/room/said.py. */

import { h, icon } from "./dom.js";
import { act, actions, errorOf, field, form, say } from "./draw-tools.js";
import { more } from "./look.js";

const SPOKEN = ["pitch", "text", "question", "intention", "takeaway"];
// Kinds of steps in which each contribution stands open.
const TALKED = ["ask", "talk", "judge"];

/** What this step is about. */
export function onStage(look) {
  if (look.phase === "closing") return look.items("intention", "takeaway");
  if (!look.step) return [];
  if (look.step.kind === "judge") return look.view.items.filter((item) => look.view.judge?.options.includes(item.id));
  return roots(look).filter((item) => item.step === look.step.id && look.isOfNow(item));
}

function roots(look) {
  return look.items(...SPOKEN).filter((item) => !item.parent);
}

/** What of before is read or answered here; what is judged stands on the stage itself. */
function used(look) {
  const now = onStage(look);
  return look.view.items.filter((item) => look.view.step?.uses.includes(item.id) && !now.includes(item));
}

export function drawSaid(look) {
  const focus = used(look).filter((item) => item.id === look.view.step?.focus);
  const others = used(look).filter((item) => !focus.includes(item));
  const forMe = look.items("side").filter((item) => item.step === look.step?.id && item.by !== look.me.seat);
  return [
    look.step?.kind === "pause" && still(look),
    tips(look),
    more.outcome?.(look, true),
    focus.length > 0 && section(look, "focus", "focus", threads(look, focus, true)),
    others.length > 0 && section(look, "used", "on_table", lay(look, others, true, "used")),
    more.ballot?.(look),
    lay(look, onStage(look), true, "said"),
    forMe.length > 0 && section(look, "for-me", "for_me", threads(look, forMe, true)),
  ];
}

function still(look) {
  const ring = h("span.still__ring", {}, icon("round-table"));
  return h("div.still", { "data-key": "still" }, ring, h("p", {}, look.word("still")));
}

/** What a good question is, for who asks one and for who leads. */
function tips(look) {
  if (!look.step?.helped || !(look.tool("say", "question") || look.me.role === "F")) return null;
  const lines = [1, 2, 3].map((n) => h("li", {}, look.word(`good_question_${n}`)));
  const summary = h("summary.fold__summary", {}, icon("message-square"), look.word("good_question"));
  return h("details.fold.tips", { "data-key": "tips" }, summary, h("ul.tips__list", {}, lines));
}

function section(look, key, title, content) {
  const id = `${key}-title`;
  return h(
    `section.${key}`,
    { "data-key": key, "aria-labelledby": id },
    h("h2.said__title", { id }, look.word(title)),
    content,
  );
}

/** One picture of what was written on a canvas, and each contribution by itself. */
function lay(look, items, now, key) {
  const judged = now && look.step?.kind === "judge";
  const picture = !judged && more.picture?.(look, items, (item) => speaker(look, item));
  if (!picture) return items.length > 0 && threads(look, items, now, { "data-key": `${key}-threads` });
  const summary = h("summary.fold__summary", {}, `${look.word("one_by_one")} (${items.length})`);
  const open = now && TALKED.includes(look.step?.kind);
  const fold = { "data-key": `${key}-each`, open };
  return [picture, h("details.fold.one-by-one", fold, summary, threads(look, items, now))];
}

function threads(look, items, now, attributes = {}) {
  return h(
    "ol.threads",
    attributes,
    items.map((item) => thread(look, item, now)),
  );
}

export function drawBefore(look) {
  if (look.stance === "turned" || look.phase === "ended" || look.step?.kind === "pause") return [];
  const now = [...onStage(look), ...used(look)];
  const told = [...roots(look), ...look.items("side")].filter((item) => !now.includes(item));
  const isHere = (item) => item.kind === "side" && item.step === look.step?.id;
  const chapters = look.steps.map((step) => [step, told.filter((item) => item.step === step.id && !isHere(item))]);
  const full = chapters.filter(([, items]) => items.length);
  const came = more.outcome?.(look, false);
  if (!full.length) return [came];
  const title = h("h2.before__title", { id: "before-title" }, look.word("before"));
  return [
    came,
    h(
      "section.before",
      { "aria-labelledby": "before-title" },
      title,
      ...full.map(([step, items]) => chapter(look, step, items)),
    ),
  ];
}

function chapter(look, step, items) {
  return h(
    "details.before__step",
    { "data-key": `before-${step.id}` },
    h("summary.before__summary", {}, h("span", {}, step.title), h("span.muted", {}, String(items.length))),
    lay(look, items, false, "before"),
  );
}

function thread(look, root, now) {
  const replies = look.items("answer", "text").filter((item) => item.parent === root.id);
  return h(
    `li.thread.thread--${root.kind}${root.sealed ? ".thread--sealed" : ""}`,
    { "data-key": `i-${root.id}` },
    drawItem(look, root, now),
    now && mark(look, root),
    now && more.vote?.(look, root.id),
    replies.length > 0 &&
      h(
        "ol.replies",
        {},
        replies.map((item) => reply(look, item, now)),
      ),
    now && answer(look, root),
  );
}

function reply(look, item, now) {
  const tag = isBringer(look, item) ? "li.reply.reply--bringer" : "li.reply";
  return h(tag, { "data-key": `i-${item.id}` }, drawItem(look, item, now));
}

function isBringer(look, item) {
  return item.by !== null && item.by === look.session.bringer;
}

function isMadeUp(item) {
  return item.by === null && Number.isInteger(item.alias);
}

/** Under which name somebody said this; empty for without. */
function speaker(look, item) {
  if (!isMadeUp(item)) return look.name(item.by);
  const { birds } = look.texts;
  const again = Math.floor(item.alias / birds.length);
  return birds[item.alias % birds.length] + (again ? ` ${again + 1}` : "");
}

function drawItem(look, item, now) {
  const rows = more.rows?.(look, item);
  return h(
    "article.item",
    {},
    headOf(look, item, now),
    rows ?? h("p.item__text", {}, item.text),
    now && mayEdit(look, item) && edit(look, item),
  );
}

function headOf(look, item, now) {
  const by = speaker(look, item);
  const date = item.date ? look.word("by_date", { date: day(item.date, look.texts.language) }) : "";
  const note = (text) => text && h("span.item__note", {}, text);
  const tag = isBringer(look, item) ? "strong.item__by.item__by--bringer" : "strong.item__by";
  const hidden = isMadeUp(item) && h("span.visually-hidden", {}, ` (${look.word("made_up")})`);
  const parts = [
    by && h(tag, {}, hidden && icon("bird"), by, hidden),
    persona(look, item),
    label(look, item),
    note(date),
    note(notesOf(look, item, now)),
  ].filter(Boolean);
  return parts.length > 0 && h("p.item__head", {}, parts);
}

/** As whom it is said: as somebody said themselves, or as the method lets their role speak. */
function persona(look, item) {
  const said = item.persona ?? "";
  const who = said.startsWith("@") ? look.stepOf(item.step)?.speaks[said.slice(1)] : said;
  return who && h("span.item__as", {}, look.word("as", { who }));
}

/** What a vote made of this contribution: warm, lukewarm, cold. */
function label(look, item) {
  const steps = look.steps.slice(0, Math.max(look.number, 0)).filter((step) => step.labels.includes(item.step));
  if (!item.label || !steps.length) return null;
  const { labels } = steps.at(-1).scale;
  const warmth = levelOf(labels, item.label);
  return h(`span.level.level--${warmth}`, {}, icon(`level-${warmth}`), labels[item.label - 1]);
}

/** How warm a label is: the first of them most, the last least. */
export function levelOf(labels, value) {
  if (value === 1) return "high";
  return value === labels.length ? "low" : "middle";
}

function notesOf(look, item, now) {
  const { step } = look.view;
  const told = [
    now && step?.id === item.step && item.visit !== step.visit && "earlier_visit",
    item.edited && "edited",
    item.sealed && "sealed",
  ];
  return [...told.filter(Boolean).map((key) => look.word(key)), ...(more.result?.(look, item.id) ?? [])].join(" · ");
}

/** 2026-07-01 → "1 juli 2026". */
function day(date, language) {
  const format = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  return new Date(`${date}T00:00:00Z`).toLocaleDateString(language === "en" ? "en-GB" : "nl-NL", format);
}

function mayEdit(look, item) {
  const here = !look.step || item.visit === look.view.step.visit;
  return item.by === look.me.seat && look.tool("edit") && (item.sealed || here);
}

function edit(look, item) {
  const key = `edit-${item.id}`;
  const canvas = item.fields && look.stepOf(item.step)?.canvas;
  const hidden = h("label.visually-hidden", { for: key }, look.word("edit"));
  return h(
    "details.fold.edit",
    { "data-key": key, open: Boolean(look.errors[key]) },
    h("summary.fold__summary", {}, icon("pencil"), look.word("edit")),
    form(
      look,
      key,
      { class: "edit__form" },
      { item: item.id },
      canvas
        ? [errorOf(look, key), more.inputs(look, canvas, key, item.fields)]
        : field(look, key, hidden, { required: true }, item.text),
      actions(
        act("edit", "small", look.word("save")),
        act("withdraw", "plain.small", look.word("withdraw"), { formnovalidate: true }),
      ),
    ),
  );
}

function answer(look, root) {
  const key = `answer-${root.id}`;
  const answers = look.tool("say", "answer");
  if (answers && isAsked(look, root)) {
    const answered = look.items("answer").some((item) => item.parent === root.id);
    return folded(look, root, answered && look.word("add_answer"), say(look, answers, key, root.id));
  }
  const reacts = root.visit === look.view.step?.visit && look.me.tools.find((tool) => tool.parent === "allowed");
  return reacts ? folded(look, root, look.word("reply"), say(look, reacts, key, root.id)) : null;
}

/** Whether this is something that is answered in this step. */
function isAsked(look, root) {
  if (root.step !== look.step?.id) return look.view.step?.uses.includes(root.id);
  return root.kind === look.step.collects;
}

function folded(look, root, word, content) {
  return word
    ? h("details.fold", { "data-key": `fold-${root.id}` }, h("summary.fold__summary", {}, word), content)
    : content;
}

function mark(look, root) {
  if (!look.tool("mark") || root.by === look.me.seat) return null;
  const on = look.items("mark").some((item) => item.parent === root.id);
  const name = look.word("touches_me");
  const button = {
    class: "touch__button",
    name: "do",
    value: "mark",
    "aria-pressed": String(on),
    "aria-label": name,
    title: name,
  };
  return form(look, "mark", { class: "touch" }, { item: root.id, on: String(!on) }, h("button", button, icon("heart")));
}

export function drawChat(look) {
  const tool = look.tool("chat");
  if (!tool || !look.step) return [];
  const lines = look.items("chat").filter((item) => item.step === look.step.id);
  const line = (item) =>
    h("li", { "data-key": `i-${item.id}` }, h("strong", {}, look.name(item.by)), " ", h("span", {}, item.text));
  return [
    h(
      "section.chat",
      { "data-key": "chat-box", "aria-label": look.word("label_chat") },
      lines.length > 0 && h("ol.chat__lines", {}, lines.map(line)),
      say(look, tool, `chat-${look.visit}`),
    ),
  ];
}

/** What a screen reader hears of a new contribution. */
export function arrival(look, item) {
  const who = speaker(look, item);
  return who ? look.word("arrived_one", { who }) : look.word("arrived_nobody");
}
