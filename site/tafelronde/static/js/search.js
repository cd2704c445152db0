// Results below the search box while one types. Without this script the box is a form like any other.

const PAUSE = 180; // ms after the last key

function searchBox(form) {
  const input = form.querySelector("input");
  const panel = document.createElement("div");
  panel.className = "search__panel";
  panel.hidden = true;
  const list = document.createElement("div");
  list.className = "search__list";
  list.id = `${input.id}-options`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.options);
  const status = document.createElement("p");
  status.className = "search__status";
  status.setAttribute("role", "status");
  panel.append(list, status);
  form.append(panel);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) {
    input.setAttribute(name, value);
  }

  let timer, request, active = -1;
  const options = () => [...list.children];

  /** Marks the option with this number; -1 marks none. */
  function choose(number) {
    options().forEach((option, place) => option.setAttribute("aria-selected", String(place === number)));
    active = number;
    const option = options()[number];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  function open(shown) {
    panel.hidden = !shown;
    input.setAttribute("aria-expanded", String(shown && list.children.length > 0));
    if (!shown) choose(-1);
  }

  function close() {
    clearTimeout(timer);
    request?.abort();
    open(false);
  }

  async function ask() {
    request?.abort();
    const asked = input.value.trim();
    if (asked.length < 2) return close();
    request = new AbortController();
    const { signal } = request;
    try {
      const response = await fetch(`${form.dataset.search}?${new URLSearchParams({ q: asked })}`, { signal });
      if (!response.ok) throw new Error(response.status);
      const answer = new DOMParser().parseFromString(await response.text(), "text/html");
      if (signal.aborted) return;
      list.replaceChildren(...answer.querySelector("[data-options]").children);
      options().forEach((option, number) => { option.id = `${list.id}-${number}`; });
      status.textContent = answer.querySelector("[data-status]").textContent;
    } catch {
      if (signal.aborted) return;
      list.replaceChildren();
      status.textContent = form.dataset.failed;
    }
    choose(-1);
    open(true);
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const last = options().length - 1;
    if (event.key === "Escape" && !panel.hidden) {
      event.preventDefault(); // the words stay; a second Escape is the browser's
      event.stopPropagation();
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && last >= 0) {
      event.preventDefault();
      if (panel.hidden) open(true);
      else if (event.key === "ArrowDown") choose(active === last ? -1 : active + 1);
      else choose(active === -1 ? last : active - 1);
    } else if (event.key === "Enter" && active >= 0 && !panel.hidden) {
      event.preventDefault();
      options()[active].click();
    }
  });
  // A press on an option must not take the focus from the box, which would close the list under the finger.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  form.addEventListener("focusout", ({ relatedTarget }) => { if (!form.contains(relatedTarget)) close(); });
  form.addEventListener("submit", close);
  form.closest("[popover]")?.addEventListener("toggle", ({ newState }) => (newState === "open" ? input.focus() : close()));
}

document.querySelectorAll("[data-search]").forEach(searchBox);
