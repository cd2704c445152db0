/** Judging: what can be chosen and how, and what came of it; as intervisie/room/judge.py. */

import { h, icon } from "./dom.js";
import { levelOf } from "./draw-said.js";
import { form, sees } from "./draw-tools.js";

const ROLES = "BFNT";
// Scales of which no more is told than how often.
const COUNTED = ["dots", "pick"];
const HEIGHT = 20;
// Characters, of what a group of buttons is about.
const LONGEST_NAME = 80;
const PETAL = "M0 0C-50 -40 -34 -100 0 -100S50 -40 0 0";

const isOpen = (look) => Boolean(look.view.judge) && look.step?.id === look.view.judge.step;
const scaleOf = (look) => look.stepOf(look.view.judge.step).scale;
// The newest vote that is over.
const overIn = (look) => (isOpen(look) ? look.view.judge.last : look.view.judge);
const isPlain = (option) => option[1] !== ":";
const isPerson = (option) => !isPlain(option) && ROLES.includes(option[0]);
const isChosen = ({ chosen, cast }, option) => option === chosen || cast.includes(option);
const badge = (look) => [icon("check"), h("span", {}, look.word("chosen"))];

/** What is said above the vote, and the options that are no contributions. */
export function ballot(look) {
  if (!isOpen(look)) return null;
  const tool = look.tool("vote");
  const options = look.view.judge.options.filter((one) => !isPlain(one));
  const kinds = [...new Set(options.map((one) => one[0]))];
  return [
    tool && h("div.ballot__head", { "data-key": "ballot" }, headOf(look, tool)),
    kinds.map((kind, at) => group(look, kind, at, options)),
  ];
}

function headOf(look, tool) {
  const promise = sees(look.sees(tool));
  if (scaleOf(look).type === "dots") {
    const left = { 0: "dots_left_none", 1: "dots_left_one" }[tool.left] ?? "dots_left_many";
    return [h("p.dots-left", {}, look.word(left, { n: tool.left })), promise];
  }
  return [promise, h("p.sees", {}, icon("vote"), h("span", {}, look.word("take_back")))];
}

function group(look, kind, at, options) {
  const title = ROLES.includes(kind) && h("h2.ballot__title", {}, look.word(`cast_${kind}`));
  const lines = options.filter((one) => one[0] === kind).map((one) => option(look, one));
  return h("section.ballot", { "data-key": `ballot-${at}` }, title, h("ul.ballot__options", {}, lines));
}

function option(look, one) {
  const [title, text] = described(look, look.step, one);
  const named = isPerson(one) && look.tool("vote") && scaleOf(look).type === "pick";
  const words = [h("p.ballot__name", {}, title), text && h("p.ballot__text", {}, text)];
  return h(
    `li.ballot__option${named ? ".ballot__option--named" : ""}`,
    { "data-key": `o-${one}` },
    !named && h("div.ballot__words", {}, words),
    vote(look, one, named && title),
  );
}

/** What an option is, and more about it. `step`: that of the vote. */
function described(look, step, option) {
  const name = option.slice(2);
  if (isPlain(option)) return [look.view.items.find((item) => item.id === option)?.text ?? ""];
  if (isPerson(option)) {
    const me = Number(name) === look.me.seat ? ` (${look.word("you")})` : "";
    return [look.name(Number(name)) + me];
  }
  if (option[0] === "m") {
    const { title, instruction } = look.texts.method.modules[name];
    return [title, instruction.default];
  }
  const { label, hint } = step.canvas.fields.find((one) => one.id === name);
  return [label, hint];
}

/** My choice for one option. `title`: of who can be picked by their name. */
export function vote(look, option, title) {
  const { judge } = look.view;
  if (!isOpen(look) || !judge.options.includes(option)) return null;
  const scale = scaleOf(look);
  const tool = look.tool("vote");
  const name = { role: "group", "aria-label": groupName(look, scale, option) };
  const mine = judge.mine[option] ?? 0;
  const buttons = () => h(`div.votes.votes--${scale.type}`, name, choices(look, scale, mine, tool, title));
  return [
    isChosen(judge, option) && h("p.badge.badge--moss", {}, badge(look)),
    tool && form(look, "vote", { class: "vote" }, { do: "vote", item: option }, buttons()),
  ];
}

