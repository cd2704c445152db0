/** The rail of steps and the round table; the same as intervisie/room/table.py with its templates. */

import { asMinutes } from "./clock.js";
import { h, icon } from "./dom.js";

export function drawRail(look) {
  return look.steps.map((step, at) => {
    const state = at < look.number ? "past" : at === look.number ? "now" : "next";
    const weight = Math.min(20, Math.max(3, Math.ceil(step.minutes)));
    return h(
      "li",
      { class: `rail__step rail__step--${state} rail__step--${weight}`, "aria-current": state === "now" && "step" },
      h("span", { class: "rail__title" }, step.short),
      h("span", { class: "rail__minutes" }, look.minutes(step)),
      state === "past" && h("span", { class: "visually-hidden" }, look.word("step_done")),
    );
  });
}

export function drawTable(look) {
  const { seats, clock } = look.view;
  return [
    h("h2", { class: "visually-hidden", id: "table-name" }, look.word("table", { n: seats.length })),
    ring(clock),
    h("div", { class: "round__middle" }, ...middle(look)),
    h("ol", { class: `seats seats--${seats.length}` }, ...seats.map((seat, at) => drawSeat(look, seat, at / seats.length))),
  ];
}

function ring(clock) {
  const circle = (name, r, more) => h("circle", { class: `round__${name}`, cx: 100, cy: 100, r, ...more });
  const time = { "data-ring": "", pathLength: 100, transform: "rotate(-90 100 100)" };
  return h(
    "svg",
    { class: "round__ring", viewBox: "0 0 200 200", "aria-hidden": "true" },
    circle("plate", 94),
    circle("track", 98.5),
    clock && circle("time", 98.5, time),
  );
}

function middle(look) {
  const { case: brought, clock } = look.view;
  const open = ["lobby", "running"].includes(look.phase) ? look.word("no_case") : "";
  const question = brought ? brought.question : open;
  const size = question.length < 60 ? "short" : question.length < 110 ? "medium" : "long";
  return [
    brought && h("p", { class: "round__kicker" }, look.word("question_of", { name: look.first(brought.by) })),
    h("p", { class: `round__question round__question--${size}` }, question),
    clock && h("p", { class: "round__clock", role: "timer" }, h("span", { class: "round__face", "data-clock": "" }, asMinutes(0)), h("span", { class: "round__label", "data-clock-label": "" })),
  ];
}

function drawSeat(look, seat, turn) {
  const person = look.people.get(seat.seat);
  const me = seat.seat === look.me.seat;
  const word = look.texts.states[seat.state];
  const gone = look.here && seat.agreed && !look.here.includes(seat.seat);
  const marks = [seat.state, seat.role === "B" && "bringer", me && "me", Math.cos(turn * 2 * Math.PI) > 0.15 && "up", gone && "offline"];
  const told = [person.name, person.org && `, ${person.org}`, me && ` (${look.word("you")})`, gone && `, ${look.word("offline")}`];
  const note = word || (me ? look.word("you") : person.org);
  return h(
    "li",
    { class: ["seat", ...marks.filter(Boolean).map((mark) => `seat--${mark}`)].join(" "), "data-key": `seat-${seat.seat}` },
    h("span", { class: "seat__disc", "aria-hidden": "true" }, person.initials),
    h(
      "span",
      { class: "seat__label" },
      h("span", { class: "seat__name", "aria-hidden": "true" }, person.short),
      h("span", { class: "visually-hidden" }, told.filter(Boolean).join("")),
      h("span", { class: "seat__note", "aria-hidden": !word && "true" }, ["said", "voted", "ready"].includes(seat.state) && icon("check"), note),
    ),
  );
}
