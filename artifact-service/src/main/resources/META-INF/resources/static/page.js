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

// Pages show New York's time; the viewer's own is the tooltip.
const local = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
for (const time of document.querySelectorAll("time[datetime]")) {
  time.title = `${local.format(new Date(time.dateTime))} your time`;
}

// Copy buttons name the element whose text they copy.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    const words = button.lastChild;
    const before = words.textContent;
    words.textContent = "Copied";
    setTimeout(() => (words.textContent = before), 1500);
  });
}

// Esc closes the innermost open fold and returns to its heading.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const fold = document.activeElement?.closest("details[open]");
  if (fold) {
    fold.open = false;
    fold.querySelector("summary").focus();
  }
});