/** What is asked, and about what: who cannot see where the buttons stand hears it. */
function groupName(look, scale, option) {
  const asked = look.word(`vote_${scale.type}`, scale);
  const title = [...described(look, look.step, option)[0]];
  const short = title.length > LONGEST_NAME ? [...title.slice(0, LONGEST_NAME - 1), "…"] : title;
  return short.length ? `${asked}: ${short.join("")}` : asked;
}

/** One button for each value. Pressing what is chosen takes it back, but for dots, which have a 0. */
function choices(look, scale, mine, { left }, title) {
  const button = (value, on, more, content, warmth) => {
    const tag = warmth ? `button.votes__choice.votes__choice--${warmth}` : "button.votes__choice";
    return h(tag, { name: "value", value, "aria-pressed": String(on), ...more }, content);
  };
  if (scale.type === "dots") {
    const numbers = [...Array(scale.dots + 1).keys()];
    const told = (n) => ({ "aria-label": counted(look, "dots", n), disabled: n > mine + left });
    return numbers.map((n) => button(n, n === mine, told(n), String(n)));
  }
  return values(look, scale, mine, title).map(([value, text]) => {
    const warmth = scale.type === "label" && levelOf(scale.labels, value);
    const content = [warmth && icon(`level-${warmth}`), text];
    return button(value === mine ? 0 : value, value === mine, {}, content, warmth);
  });
}

function values(look, { type, labels, low, high }, mine, title) {
  if (type === "pick") return [[1, title || look.word(mine ? "picked" : "pick")]];
  if (type === "consent") return [1, 2].map((value) => [value, look.word(`consent_${value}`)]);
  if (type === "label") return labels.map((text, at) => [at + 1, text]);
  return Array.from({ length: high - low + 1 }, (_, at) => [low + at, String(low + at)]);
}

function counted(look, what, n) {
  return n === 1 ? look.word(`${what}_one`) : look.word(`${what}_many`, { n });
}

const unitOf = (scale) => (scale.type === "dots" ? "dots" : "picks");

/** What the vote made of one contribution, in words, once it is over. */
export function result(look, item) {
  const judge = overIn(look);
  const count = judge?.results?.[item];
  const step = look.stepOf(judge?.step);
  if (!Number.isInteger(count) || !step) return [];
  const word = counted(look, unitOf(step.scale), count);
  return judge.chosen === item ? [word, look.word("chosen")] : [word];
}

/** What came of the newest vote that is over; `fresh`: if it has just been. */
export function outcome(look, fresh) {
  const judge = overIn(look);
  const step = look.stepOf(judge?.step);
  if (!step || look.stance === "turned" || look.phase === "ended" || look.step?.kind === "pause") return null;
  if (step.scale.type === "label" && step.acting.join() === "B") return null;
  if (fresh !== look.steps.indexOf(step) >= look.number - 1) return null;
  const open = !COUNTED.includes(step.scale.type);
  const title = look.word("came_out", { step: step.title });
  const options = judge.results ? inOrder(judge, step.scale) : [];
  return h(
    "details.case.outcome",
    { "data-key": `outcome-${step.id}`, open },
    h("summary.case__summary", {}, h("span.case__title", {}, title)),
    !judge.results && h("p.outcome__few", {}, look.word("came_out_few")),
    options.length > 0 && [
      petals(look, judge, step, options),
      h(
        "ol.outcome__lines",
        {},
        options.map((one) => line(look, judge, step, one)),
      ),
    ],
  );
}

function inOrder({ options, results }, { type }) {
  const found = options.filter((one) => one in results);
  if (!COUNTED.includes(type)) return found;
  const role = (one) => (isPlain(one) ? "" : one[0]);
  const first = (one, other) => (role(one) < role(other) ? -1 : Number(role(one) > role(other)));
  return found
    .filter((one) => results[one] || isPlain(one))
    .sort((one, other) => first(one, other) || results[other] - results[one]);
}

function line(look, judge, step, option) {
  const question = isPerson(option) && look.word(`cast_${option[0]}`);
  const name = described(look, step, option)[0];
  const chosen = isChosen(judge, option) && [" ", h("span.badge.badge--moss", {}, badge(look))];
  const title = h("p.outcome__title", {}, question ? `${question} ${name}` : name, chosen);
  return h("li.outcome__line", {}, title, came(look, step.scale, judge.results[option], judge.bringer?.[option]));
}

