// What the pages gain from JavaScript; all of them work without it.

const root = document.documentElement;

/** Keeps a choice in this browser, or forgets it where the system says the same. */
function keep(name, value) {
  try {
    if (value) localStorage.setItem(name, value);
    else localStorage.removeItem(name);
  } catch {
    // Storage is closed to us: the choice holds for this page.
  }
}

/** The choice between the system's theme, light and dark, and of more contrast. */
function look(box, number) {
  const sheet = document.getElementById("contrast");
  const contrast = box.querySelector("[name=contrast]");
  const themes = box.querySelectorAll("[name=theme]");
  const show = () => {
    for (const input of themes) input.checked = input.value === (root.dataset.theme ?? "system");
    contrast.checked = matchMedia(sheet.media).matches;
  };
  box.hidden = false;
  for (const input of themes) input.name += number; // two boxes on a page are two groups
  show();
  root.addEventListener("change", show);
  box.addEventListener("change", ({ target }) => {
    if (target === contrast) {
      const more = contrast.checked;
      sheet.media = more ? "screen" : "not all";
      keep("contrast", more === matchMedia("(prefers-contrast: more)").matches ? "" : more ? "more" : "normal");
    } else if (target.value === "system") {
      delete root.dataset.theme;
      keep("theme", "");
    } else {
      root.dataset.theme = target.value;
      keep("theme", target.value);
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

/** Who logs out leaves nothing typed behind: not in this tab, and not in another one of this browser. */
function forgetAtLogOut() {
  const others = new BroadcastChannel("log-out");
  const forget = () => {
    try {
      sessionStorage.clear();
    } catch {
      // Storage is closed to us: nothing was kept.
    }
  };
  others.addEventListener("message", forget);
  document.addEventListener("submit", ({ target }) => {
    if (!target.matches("[action='/account/logout/']")) return;
    forget();
    others.postMessage("");
  });
}

/** Brings the open tab into sight, with some of the next, where a row of tabs is wider than the screen. */
function showTab(tabs) {
  const here = tabs.querySelector("[aria-current]");
  if (here) tabs.scrollLeft = here.offsetLeft + here.offsetWidth + 40 - tabs.offsetLeft - tabs.clientWidth;
}

forgetAtLogOut();
document.querySelectorAll("[data-look]").forEach(look);
const showTabs = () => document.querySelectorAll(".tabs").forEach(showTab);
showTabs();
addEventListener("resize", showTabs);
document.querySelectorAll("[data-password]").forEach(passwordToggle);
document.querySelectorAll("[data-opens]").forEach(dialogOpener);
document.querySelector("[data-autofocus]")?.focus();
