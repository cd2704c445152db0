// What the pages gain from JavaScript; all of them work without it.

const root = document.documentElement;

/** The choice between the system's theme, light and dark, kept in this browser. */
function themeSwitch(fieldset) {
  fieldset.hidden = false;
  const chosen = root.dataset.theme ?? "system";
  for (const input of fieldset.querySelectorAll("input")) input.checked = input.value === chosen;
  fieldset.addEventListener("change", ({ target }) => {
    if (target.value === "system") {
      delete root.dataset.theme;
      localStorage.removeItem("theme");
    } else {
      root.dataset.theme = target.value;
      localStorage.setItem("theme", target.value);
    }
  });
}

/** A button beside a password field that shows what was typed. */
function passwordToggle(box) {
  const input = box.querySelector("input");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--plain";
  button.setAttribute("aria-controls", input.id);
  const show = (visible) => {
    input.type = visible ? "text" : "password";
    button.textContent = visible ? box.dataset.hide : box.dataset.show;
    button.setAttribute("aria-label", visible ? box.dataset.hideLabel : box.dataset.showLabel);
  };
  button.addEventListener("click", () => show(input.type === "password"));
  input.form?.addEventListener("submit", () => show(false));
  show(false);
  box.append(button);
}

/** A button (or link, for those without JavaScript) that opens the dialog named in data-opens. */
function dialogOpener(opener) {
  const dialog = document.getElementById(opener.dataset.opens);
  opener.hidden = false;
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
  });
}

document.querySelectorAll("[data-theme-switch]").forEach(themeSwitch);
document.querySelectorAll("[data-password]").forEach(passwordToggle);
document.querySelectorAll("[data-opens]").forEach(dialogOpener);
document.querySelector("[data-autofocus]")?.focus();
