/** The inputs of this step, every one a form; as intervisie/room/tools.py. */

import { h, icon } from "./dom.js";
import { more } from "./look.js";

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
export function act(does, kind, content, attributes) {
  const classes = kind.split(".").map((name) => name && `.button--${name}`);
  return h(`button.button${classes.join("")}`, { name: "do", value: does, ...attributes }, content);
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
export function field(look, key, label, attributes, text) {
  return h(
    `div.field${look.errors[key] ? ".field--error" : ""}`,
    {},
    label,
    errorOf(look, key),
    h("textarea", { id: key, name: "text", rows: 3, maxlength: 4000, ...attributes }, text),
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
    aside(look),
    look.phase === "ended" &&
      h("p", { "data-key": "harvest" }, h("a.button", { href: look.texts.links.harvest }, look.word("to_harvest"))),
  ];
}

function notes(look) {
  const lines = look.items("note").map((item) => h("li", {}, item.text));
  return lines.length > 0 && h("ul.notes", { "data-key": "notes", "aria-label": look.word("my_notes") }, lines);
}

/** Writing beside the step, and what I wrote there. */
function aside(look) {
  const tool = look.tool("aside");
  if (!tool || !look.step) return null;
  const key = `aside-${look.visit}`;
  const mine = look.items("side").filter((item) => item.by === look.me.seat && item.step === look.step.id);
  const lines = mine.map((item) => h("li", {}, item.text));
  const summary = h("summary.fold__summary", {}, icon("notebook-pen"), look.word("aside"));
  return h(
    "section.aside",
    { "data-key": "aside" },
    h("details.fold", { "data-key": "aside-fold", open: Boolean(look.errors[key]) }, summary, say(look, tool, key)),
    lines.length > 0 && h("ul.notes", { "aria-label": look.word("my_side") }, lines),
  );
}

/** A form for words. `parent`: the contribution that it answers. */
export function say(look, tool, key, parent) {
  const { kind } = tool;
  const passes = tool.do === "say" && !parent && look.tool("pass");
  return form(
    look,
    key,
    { class: `tool tool--${kind}`, "data-key": key },
    parent && { parent },
    speaks(look, kind),
    tool.persona && persona(look, key),
    written(look, tool, key, parent),
    tool.case && prepared(look),
    kind === "intention" && date(look, `${key}-date`),
    sees(look.sees(tool), `${key}-sees`),
    actions(
      act(tool.do, "", look.word(submits(tool, passes))),
      passes && act("pass", "plain", look.word("pass"), { formnovalidate: true }),
    ),
  );
}

function submits(tool, passes) {
  if (tool.sees === "nobody_ever") return "do_note";
  return passes && tool.left === 1 ? "do_turn" : `do_${tool.kind}`;
}

/** A text, or the fields of a canvas. */
function written(look, tool, key, parent) {
  const canvas = tool.canvas && !parent && look.step.canvas;
  const words = labelOf(look, tool.kind, parent);
  const fields = canvas && more.inputs(look, canvas, key);
  if (canvas && !canvas.cells) {
    const legend = h("legend.tool__label", {}, words);
    return h("fieldset.canvas-form", { "aria-describedby": `${key}-sees` }, legend, errorOf(look, key), fields);
  }
  const most = tool.max_words;
  const ids = [`${key}-sees`, most && `${key}-hint`, look.errors[key] && `${key}-error`];
  const label = [
    h("label.tool__label", { for: key }, words),
    most && h("p.field__help", { id: ids[1] }, look.word("max_words", { n: most })),
  ];
  const told = { required: !tool.case, "aria-describedby": ids.filter(Boolean).join(" ") };
  return [fields, field(look, key, label, told)];
}

/** As whom the method lets me speak. */
function speaks(look, kind) {
  const who = !["note", "chat", "side"].includes(kind) && look.step?.speaks[look.me.role];
  return who && h("p.tool__as", {}, icon("user"), h("span", {}, look.word("speaks_as", { who })));
}

/** As whom I say that I speak; the parties of the case are suggested. */
function persona(look, key) {
  const id = `${key}-as`;
  const list = `${key}-parties`;
  const parties = look.view.case?.parties ?? [];
  const name = { id, list, type: "text", name: "persona", maxlength: 64, required: true, autocomplete: "off", value: "" };
  return h(
    "div.field",
    {},
    h("label.tool__label", { for: id }, look.word("speak_as")),
    h("input", name),
    h(
      "datalist",
      { id: list },
      parties.map((value) => h("option", { value })),
    ),
  );
}

function labelOf(look, kind, parent) {
  const stem = look.step?.[kind === "side" ? "side" : "stem"];
  if (stem && !parent && !["answer", "note", "chat"].includes(kind)) return stem;
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
