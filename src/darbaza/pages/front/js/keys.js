// Keys of the page, declared where the button is: data-key="F2". "?" lists them all.

const TYPING = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]";

/** Name of a key as data-key writes it: "F2", "/", "Ctrl+Enter", "Alt+N". */
export function nameOf(event) {
  const parts = [];
  if (event.ctrlKey) parts.push("Ctrl");
  if (event.altKey) parts.push("Alt");
  let key = event.key;
  // Letters and the slash by their place, so that a Cyrillic layout changes nothing.
  if (/^Key[A-Z]$/.test(event.code)) key = event.code[3];
  else if (event.code === "Slash") key = event.shiftKey ? "?" : "/";
  parts.push(key);
  return parts.join("+");
}

/** True where the key belongs to what is being typed, or to the button in hand. */
export function belongsToField(event) {
  if (event.key === "Enter" && event.target?.closest?.("button, a[href], summary")) return true;
  if (!event.target?.matches?.(TYPING)) return false;
  return !/^F\d+$/.test(event.key) && !event.ctrlKey && !event.altKey && event.key !== "Escape";
}

export function press(element) {
  if (element.matches("input[type=radio], input[type=checkbox]")) {
    element.focus();
    element.click(); // the key chooses, as its label says; it does not only lead there
  } else if (element.matches("input:not([type=submit], [type=button]), textarea, select")) {
    element.focus();
    element.select?.();
  } else if (element.matches("form")) {
    element.requestSubmit();
  } else {
    element.click();
  }
}

function usable(element) {
  return !element.disabled && element.getAttribute("aria-disabled") !== "true";
}

function visible(element) {
  return usable(element) && element.getClientRects().length > 0;
}

/** Parts of the page around it that are folded away; its key may open them. */
function folds(element) {
  const found = [];
  // A summary stands outside the part that it opens itself.
  let at = element.matches("summary") ? element.parentElement.parentElement : element;
  while ((at = at?.closest("details:not([open])"))) {
    found.push(at);
    at = at.parentElement;
  }
  return found;
}

function folded(element) {
  return usable(element) && !element.closest("[hidden]") && folds(element).length > 0;
}

function label(element) {
  const named = element.dataset.keyLabel || element.getAttribute("aria-label") || element.labels?.[0]?.textContent;
  if (named) return named.trim();
  const copy = element.cloneNode(true);
  copy.querySelectorAll("kbd").forEach((kbd) => kbd.remove());
  return copy.textContent.trim().replace(/\s+/g, " ");
}

export function list() {
  const dialog = document.getElementById("key-list");
  if (!dialog || dialog.open) return;
  const rows = [...document.querySelectorAll("[data-key]")].filter((e) => visible(e) || folded(e)).flatMap((element) => {
    const term = document.createElement("dt");
    const kbd = document.createElement("kbd");
    kbd.textContent = element.dataset.key;
    term.append(kbd);
    const text = document.createElement("dd");
    text.textContent = label(element);
    return [term, text];
  });
  dialog.querySelector("dl").replaceChildren(...rows);
  dialog.showModal();
}

export function start() {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || belongsToField(event)) return;
    if (document.querySelector("dialog[open]")) return;
    const name = nameOf(event);
    const named = [...document.querySelectorAll("[data-key]")].filter((e) => e.dataset.key === name);
    const found = named.find(visible) ?? named.find(folded);
    if (found) {
      event.preventDefault();
      for (const part of folds(found)) part.open = true;
      if (!event.repeat) press(found);
    } else if (name === "?") {
      event.preventDefault();
      list();
    }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-show-keys]")) list();
    if (event.target.closest?.("[data-print]")) {
      event.preventDefault();
      window.print();
    }
  });
}