function came(look, scale, found, own) {
  const text = (words) => h("p.outcome__text", {}, words);
  if (Number.isInteger(found)) return text(counted(look, unitOf(scale), found));
  if (scale.type === "score") return [bars(scale, found, own), text(scored(look, scale, found, own))];
  const of = sum(Object.values(found));
  if (!of) return text(look.word("no_answers"));
  const one = ([value, word]) => {
    const n = found[value] ?? 0;
    const mark = scale.type === "label" && icon(`level-${levelOf(scale.labels, value)}`);
    const meter = h("meter", { min: 0, max: of, value: n, "aria-hidden": "true" });
    return h("li.spread__one", {}, h("span.spread__name", {}, mark, word), meter, h("span.spread__n", {}, String(n)));
  };
  return h("ul.spread", {}, values(look, scale).map(one));
}

const sum = (numbers) => numbers.reduce((total, n) => total + n, 0);

/** The mean of the scores, times ten. */
function meanOf(found) {
  const n = sum(Object.values(found));
  const total = sum(Object.entries(found).map(([value, count]) => value * count));
  return n ? Math.floor((20 * total + n) / (2 * n)) : 0;
}

function scored(look, scale, found, own) {
  const given = values(look, scale).flatMap(([value]) => Array(found[value] ?? 0).fill(value));
  const mean = meanOf(found);
  return [
    mean ? look.word("mean", { n: tenths(look, mean) }) : look.word("no_answers"),
    mean && look.word("given", { values: given.join(", ") }),
    own && `${look.bringer}: ${own}`,
    own && mean && look.word("difference", { n: tenths(look, Math.abs(10 * own - mean)) }),
  ]
    .filter(Boolean)
    .join(" · ");
}

function tenths(look, n) {
  return `${Math.floor(n / 10)}${look.texts.language === "en" ? "." : ","}${n % 10}`;
}

function bars(scale, found, own) {
  const counts = values(null, scale).map(([value]) => found[value] ?? 0);
  const most = Math.max(...counts) || 1;
  const bar = (count, at) => {
    const height = Math.floor((HEIGHT * count) / most);
    const x = 10 * at + 1;
    return [
      h("rect.bars__foot", { x, y: 20, width: 8, height: 1 }),
      h("rect.bars__bar", { x, y: HEIGHT - height, width: 8, height }),
      scale.low + at === own && h("circle.bars__own", { cx: 10 * at + 5, cy: 24, r: 2 }),
    ];
  };
  return h("svg.bars", { viewBox: `0 0 ${10 * counts.length} 26`, "aria-hidden": "true" }, counts.map(bar));
}

/** The scores of a canvas with petals as a flower. */
function petals(look, { results, bringer }, step, options) {
  const { canvas, scale } = step;
  if (canvas?.layout !== "petals" || scale.type !== "score") return null;
  const whole = 10 * scale.high;
  const size = (n) => `scale(${(Math.floor(n / whole) / 100).toFixed(2)})`;
  const turn = (at) => Math.floor((360 * at) / options.length);
  const petal = (name, more) => h(`path.petals__${name}`, { d: PETAL, ...more });
  const flower = options.map((one, at) =>
    h(
      "g",
      { transform: `rotate(${turn(at)})` },
      petal("place"),
      petal("group", { transform: size(100 * meanOf(results[one])) }),
      bringer?.[one] &&
        petal("own", { transform: size(1000 * bringer[one]), "vector-effect": "non-scaling-stroke" }),
    ),
  );
  const names = options.map((one, at) => h("text.petals__label", beside(turn(at)), described(look, step, one)[0]));
  const key = (name, word) => h(`span.petals__key.petals__key--${name}`, {}, word);
  return h(
    "div.petals",
    {},
    h("svg.petals__flower", { viewBox: "-170 -132 340 250", "aria-hidden": "true" }, flower, names),
    h("p.petals__legend", {}, key("group", look.word("group")), bringer && key("own", look.bringer)),
  );
}

/** Where the name of a petal stands, that points this many degrees from the top. */
function beside(turn) {
  const angle = (turn * Math.PI) / 180;
  const [x, y] = [Math.sin(angle), -Math.cos(angle)];
  const anchor = Math.abs(x) < 0.2 ? "middle" : x > 0 ? "start" : "end";
  return { x: Math.floor(110 * x + 0.5), y: Math.floor(110 * y + 0.5), "text-anchor": anchor };
}
