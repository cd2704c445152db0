/** The facilitator's bar; as intervisie/room/lead.py. */

import { h, icon } from "./dom.js";
import { act, errorOf, form } from "./draw-tools.js";

const TURN_KINDS = ["round", "judge", "write"];
const NOT_YET = ["waits", "floor", "writes"];

export function drawLead(look) {
  const go = ["start", "advance", "end"].find((does) => look.tool(does));
  if (!go) return [];
  const label = labelOf(look, go);
  const confirm = confirmation(look, go);
  return [
    h(
      "section.leadbar__bar",
      { "aria-label": look.word("lead") },
      errorOf(look, "lead"),
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

const leads = (look, attributes, fields, ...content) => form(look, "lead", attributes, fields, content);
const line = (attributes, ...content) => h("button.leadbar__item", attributes, content);
const word = (text) => h("span", {}, text);

function extend(look) {
  if (!look.tool("extend")) return null;
  const minutes = [1, 2, 5].map((n) =>
    act("", "plain.small", `+${n}`, { name: "minutes", value: n, "aria-label": look.word("extend", { n }) }),
  );
  const group = { role: "group", "aria-label": look.word("extend_group") };
  return leads(
    look,
    { "data-key": "extend" },
    { do: "extend" },
    h("div.leadbar__group", group, icon("timer"), minutes),
  );
}

function clock(look) {
  const does = ["pause", "resume"].find((name) => look.tool(name));
  const button = () => act(does, "plain.small", [icon(does === "pause" ? "pause" : "play"), word(look.word(does))]);
  return does ? leads(look, { "data-key": "clock" }, {}, button()) : null;
}

function menu(key, name, title, ...content) {
  const summary = h("summary.button.button--plain.button--small", {}, icon(name), word(title));
  return h("details.leadbar__menu", { "data-key": key, name: "lead" }, summary, content);
}

function floor(look) {
  const seats = acting(look).filter((seat) => seat.state !== "floor");
  if (!look.tool("give_floor") || !seats.length) return null;
  const lines = seats.map((seat) => {
    const state = look.texts.states[seat.state];
    return line({ name: "to", value: seat.seat }, word(look.name(seat.seat)), state && h("span.muted", {}, state));
  });
  const next = line({ name: "to", value: "" }, look.word("next_in_turn"));
  const list = leads(look, { class: "leadbar__list" }, { do: "give_floor" }, next, lines);
  return menu("floor", "mic", look.word("give_floor"), list);
}

function more(look) {
  const heirs = look.view.seats.filter((seat) => look.tool("hand_over") && seat.agreed && !"FB".includes(seat.role));
  const back = look.tool("back") && line({ name: "do", value: "back" }, icon("undo-2"), word(look.word("back")));
  if (!back && !heirs.length) return null;
  const names = heirs.map((seat) => line({ name: "to", value: seat.seat }, look.name(seat.seat)));
  const heading = h("p.leadbar__heading", {}, look.word("hand_over"));
  const list = [
    back && leads(look, {}, {}, back),
    names.length > 0 && leads(look, {}, { do: "hand_over" }, heading, names),
  ];
  return menu("more", "ellipsis", look.word("more"), h("div.leadbar__list", {}, list));
}

/** Shown after the dots left it open. */
function choices(look) {
  if (!look.tool("choose") || !look.errors.lead) return null;
  const items = look.view.items.filter((item) => look.view.judge?.options.includes(item.id));
  const lines = items.map((item) => {
    const said = [h("strong", {}, look.name(item.by)), word(item.text)];
    return h(
      "li",
      {},
      leads(look, {}, { item: item.id }, h("button.leadbar__choice", { name: "do", value: "choose" }, said)),
    );
  });
  return h("ul.leadbar__choices", { "data-key": "choices" }, lines);
}

function goOn(look, go, label, confirm) {
  const content = [label, icon("arrow-right")];
  if (confirm) return h("a.button", { href: "#go-dialog", "data-dialog": "go-dialog" }, content);
  return leads(look, { "data-key": "go" }, {}, act(go, "", content));
}

function dialog(look, go, label, confirm) {
  const stay = h("a.button.button--plain", { href: "#room", "data-close": "" }, look.word("stay"));
  return h(
    "dialog.dialog",
    { id: "go-dialog", "aria-labelledby": "go-title" },
    h("h2", { id: "go-title" }, label),
    h("p", {}, confirm),
    leads(look, { class: "tool__actions" }, {}, act(go, "", look.word("go_on")), stay),
  );
}
