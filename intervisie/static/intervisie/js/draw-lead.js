/** The facilitator's bar; the same as intervisie/room/lead.py with its template. */

import { h, icon } from "./dom.js";
import { errorOf, form } from "./draw-said.js";

const TURN_KINDS = ["round", "judge", "write"];
const NOT_YET = ["waits", "floor", "writes"];
const SMALL = "button button--plain button--small";

export function drawLead(look) {
  const go = ["start", "advance", "end"].find((does) => look.tool(does));
  if (!go) return [];
  const label = labelOf(look, go);
  const confirm = confirmation(look, go);
  return [
    h(
      "section.leadbar__bar",
      { "aria-label": look.word("lead") },
      errorOf(look, "lead", "lead-error"),
      choices(look),
      h(
        "div.leadbar__row",
        {},
        extend(look),
        clock(look),
        floor(look),
        more(look),
        h("span.leadbar__ready", {}, ready(look)),
        goOn(look, go, label, confirm),
      ),
      confirm && dialog(look, go, label, confirm),
    ),
  ];
}

function labelOf(look, go) {
  if (go !== "advance") return look.word(go);
  const following = look.steps[look.number + 1];
  return following ? look.word("next", { step: following.short }) : look.word("round_off");
}

/** What is asked before going on; empty where nobody would be passed by. */
function confirmation(look, go) {
  if (go === "end") return look.word("end_sure");
  const names = notYet(look).join(", ");
  return names ? look.word(go === "start" ? "start_anyway" : "next_anyway", { names }) : "";
}

function notYet(look) {
  const { seats } = look.view;
  if (!look.step) return seats.filter((seat) => !seat.agreed).map((seat) => look.first(seat.seat));
  if (!TURN_KINDS.includes(look.step.kind)) return [];
  return acting(look)
    .filter((seat) => NOT_YET.includes(seat.state))
    .map((seat) => look.first(seat.seat));
}

function acting(look) {
  return look.view.seats.filter((seat) => seat.agreed && look.step?.acting.includes(seat.role));
}

function ready(look) {
  const able = look.view.seats.filter((seat) => seat.agreed && "BC".includes(seat.role));
  const n = able.filter((seat) => seat.ready).length;
  return n ? look.word("ready_count", { n, of: able.length }) : "";
}

function button(does, ...content) {
  return h("button", { class: SMALL, name: "do", value: does }, ...content);
}

function extend(look) {
  if (!look.tool("extend")) return null;
  const minutes = [1, 2, 5].map((n) =>
    h(
      "button",
      { class: SMALL, name: "minutes", value: n, "aria-label": look.word("extend", { n }) },
      `+${n}`,
    ),
  );
  const group = { class: "leadbar__group", role: "group", "aria-label": look.word("extend_group") };
  return form(
    look,
    "lead",
    { "data-key": "extend" },
    { do: "extend" },
    h("div", group, icon("timer"), ...minutes),
  );
}

function clock(look) {
  const does = ["pause", "resume"].find((name) => look.tool(name));
  if (!does) return null;
  return form(
    look,
    "lead",
    { "data-key": "clock" },
    {},
    button(does, icon(does === "pause" ? "pause" : "play"), h("span", {}, look.word(does))),
  );
}

function menu(key, name, word, ...content) {
  return h(
    "details.leadbar__menu",
    { "data-key": key, name: "lead" },
    h("summary", { class: SMALL }, icon(name), h("span", {}, word)),
    ...content,
  );
}

function line(attributes, ...content) {
  return h("button.leadbar__item", { ...attributes }, ...content);
}

function floor(look) {
  if (!look.tool("give_floor")) return null;
  const seats = acting(look).filter((seat) => seat.state !== "floor");
  if (!seats.length) return null;
  const one = (seat) => {
    const word = look.texts.states[seat.state];
    return line(
      { name: "to", value: seat.seat },
      h("span", {}, look.name(seat.seat)),
      word && h("span.muted", {}, word),
    );
  };
  const list = form(
    look,
    "lead",
    { class: "leadbar__list" },
    { do: "give_floor" },
    line({ name: "to", value: "" }, look.word("next_in_turn")),
    ...seats.map(one),
  );
  return menu("floor", "mic", look.word("give_floor"), list);
}

function more(look) {
  const back = look.tool("back");
  const heirs = look.tool("hand_over")
    ? look.view.seats.filter((seat) => seat.agreed && !"FB".includes(seat.role))
    : [];
  if (!back && !heirs.length) return null;
  const list = h(
    "div.leadbar__list",
    {},
    back &&
      form(
        look,
        "lead",
        {},
        {},
        line({ name: "do", value: "back" }, icon("undo-2"), h("span", {}, look.word("back"))),
      ),
    heirs.length > 0 &&
      form(
        look,
        "lead",
        {},
        { do: "hand_over" },
        h("p.leadbar__heading", {}, look.word("hand_over")),
        ...heirs.map((seat) => line({ name: "to", value: seat.seat }, look.name(seat.seat))),
      ),
  );
  return menu("more", "ellipsis", look.word("more"), list);
}

/** Shown when the group's dots left it open. */
function choices(look) {
  if (!look.tool("choose") || !look.errors.lead) return null;
  const items = look.view.items.filter((item) => look.view.judge?.options.includes(item.id));
  const one = (item) =>
    h(
      "li",
      {},
      form(
        look,
        "lead",
        {},
        { item: item.id },
        h(
          "button.leadbar__choice",
          { name: "do", value: "choose" },
          h("strong", {}, look.name(item.by)),
          h("span", {}, item.text),
        ),
      ),
    );
  return h("ul.leadbar__choices", { "data-key": "choices" }, ...items.map(one));
}

function goOn(look, go, label, confirm) {
  if (confirm)
    return h("a.button", { href: "#go-dialog", "data-dialog": "go-dialog" }, label, icon("arrow-right"));
  return form(
    look,
    "lead",
    { "data-key": "go" },
    {},
    h("button.button", { name: "do", value: go }, label, icon("arrow-right")),
  );
}

function dialog(look, go, label, confirm) {
  const buttons = [
    h("button.button", { name: "do", value: go }, look.word("go_on")),
    h("a.button.button--plain", { href: "#room", "data-close": "" }, look.word("stay")),
  ];
  return h(
    "dialog.dialog",
    { id: "go-dialog", "aria-labelledby": "go-title" },
    h("h2", { id: "go-title" }, label),
    h("p", {}, confirm),
    form(look, "lead", { class: "tool__actions" }, {}, ...buttons),
  );
}
