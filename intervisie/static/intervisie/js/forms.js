/** From forms to commands; as intervisie/room/wire.py. */

const WORDS = ["do", "parent", "item", "date", "how", "by", "what", "choice", "kind"];
const WRITTEN = ["say", "edit", "note", "chat", "stop"];
const NUMBERS = ["visit", "minutes", "to", "value"];
const TRUTHS = ["on", "anonymous", "case"];

export function fieldsOf(form, submitter) {
  const fields = Object.fromEntries(new FormData(form));
  if (submitter?.name) fields[submitter.name] = submitter.value;
  return fields;
}

/** The command in these fields, without what is empty or of no use to it. */
export function commandOf(fields) {
  const command = {};
  for (const name of WORDS) if (fields[name]) command[name] = fields[name];
  if (fields.text?.trim() && WRITTEN.includes(fields.do)) command.text = fields.text;
  for (const name of TRUTHS) if (name in fields) command[name] = ["true", "on"].includes(fields[name]);
  for (const name of NUMBERS) if (/^\d+$/.test(fields[name] ?? "")) command[name] = Number(fields[name]);
  if ("to" in fields && !("to" in command)) command.to = null;
  return command;
}

/** Ctrl+Enter sends, dialogs open and close, menus close by Escape and by a click beside them. */
export function listen(root) {
  root.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) {
      event.preventDefault();
      event.target.form.requestSubmit(event.target.form.querySelector("button"));
    }
    if (event.key === "Escape") closeMenus(root, true);
  });
  root.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    const closer = event.target.closest("[data-close]");
    if (opener ?? closer) event.preventDefault();
    if (opener) document.getElementById(opener.dataset.dialog).showModal();
    closer?.closest("dialog").close();
    if (!event.target.closest(".leadbar__menu")) closeMenus(root);
  });
}

export function closeMenus(root, focus = false) {
  for (const menu of root.querySelectorAll(".leadbar__menu[open]")) {
    menu.open = false;
    if (focus) menu.querySelector("summary").focus();
  }
}

/** After it was done: fields are empty, what was open around them closes. */
export function settle(form) {
  form.reset();
  form.closest("dialog")?.close();
  const around = form.closest(".fold, .leadbar__menu");
  if (around) around.open = false;
}
