/** The inputs of this step, every one a form; as intervisie/room/tools.py. */

import { h, icon } from "./dom.js";

const page = { token: "" };

/** `token`: forms can also be posted without this script. */
export function usePage(token) {
  page.token = token;
}

export function form(look, tool, attributes, fields, ...content) {
  const hidden = { csrfmiddlewaretoken: page.token, id: "", visit: look.visit, tool, ...fields };
  const inputs = Object.entries(hidden).map(([name, value]) =>
    h("input", { type: "hidden", autocomplete: "off", name, value }),
  );
  return h("form", { method: "post", ...attributes }, inputs, content);
}

/** A button that does something; `kind` as in "quiet.small". */
export function act(does, kind, content, more) {
  const classes = kind.split(".").map((name) => name && `.button--${name}`);
  return h(`button.button${classes.join("")}`, { name: "do", value: does, ...more }, content);
}

export function actions(...buttons) {
  return h("div.tool__actions", {}, buttons);
}

export function sees(text, id) {
  return h("p.sees", { id }, icon("eye"), h("span", {}, text));
}

export function errorOf(look, tool) {
  const error = look.errors[tool];
  if (!error) return null;
  return h(
    "div.field__error",
    { id: `${tool}-error`, role: "alert" },
    h("p", {}, icon("circle-alert"), h("span", {}, error)),
  );
}

/** A label with its textarea, and what was wrong. */
export function field(look, key, label, more, text) {
  return h(
    `div.field${look.errors[key] ? ".field--error" : ""}`,
    {},
    label,
    errorOf(look, key),
    h("textarea", { id: key, name: "text", rows: 3, maxlength: 4000, ...more }, text),
  );
}

export function drawTools(look) {
  const said = look.me.tools.filter((tool) => tool.do === "say" && tool.kind !== "answer");
  const note = look.tool("note");
  const pass = look.tool("pass");
  return [
    said.map((tool) => say(look, tool, `say-${tool.kind}-${look.visit}`)),
    note && [say(look, note, "note"), notes(look)],
    pass && !look.tool("say") && bare(look, "pass", {}, act("pass", "quiet", look.word("pass"))),
    look.tool("ready") && !pass && ready(look),
    look.phase === "ended" &&
      h("p", { "data-key": "harvest" }, h("a.button", { href: look.texts.links.harvest }, look.word("to_harvest"))),
  ];
}

function notes(look) {
  const lines = look.items("note").map((item) => h("li", {}, item.text));
  return lines.length > 0 && h("ul.notes", { "data-key": "notes", "aria-label": look.word("my_notes") }, lines);
}

/** A form for words. `parent`: the contribution that it answers. */
export function say(look, tool, key, parent) {
  const { kind } = tool;
  const passes = tool.do === "say" && !parent && look.tool("pass");
  const ids = [`${key}-sees`, tool.max_words && `${key}-hint`, look.errors[key] && `${key}-error`];
  const label = [
    h("label.tool__label", { for: key }, labelOf(look, kind, parent)),
    tool.max_words && h("p.field__help", { id: ids[1] }, look.word("max_words", { n: tool.max_words })),
  ];
  return form(
    look,
    key,
    { class: `tool tool--${kind}`, "data-key": key },
    parent && { parent },
    field(look, key, label, { required: !tool.case, "aria-describedby": ids.filter(Boolean).join(" ") }),
    tool.case && prepared(look),
    kind === "intention" && date(look, `${key}-date`),
    sees(look.sees(tool), ids[0]),
    actions(
      act(tool.do, "", look.word(passes && tool.left === 1 ? "do_turn" : `do_${kind}`)),
      passes && act("pass", "plain", look.word("pass"), { formnovalidate: true }),
    ),
  );
}

function labelOf(look, kind, parent) {
  if (look.step?.stem && !parent && !["answer", "note", "chat"].includes(kind)) return look.step.stem;
  return look.word(parent && kind !== "answer" ? "reply" : `label_${kind}`);
}

function prepared(look) {
  const word = look.word("label_case", { title: look.texts.prepared?.title ?? "" });
  return h("label.choice", {}, h("input", { type: "checkbox", name: "case", value: "true" }), h("span", {}, word));
}

function date(look, id) {
  const label = h("label.tool__label", { for: id }, look.word("label_date"));
  return h("div.field.field--date", {}, label, h("input", { type: "date", id, name: "date", value: "" }));
}

function bare(look, tool, fields, button) {
  return form(look, tool, { class: "tool-bare", "data-key": tool }, fields, errorOf(look, tool), actions(button));
}

function ready(look) {
  const on = look.seat.ready;
  const word = [icon("check"), look.word(on ? "is_ready" : "ready")];
  const button = act("ready", "quiet", word, { class: "button button--quiet ready", "aria-pressed": String(on) });
  return bare(look, "ready", { on: String(!on) }, button);
}
