/** What was said, now and before; as intervisie/room/stage.py. */

import { h, icon } from "./dom.js";
import { act, actions, field, form, say } from "./draw-tools.js";

const SPOKEN = ["pitch", "text", "question", "intention", "takeaway"];

/** What this step is about. */
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
  const dots =
    left === undefined || left === null
      ? ""
      : look.word({ 0: "dots_left_none", 1: "dots_left_one" }[left] ?? "dots_left_many", { n: left });
  return [
    dots && h("p.dots-left", { "data-key": "dots-left" }, dots),
    shown.length > 0 &&
      h(
        "ol.threads",
        { "data-key": "threads" },
        shown.map((item) => thread(look, item, true)),
      ),
  ];
}

export function drawBefore(look) {
  if (look.stance === "turned" || look.phase === "ended") return [];
  const now = onStage(look);
  const groups = look.steps.map((step) => [
    step,
    roots(look).filter((item) => item.step === step.id && !now.includes(item)),
  ]);
  const told = groups.filter(([, items]) => items.length);
  if (!told.length) return [];
  const title = h("h2.before__title", { id: "before-title" }, look.word("before"));
  return [
    h(
      "section.before",
      { "aria-labelledby": "before-title" },
      title,
      ...told.map(([step, items]) => chapter(look, step, items)),
    ),
  ];
}

function chapter(look, step, items) {
  return h(
    "details.before__step",
    { "data-key": `before-${step.id}` },
    h("summary.before__summary", {}, h("span", {}, step.title), h("span.muted", {}, String(items.length))),
    h(
      "ol.threads",
      {},
      items.map((item) => thread(look, item, false)),
    ),
  );
}

function thread(look, root, now) {
  const replies = look.items("answer", "text").filter((item) => item.parent === root.id);
  return h(
    `li.thread.thread--${root.kind}`,
    { "data-key": `i-${root.id}` },
    drawItem(look, root, now),
    now && mark(look, root),
    now && dots(look, root.id),
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

function drawItem(look, item, now) {
  const by = look.name(item.by);
  const notes = notesOf(look, item, now);
  const date = item.date ? look.word("by_date", { date: day(item.date, look.texts.language) }) : "";
  const note = (text) => text && h("span.item__note", {}, text);
  const tag = isBringer(look, item) ? "strong.item__by.item__by--bringer" : "strong.item__by";
  return h(
    "article.item",
    {},
    (by || notes || date) && h("p.item__head", {}, by && h(tag, {}, by), note(date), note(notes)),
    h("p.item__text", {}, item.text),
    now && mayEdit(look, item) && edit(look, item),
  );
}

function notesOf(look, item, now) {
  const { judge, step } = look.view;
  const told = [
    now && step?.id === item.step && item.visit !== step.visit && "earlier_visit",
    item.edited && "edited",
    item.sealed && "sealed",
  ];
  const count = judge?.results?.[item.id];
  const dots = Number.isInteger(count) && [dotsInWords(look, count), judge.chosen === item.id && look.word("chosen")];
  return [...told.filter(Boolean).map((key) => look.word(key)), ...(dots || [])].filter(Boolean).join(" · ");
}

function dotsInWords(look, n) {
  return n === 1 ? look.word("dots_one") : look.word("dots_many", { n });
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
  const label = h("label.visually-hidden", { for: key }, look.word("edit"));
  return h(
    "details.fold.edit",
    { "data-key": key, open: Boolean(look.errors[key]) },
    h("summary.fold__summary", {}, icon("pencil"), look.word("edit")),
    form(
      look,
      key,
      { class: "edit__form" },
      { item: item.id },
      field(look, key, label, { required: true }, item.text),
      actions(
        act("edit", "small", look.word("save")),
        act("withdraw", "plain.small", look.word("withdraw"), { formnovalidate: true }),
      ),
    ),
  );
}

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
  return word
    ? h("details.fold", { "data-key": `fold-${root.id}` }, h("summary.fold__summary", {}, word), content)
    : content;
}

function mark(look, root) {
  if (!look.tool("mark") || root.by === look.me.seat) return null;
  const on = look.items("mark").some((item) => item.parent === root.id);
  const label = look.word("touches_me");
  const button = {
    class: "touch__button",
    name: "do",
    value: "mark",
    "aria-pressed": String(on),
    "aria-label": label,
    title: label,
  };
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
    "aria-label": dotsInWords(look, n),
    disabled: n > mine + vote.left,
  });
  const numbers = [...Array(look.step.dots + 1).keys()];
  const group = { class: "dots", role: "group", "aria-label": look.word("dots_for") };
  return [
    judge.chosen === item && h("p.badge.badge--moss", {}, icon("check"), h("span", {}, look.word("chosen"))),
    vote &&
      form(
        look,
        "dots",
        {},
        { do: "vote", item },
        h(
          "div",
          group,
          numbers.map((n) => h("button", choice(n), String(n))),
        ),
      ),
  ];
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
  return item.by === null ? look.word("arrived_nobody") : look.word("arrived_one", { who: look.name(item.by) });
}
