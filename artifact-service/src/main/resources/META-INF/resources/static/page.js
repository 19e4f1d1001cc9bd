// Comforts. Every page can be read without them.

// The theme switch.
const root = document.documentElement;
const themeButton = document.getElementById("theme");
if (themeButton) {
  themeButton.hidden = false;
  themeButton.addEventListener("click", () => {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const now = root.dataset.theme ?? (dark ? "dark" : "light");
    root.dataset.theme = now === "dark" ? "light" : "dark";
    localStorage.setItem("theme", root.dataset.theme);
  });
}

const local = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

function enhance(part) {
  // Pages show New York's time; the viewer's own is the tooltip.
  for (const time of part.querySelectorAll("time[datetime]")) {
    time.title = `${local.format(new Date(time.dateTime))} your time`;
  }
  for (const button of part.querySelectorAll("[data-copy]")) {
    button.hidden = !navigator.clipboard;
  }
}

enhance(document);

// Copy buttons name the element whose text they copy.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
  const words = button.lastChild;
  const before = words.textContent;
  words.textContent = "Copied";
  setTimeout(() => (words.textContent = before), 1500);
});

// Esc closes the innermost open fold and returns to its heading.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const fold = document.activeElement?.closest("details[open]");
  if (fold) {
    fold.open = false;
    fold.querySelector("summary").focus();
  }
});
