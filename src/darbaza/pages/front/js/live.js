// Says something to eyes and screen readers, for a while.

const timers = new WeakMap();

export function announce(element, text, seconds = 4) {
  if (!element || !text) return;
  element.textContent = text;
  clearTimeout(timers.get(element));
  timers.set(element, setTimeout(() => { element.textContent = ""; }, seconds * 1000));
}

/** A note in the message area that stays until the next page. */
export function note(text) {
  const area = document.getElementById("messages");
  if (!area) return;
  const box = document.createElement("div");
  box.className = "note note--error";
  box.setAttribute("role", "alert");
  box.textContent = text;
  area.replaceChildren(box);
  area.scrollIntoView({ block: "nearest" });
}
