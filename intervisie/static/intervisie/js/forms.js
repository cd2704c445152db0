/** From forms to commands; as intervisie/room/wire.py. */

const WORDS = ["do", "parent", "item", "date", "persona", "how", "what", "by", "choice", "kind"];
const WRITTEN = ["say", "edit", "note", "aside", "chat", "stop"];
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
  const text = fields.text?.trim() && WRITTEN.includes(fields.do) ? fields.text : "";
  const cells = Object.entries(fields).filter(([name, value]) => name.startsWith("f:") && value.trim());
  const canvas = cells.map(([name, value]) => [name.slice(2), value]);
  if (text && fields.cell) canvas.push([fields.cell, text]);
  else if (text) command.text = text;
  if (canvas.length && WRITTEN.includes(fields.do)) command.fields = Object.fromEntries(canvas);
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

/** After it was done: fields are empty but for as whom one speaks, what was open around them closes. */
export function settle(form) {
  const persona = form.elements.persona;
  const who = persona?.value;
  form.reset();
  if (who) persona.value = who;
  form.closest("dialog")?.close();
  const around = form.closest(".fold, .leadbar__menu");
  if (around) around.open = false;
}
