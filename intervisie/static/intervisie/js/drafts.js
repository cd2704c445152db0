/** What somebody types, kept in this tab over reloads, lost lines and changes of step. */

import { h, icon } from "./dom.js";

const PREFIX = "draft:";

export class Drafts {
  /** `visitor` changes with every log-in: drafts of another one are wiped. */
  constructor(session, visitor, storage = sessionStorage) {
    this.storage = storage;
    this.prefix = `${PREFIX}${session}:`;
    if (storage.getItem("visitor") !== visitor) this.wipe();
    storage.setItem("visitor", visitor);
  }

  keep(tool, text) {
    if (text) this.storage.setItem(this.prefix + tool, text);
    else this.storage.removeItem(this.prefix + tool);
  }

  get(tool) {
    return this.storage.getItem(this.prefix + tool) ?? "";
  }

  /** All that was typed in a form. */
  forget(tool) {
    for (const key of this.tools()) if (key === tool || key.startsWith(`${tool}-`)) this.keep(key, "");
  }

  tools() {
    return Object.keys(this.storage)
      .filter((key) => key.startsWith(this.prefix))
      .map((key) => key.slice(this.prefix.length))
      .sort();
  }

  /** Forgets all drafts and unsent commands. */
  wipe() {
    this.storage.clear();
  }
}

/** What the server gave back is a draft like any other. Returns why it came back, by tool. */
export function adopt(root, drafts) {
  for (const field of root.querySelectorAll(".field--error textarea")) drafts.keep(field.id, field.value);
  const notice = root.querySelector(".kept");
  if (!notice) return {};
  const tool = notice.dataset.key.replace("kept-", "");
  drafts.keep(tool, notice.querySelector("textarea")?.value ?? "");
  return { [tool]: notice.querySelector("[role=alert]").textContent };
}

/** Fills fields that were drawn anew. */
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
  return [...new Set([...refused, ...drafted])].map((tool) =>
    notice(look, tool, drafted.includes(tool) ? drafts.get(tool) : ""),
  );
}

function notice(look, tool, text) {
  const why = look.errors[tool];
  const field = document.querySelector(".stage__tools textarea");
  return h(
    "div.notice.notice--warning.kept",
    { "data-key": `kept-${tool}` },
    icon("notebook-pen"),
    why && h("p", { role: "alert" }, why),
    text && h("p", {}, h("strong", {}, look.word("draft_title"))),
    text && h("p.kept__text", {}, text),
    text && h("p.tool__actions", {}, field && button(look, "take", tool), button(look, "drop", tool)),
  );
}

function button(look, what, tool) {
  return h(
    "button",
    { type: "button", class: "button button--quiet button--small", [`data-${what}`]: tool },
    look.word(`draft_${what}`),
  );
}

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
