/** Canvases: a form to write in, and one picture of all that was written; as intervisie/room/canvas.py. */

import { h, icon } from "./dom.js";

// Of a table; more fields are read one contribution at a time.
const MOST_COLUMNS = 3;

/** The fields of a form with this key. `only`: what an own contribution holds, to change it. */
export function inputs(look, canvas, key, only) {
  if (canvas.cells && !only) return [cell(look, canvas, `${key}-cell`)];
  const fields = canvas.fields.filter((one) => !canvas.cells || one.id in only);
  const first = fields.find((one) => !one.options.length);
  return fields.map((one) => input(look, one, one === first ? key : `${key}-${one.id}`, only?.[one.id]));
}

function cell(look, canvas, id) {
  const label = h("label.tool__label", { for: id }, look.word("cell"));
  return h("div.field", {}, label, h("select", { id, name: "cell", required: true }, options(look, canvas.fields)));
}

function options(look, all, value) {
  const empty = h("option", { value: "" }, look.word("choose_one"));
  return [empty, all.map((one) => h("option", { value: one.id, selected: one.id === value }, one.label))];
}

function input(look, { id, label, hint, options: all }, at, value) {
  const help = hint && `${at}-help`;
  const more = { id: at, name: `f:${id}`, "aria-describedby": help || false };
  return h(
    "div.field",
    {},
    h("label.canvas-form__label", { for: at }, label),
    help && h("p.field__help", { id: help }, hint),
    all.length
      ? h("select", more, options(look, all, value))
      : h("textarea", { ...more, rows: 2, maxlength: 2000 }, value ?? ""),
  );
}

/** What one contribution says, field by field. */
export function rows(look, item) {
  const fields = look.stepOf(item.step)?.canvas?.fields.filter((one) => item.fields?.[one.id]);
  if (!fields?.length) return null;
  const row = (one) => h("div", {}, h("dt", {}, one.label), h("dd", {}, said(one, item)));
  return h("dl.item__rows", {}, fields.map(row));
}

function said(field, item) {
  const value = item.fields[field.id] ?? "";
  return field.options.find((one) => one.id === value)?.label ?? value;
}

/** `nameOf`: who said a contribution. */
export function picture(look, items, nameOf) {
  const canvas = look.stepOf(items[0]?.step)?.canvas;
  if (!canvas || items.some((item) => item.step !== items[0].step || !item.fields)) return null;
  // Of one person it is plain who.
  const many = new Set(items.map((item) => item.by)).size > 1;
  const by = (item) => many && nameOf(item) && [" ", h("span.canvas__by", {}, nameOf(item))];
  const note = items.every((item) => item.sealed) && h("span.canvas__note", {}, look.word("sealed"));
  const { layout } = canvas;
  if (layout === "rows" && (canvas.fields.length < 2 || canvas.fields.length > MOST_COLUMNS)) return null;
  const drawn = { rows: table, field: placed }[layout] ?? cells;
  return h(
    `figure.canvas.canvas--${layout}`,
    { "data-key": "picture" },
    h("figcaption.canvas__head", {}, h("h2.canvas__name", {}, canvas.name), note),
    drawn(look, canvas, items, by),
  );
}

function cells(look, { layout, fields }, items, by) {
  const drawn = fields.map((field) => {
    const entries = items.filter((item) => item.fields[field.id]).map((item) => h("li", {}, said(field, item), by(item)));
    return h(
      "div.canvas__cell",
      {},
      h("h3.canvas__label", {}, field.label),
      entries.length ? list(entries) : field.hint && h("p.canvas__hint", {}, field.hint),
      layout === "quadrant" && icon("arrow-right"),
    );
  });
  return h("div.canvas__cells", {}, drawn);
}

const list = (entries) => h("ul.canvas__entries", {}, entries);

function grid(head, lines) {
  const words = head.map((word) => h("th", { scope: "col" }, word));
  return h(
    "table.table.canvas__table",
    {},
    h("thead", {}, h("tr", {}, words)),
    h(
      "tbody",
      {},
      lines.map(([title, data]) => h("tr", {}, h("th", { scope: "row" }, title), data)),
    ),
  );
}

function table(look, { fields }, items, by) {
  const [first, ...others] = fields;
  const data = (item) => (one) =>
    h("td", { "data-label": one.label }, said(one, item) && h("span", {}, said(one, item)));
  return grid(
    fields.map((one) => one.label),
    items.map((item) => [[said(first, item), by(item)], others.map(data(item))]),
  );
}

/** Where two choices cross: the first gives the row, the second the column. */
function placed(look, canvas, items, by) {
  const [down, across] = canvas.fields.filter((one) => one.options.length);
  const written = canvas.fields.filter((one) => !one.options.length);
  const party = (item) => {
    const [title, ...others] = written.map((one) => item.fields[one.id]).filter(Boolean);
    return h("li", {}, h("strong", {}, title), others.length > 0 && [" ", h("span", {}, others.join(" · "))], by(item));
  };
  const there = (row, column) =>
    items.filter((item) => item.fields[down.id] === row && item.fields[across.id] === column).map(party);
  const data = (row) => (column) => {
    const found = there(row.id, column.id);
    return h("td", { "data-label": column.label }, found.length > 0 && list(found));
  };
  const rest = items.filter((item) => !item.fields[down.id] || !item.fields[across.id]).map(party);
  return [
    grid(
      [down.label, ...across.options.map((one) => one.label)],
      down.options.map((row) => [row.label, across.options.map(data(row))]),
    ),
    rest.length > 0 && [h("p.canvas__hint", {}, look.word("not_placed")), list(rest)],
  ];
}
