/** What somebody was typing in a step that is over, and refusals that have no place of their own any more. */

import { h, icon } from "./dom.js";

/** Puts drafts back into fields that were drawn anew. */
export function restore(root, drafts) {
  for (const field of root.querySelectorAll("form textarea:not([data-kept])")) {
    field.dataset.kept = "";
    const text = drafts.get(field.id);
    if (!text) continue;
    field.value = text;
    const fold = field.closest(".fold");
    if (fold) fold.open = true;
  }
}

/** One notice per draft or refusal without a field. */
export function drawKept(look, drafts) {
  const drafted = drafts.tools().filter((tool) => !document.getElementById(tool));
  const refused = Object.keys(look.errors).filter((tool) => !document.getElementById(`${tool}-error`));
  return [...new Set([...refused, ...drafted])].map((tool) => notice(look, tool, drafted.includes(tool) ? drafts.get(tool) : ""));
}

function notice(look, tool, text) {
  const why = look.errors[tool];
  const field = document.querySelector(".stage__tools textarea");
  return h(
    "div",
    { class: "notice notice--warning kept", "data-key": `kept-${tool}` },
    icon("notebook-pen"),
    why && h("p", { role: "alert" }, why),
    text && h("p", {}, h("strong", {}, look.word("draft_title"))),
    text && h("p", { class: "kept__text" }, text),
    text && h("p", { class: "tool__actions" }, field && button(look, "take", tool), button(look, "drop", tool)),
  );
}

function button(look, what, tool) {
  return h("button", { type: "button", class: "button button--quiet button--small", [`data-${what}`]: tool }, look.word(`draft_${what}`));
}

/** The two buttons of a notice; `redraw` is called afterwards. */
export function listenToKept(root, drafts, redraw) {
  root.addEventListener("click", ({ target }) => {
    const { take, drop } = target.dataset ?? {};
    if (!take && !drop) return;
    if (take) putInField(document.querySelector(".stage__tools textarea"), drafts.get(take), drafts);
    drafts.keep(take ?? drop, "");
    redraw();
  });
}

function putInField(field, text, drafts) {
  field.value = [field.value, text].filter(Boolean).join("\n");
  drafts.keep(field.id, field.value);
  field.focus();
}
