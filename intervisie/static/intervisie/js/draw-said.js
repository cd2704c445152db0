/** What was said and what I can say; the same as intervisie/room/said.py and tools.py with their templates. Every tool is a form. */

import { h, icon } from "./dom.js";
import { fill } from "./look.js";

const SPOKEN = ["pitch", "text", "question", "intention", "takeaway"];
const page = { token: "" };

/** Forms work without this script too: `token` is Django's, for a plain post. */
export function usePage(token) {
  page.token = token;
}

/** A form with the fields that all have. `fields` go with it hidden. */
export function form(look, tool, attributes, fields, ...content) {
  const hidden = { csrfmiddlewaretoken: page.token, id: "", visit: look.visit, tool, ...fields };
  const inputs = Object.entries(hidden).map(([name, value]) => h("input", { type: "hidden", name, value }));
  return h("form", { method: "post", ...attributes }, ...inputs, ...content);
}

export function actions(...buttons) {
  return h("div.tool__actions", {}, ...buttons);
}

export function sees(text, id) {
  return h("p.sees", { id }, icon("eye"), h("span", {}, text));
}

export function errorOf(look, tool, id) {
  const error = look.errors[tool];
  return error
    ? h("div.field__error", { id, role: "alert" }, h("p", {}, icon("circle-alert"), h("span", {}, error)))
    : null;
}

export function drawTools(look) {
  const said = look.me.tools.filter((tool) => tool.do === "say" && tool.kind !== "answer");
  const note = look.tool("note");
  const notes = look.items("note");
  return [
    ...said.map((tool) => say(look, tool, `say-${tool.kind}-${look.visit}`)),
    note && say(look, note, "note"),
    note &&
      notes.length > 0 &&
      h(
        "ul.notes",
        { "data-key": "notes", "aria-label": look.word("my_notes") },
        ...notes.map((item) => h("li", {}, item.text)),
      ),
    look.tool("pass") &&
      !look.me.tools.some((tool) => tool.do === "say") &&
      bare(
        look,
        "pass",
        {},
        h("button.button.button--quiet", { name: "do", value: "pass" }, look.word("pass")),
      ),
    look.tool("ready") && !look.tool("pass") && ready(look),
    look.phase === "ended" &&
      h(
        "p",
        { "data-key": "harvest" },
        h("a.button", { href: look.texts.links.harvest }, look.word("to_harvest")),
      ),
  ];
}

/** A form for words. `parent`: the contribution that it answers. */
export function say(look, tool, key, parent = "") {
  const { kind } = tool;
  const passes = tool.do === "say" && !parent && look.tool("pass");
  const ids = {
    hint: tool.max_words && `${key}-hint`,
    error: look.errors[key] && `${key}-error`,
    sees: `${key}-sees`,
  };
  const submit = look.word(passes && tool.left === 1 ? "do_turn" : `do_${kind}`);
  return form(
    look,
    key,
    { class: `tool tool--${kind}`, "data-key": key },
    parent ? { parent } : {},
    h(
      "div",
      { class: `field${look.errors[key] ? " field--error" : ""}` },
      h("label.tool__label", { for: key }, labelOf(look, kind, parent)),
      tool.max_words && h("p.field__help", { id: ids.hint }, look.word("max_words", { n: tool.max_words })),
      errorOf(look, key, ids.error),
      h("textarea", {
        id: key,
        name: "text",
        rows: 3,
        maxlength: 4000,
        required: !tool.case,
        "aria-describedby": [ids.sees, ids.hint, ids.error].filter(Boolean).join(" "),
      }),
    ),
    tool.case &&
      h(
        "label.choice",
        {},
        h("input", { type: "checkbox", name: "case", value: "true" }),
        h("span", {}, look.word("label_case", { title: look.texts.prepared?.title ?? "" })),
      ),
    kind === "intention" &&
      h(
        "div.field.field--date",
        {},
        h("label.tool__label", { for: `${key}-date` }, look.word("label_date")),
        h("input", { type: "date", id: `${key}-date`, name: "date", value: "" }),
      ),
    sees(look.sees(tool), ids.sees),
    actions(
      h("button.button", { name: "do", value: tool.do }, submit),
      passes &&
        h(
          "button.button.button--plain",
          { name: "do", value: "pass", formnovalidate: true },
          look.word("pass"),
        ),
    ),
  );
}

function labelOf(look, kind, parent) {
  if (look.step?.stem && !parent && !["answer", "note", "chat"].includes(kind)) return look.step.stem;
  return look.word(parent && kind !== "answer" ? "reply" : `label_${kind}`);
}

function bare(look, tool, fields, button) {
  return form(
    look,
    tool,
    { class: "tool-bare", "data-key": tool },
    fields,
    errorOf(look, tool, `${tool}-error`),
    actions(button),
  );
}

