/** How ops change a view (docs/realtime.md). */

function byOrder(a, b) {
  return a.o[0] - b.o[0] || a.o[1] - b.o[1];
}

export function apply(view, ops) {
  const next = { ...view };
  const items = new Map(view.items.map((item) => [item.id, item]));
  for (const [op, what, value] of ops) {
    if (op === "set") next[what] = value;
    else if (op === "item") items.set(what.id, what);
    else if (op === "gone") items.delete(what);
  }
  next.items = [...items.values()].sort(byOrder);
  return next;
}
