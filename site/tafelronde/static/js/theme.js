// Sets how the reader likes to see pages before anything is drawn; without a choice the system's wish holds.
(() => {
  try {
    const { theme, contrast } = localStorage;
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
    if (contrast) document.getElementById("contrast").media = contrast === "more" ? "screen" : "not all";
  } catch {
    // Storage is closed to us: the system's wish it is.
  }
})();
