/** The inputs of this step; the same as intervisie/room/tools.py with its templates. Every tool is a form. */

import { h, icon } from "./dom.js";

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
  return h("div", { class: "tool__actions" }, ...buttons);
}

export function sees(text, id) {
  return h("p", { class: "sees", id }, icon("eye"), h("span", {}, text));
}

export function errorOf(look, tool, id) {
  const error = look.errors[tool];
  return error ? h("div", { class: "field__error", id, role: "alert" }, h("p", {}, icon("circle-alert"), h("span", {}, error))) : null;
}

export function drawTools(look) {
  const said = look.me.tools.filter((tool) => tool.do === "say" && tool.kind !== "answer");
  const note = look.tool("note");
  const notes = look.items("note");
  return [
    look.tool("agree") && agreement(look),
    ...said.map((tool) => say(look, tool, `say-${tool.kind}-${look.visit}`)),
    note && say(look, note, "note"),
    note && notes.length > 0 && h("ul", { class: "notes", "data-key": "notes", "aria-label": look.word("my_notes") }, ...notes.map((item) => h("li", {}, item.text))),
    look.tool("pass") && !look.me.tools.some((tool) => tool.do === "say") && bare(look, "pass", {}, h("button", { class: "button button--quiet", name: "do", value: "pass" }, look.word("pass"))),
    look.tool("ready") && !look.tool("pass") && ready(look),
    look.phase === "ended" && h("p", { "data-key": "harvest" }, h("a", { class: "button", href: look.texts.links.harvest }, look.word("to_harvest"))),
  ];
}

/** A form for words. `parent`: the contribution that it answers. */
export function say(look, tool, key, parent = "") {
  const { kind } = tool;
  const passes = tool.do === "say" && !parent && look.tool("pass");
  const ids = { hint: tool.max_words && `${key}-hint`, error: look.errors[key] && `${key}-error`, sees: `${key}-sees` };
  const submit = look.word(passes && tool.left === 1 ? "do_turn" : `do_${kind}`);
  return form(
    look,
    key,
    { class: `tool tool--${kind}`, "data-key": key },
    parent ? { parent } : {},
    h(
      "div",
      { class: `field${look.errors[key] ? " field--error" : ""}` },
      h("label", { class: "tool__label", for: key }, labelOf(look, kind, parent)),
      tool.max_words && h("p", { class: "field__help", id: ids.hint }, look.word("max_words", { n: tool.max_words })),
      errorOf(look, key, ids.error),
      h("textarea", { id: key, name: "text", rows: 3, maxlength: 4000, required: !tool.case, "aria-describedby": [ids.sees, ids.hint, ids.error].filter(Boolean).join(" ") }),
    ),
    tool.case && h("label", { class: "choice" }, h("input", { type: "checkbox", name: "case", value: "true" }), h("span", {}, look.word("label_case", { title: look.texts.prepared?.title ?? "" }))),
    kind === "intention" && h("div", { class: "field field--date" }, h("label", { class: "tool__label", for: `${key}-date` }, look.word("label_date")), h("input", { type: "date", id: `${key}-date`, name: "date", value: "" })),
    sees(look.sees(tool), ids.sees),
    actions(
      h("button", { class: "button", name: "do", value: tool.do }, submit),
      passes && h("button", { class: "button button--plain", name: "do", value: "pass", formnovalidate: true }, look.word("pass")),
    ),
  );
}

function labelOf(look, kind, parent) {
  if (look.step?.stem && !parent && !["answer", "note", "chat"].includes(kind)) return look.step.stem;
  return look.word(parent && kind !== "answer" ? "reply" : `label_${kind}`);
}

function bare(look, tool, fields, button) {
  return form(look, tool, { class: "tool-bare", "data-key": tool }, fields, errorOf(look, tool, `${tool}-error`), actions(button));
}

function ready(look) {
  const on = look.seat.ready;
  const button = { class: "button button--quiet ready", name: "do", value: "ready", "aria-pressed": String(on) };
  return bare(look, "ready", { on: String(!on) }, h("button", button, icon("check"), look.word(on ? "is_ready" : "ready")));
}

function agreement(look) {
  const rules = [1, 2, 3, 4].map((n) => h("li", {}, look.word(`agree_${n}`)));
  return form(
    look,
    "agree",
    { class: "tool agreement", "data-key": "agree" },
    {},
    h("h2", { class: "tool__label" }, look.word("agree_title")),
    h("ul", { class: "agreement__rules" }, ...rules),
    errorOf(look, "agree", "agree-error"),
    h("label", { class: "choice" }, h("input", { type: "checkbox", name: "kept", required: true }), h("span", {}, look.word("agree_check"))),
    actions(h("button", { class: "button", name: "do", value: "agree" }, look.word("agree"))),
  );
}

/** What is always there: the stop signal with its dialog, the video meeting, and a way to refresh. */
export function drawFoot(look) {
  const link = (name, key, attributes) => h("a", { class: "button button--plain button--small", ...attributes }, icon(name), look.word(key));
  const stops = look.tool("stop");
  return [
    h(
      "div",
      { class: "room__foot" },
      stops && link("hand", "stop", { href: "#stop-dialog", "data-dialog": "stop-dialog" }),
      look.texts.links.video && link("video", "video", { href: look.texts.links.video, target: "_blank", rel: "noopener noreferrer" }),
      link("refresh-cw", "refresh", { class: "button button--plain button--small room__refresh", href: look.texts.links.here, title: look.word("refresh_text") }),
    ),
    stops && stopDialog(look, stops),
  ];
}

function stopDialog(look, tool) {
  return h(
    "dialog",
    { class: "dialog", id: "stop-dialog", "aria-labelledby": "stop-title" },
    h("h2", { id: "stop-title" }, look.word("stop_title")),
    h("p", {}, look.word("stop_text")),
    form(
      look,
      "stop",
      { class: "dialog__form" },
      {},
      errorOf(look, "stop", "stop-error"),
      h("div", { class: "field" }, h("label", { class: "field__label", for: "stop" }, look.word("stop_label")), h("textarea", { id: "stop", name: "text", rows: 2, maxlength: 500, "aria-describedby": "stop-sees" })),
      h("label", { class: "choice" }, h("input", { type: "checkbox", name: "anonymous", value: "true" }), h("span", {}, look.word("stop_anonymous"))),
      sees(look.sees(tool), "stop-sees"),
      actions(h("button", { class: "button", name: "do", value: "stop" }, look.word("stop_do")), h("a", { class: "button button--plain", href: "#room", "data-close": "" }, look.word("close"))),
    ),
  );
}