function ready(look) {
  const on = look.seat.ready;
  const button = {
    class: "button button--quiet ready",
    name: "do",
    value: "ready",
    "aria-pressed": String(on),
  };
  return bare(
    look,
    "ready",
    { on: String(!on) },
    h("button", button, icon("check"), look.word(on ? "is_ready" : "ready")),
  );
}

/** The contributions that this step is about, those that stand on their own. */
export function onStage(look) {
  if (look.phase === "closing") return look.items("intention", "takeaway");
  if (!look.step) return [];
  if (look.step.kind === "judge")
    return look.view.items.filter((item) => look.view.judge?.options.includes(item.id));
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
      h("ol.threads", { "data-key": "threads" }, ...shown.map((item) => thread(look, item, true))),
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
    h("ol.threads", {}, ...items.map((item) => thread(look, item, false))),
  );
}

function thread(look, root, now) {
  const replies = look.items("answer", "text").filter((item) => item.parent === root.id);
  return h(
    "li",
    {
      class: `thread thread--${root.kind}${root.by === null ? " thread--nameless" : ""}`,
      "data-key": `i-${root.id}`,
    },
    drawItem(look, root, now),
    now && mark(look, root),
    now && dots(look, root.id),
    replies.length > 0 && h("ol.replies", {}, ...replies.map((item) => reply(look, item, now))),
    now && answer(look, root),
  );
}

function reply(look, item, now) {
  return h(
    "li",
    { class: `reply${isBringer(look, item) ? " reply--bringer" : ""}`, "data-key": `i-${item.id}` },
    drawItem(look, item, now),
  );
}

function isBringer(look, item) {
  return item.by !== null && item.by === look.session.bringer;
}

function drawItem(look, item, now) {
  const by = look.name(item.by);
  const notes = notesOf(look, item, now);
  const date = item.date ? look.word("by_date", { date: day(item.date, look.texts.language) }) : "";
  const note = (text) => text && h("span.item__note", {}, text);
  return h(
    "article.item",
    {},
    (by || notes || date) &&
      h(
        "p.item__head",
        {},
        by && h("strong", { class: `item__by${isBringer(look, item) ? " item__by--bringer" : ""}` }, by),
        note(date),
        note(notes),
      ),
    h("p.item__text", {}, item.text),
    now && mayEdit(look, item) && edit(look, item),
  );
}

function notesOf(look, item, now) {
  const again = now && look.step?.id === item.step && item.visit !== look.visit;
  return [
    again && look.word("earlier_visit"),
    item.edited && look.word("edited"),
    item.sealed && look.word("sealed"),
  ]
    .filter(Boolean)
    .join(" · ");
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
    "details.fold.edit",
    { "data-key": key, open: Boolean(error) },
    h("summary.fold__summary", {}, icon("pencil"), look.word("edit")),
    form(
      look,
      key,
      { class: "edit__form" },
      { item: item.id },
      h(
        "div",
        { class: `field${error ? " field--error" : ""}` },
        h("label.visually-hidden", { for: key }, look.word("edit")),
        errorOf(look, key, `${key}-error`),
        h("textarea", { id: key, name: "text", rows: 3, maxlength: 4000, required: true }, item.text),
      ),
      actions(
        h("button.button.button--small", { name: "do", value: "edit" }, look.word("save")),
        h(
          "button.button.button--plain.button--small",
          { name: "do", value: "withdraw", formnovalidate: true },
          look.word("withdraw"),
        ),
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
  return form(
    look,
    "mark",
    { class: "touch" },
    { item: root.id, on: String(!on) },
    h("button", button, icon("heart")),
  );
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
  const group = { class: "dots", role: "group", "aria-label": look.word("dots_for") };
  return [
    judge.chosen === item && h("p.badge.badge--moss", {}, icon("check"), h("span", {}, look.word("chosen"))),
    vote &&
      form(
        look,
        "dots",
        {},
        { do: "vote", item },
        h("div", group, ...numbers.map((n) => h("button", choice(n), String(n)))),
      ),
  ];
}

export function drawChat(look) {
  const tool = look.tool("chat");
  if (!tool || !look.step) return [];
  const lines = look.items("chat").filter((item) => item.step === look.step.id);
  const line = (item) =>
    h(
      "li",
      { "data-key": `i-${item.id}` },
      h("strong", {}, look.name(item.by)),
      " ",
      h("span", {}, item.text),
    );
  return [
    h(
      "section.chat",
      { "data-key": "chat-box", "aria-label": look.word("label_chat") },
      lines.length > 0 && h("ol.chat__lines", {}, ...lines.map(line)),
      say(look, tool, `chat-${look.visit}`),
    ),
  ];
}

/** What a screen reader hears of a new contribution. */
export function arrival(look, item) {
  return item.by === null
    ? look.word("arrived_nobody")
    : fill(look.words.arrived_one, { who: look.name(item.by) });
}
