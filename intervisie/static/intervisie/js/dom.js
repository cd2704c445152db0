/** Makes elements, and brings what stands on the page in line with what should stand there. */

const SVG = "http://www.w3.org/2000/svg";
const DRAWN = new Set(["svg", "circle", "g", "path", "rect", "text", "use"]);
// The reader's own doing: a redraw leaves it alone.
const READERS = new Set(["open", "readonly", "data-kept"]);

/** h("p.kicker", {}, "Stap 1"). Attributes and children that are null or false are left out. */
export function h(name, attributes, ...children) {
  const [tag, ...classes] = name.split(".");
  const node = DRAWN.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
  if (classes.length) node.setAttribute("class", classes.join(" "));
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value || value === 0 || value === "") node.setAttribute(attribute, value === true ? "" : value);
  }
  node.append(...children.flat(9).filter((child) => child || child === 0));
  return node;
}

let sprite = "";

export function useSprite(address) {
  sprite = address;
}

/** A line icon, hidden from screen readers. */
export function icon(name) {
  return h("svg.icon", { "aria-hidden": "true" }, h("use", { href: `${sprite}#${name}` }));
}

const keyOf = (node) => node.dataset?.key ?? node.id ?? "";
const isSame = (a, b) => a.nodeName === b.nodeName && (keyOf(a) || "") === (keyOf(b) || "");

/** As `morph`, for the children; `arrive` marks those that are new. */
export function morphChildren(old, next, arrive = false) {
  const wanted = [...next.childNodes];
  const spare = [...old.childNodes];
  const pairs = wanted.map((node) => {
    const at = spare.findIndex((candidate) => isSame(candidate, node));
    return at < 0 ? null : spare.splice(at, 1)[0];
  });
  spare.forEach((node) => node.remove());
  wanted.forEach((node, index) => {
    const kept = pairs[index];
    const there = old.childNodes[index] ?? null;
    const result = kept ? morph(kept, node, arrive) : node;
    if (!kept && arrive && node.dataset?.key) node.dataset.new = "";
    if (result !== there) old.insertBefore(result, there);
  });
}

/** Makes `old` equal to `next`. What somebody types is never touched. */
export function morph(old, next, arrive = false) {
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== next.data) old.data = next.data;
    return old;
  }
  for (const { name } of [...old.attributes]) {
    if (!next.hasAttribute(name) && !READERS.has(name)) old.removeAttribute(name);
  }
  for (const { name, value } of next.attributes) {
    if (old.getAttribute(name) !== value && !READERS.has(name)) old.setAttribute(name, value);
  }
  if (old.nodeName !== "TEXTAREA") morphChildren(old, next, arrive);
  else if (next.defaultValue) old.defaultValue = next.defaultValue;
  return old;
}
