// Copies the lines of a specimen document; without scripts they can be selected by hand.

async function copy(area) {
  try {
    await navigator.clipboard.writeText(area.value);
  } catch {
    area.select(); // no clipboard on an address without HTTPS: the old way
    document.execCommand("copy");
  }
}

for (const button of document.querySelectorAll("[data-copies]")) {
  const words = button.textContent;
  const done = button.closest("[data-copied]").dataset.copied;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await copy(document.getElementById(button.dataset.copies));
    button.textContent = `${done} ✔`;
    setTimeout(() => { button.textContent = words; }, 2000);
  });
}
