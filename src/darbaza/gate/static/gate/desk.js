// The desk beyond its forms: arrow keys among options, letters that find their box,
// paper that goes to the printer, and the left column kept fresh.
import { submit } from "../build/scan-forms.js";
import { complete, lines, shaped } from "../build/scans.js";
import { printAll } from "./printing.js";
import "./scale.js";

const work = () => document.getElementById("desk-work");
const beside = () => document.getElementById("desk-beside");
const FIELD = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select";

function options() {
  return [...(work()?.querySelectorAll("[data-option]") ?? [])].filter((o) => o.getClientRects().length);
}

/** Up and down go through what is offered, from the box of the prisoner as well. */
function arrows(event) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return false;
  const from = document.activeElement;
  const box = from?.matches?.("[data-type-here]");
  if (!box && !from?.matches?.("[data-option]")) return false;
  const offered = from.dataset.options ?? "#whom-options";
  const all = options().filter((o) => !box || o.closest(offered));
  if (!all.length) return false;
  const step = event.key === "ArrowDown" ? 1 : -1;
  const next = all.indexOf(from) + step;
  if (next < 0) work().querySelector("[data-type-here]")?.focus();
  else all[Math.min(next, all.length - 1)].focus();
  return true;
}

/** A letter typed while no box has the keyboard belongs into the prisoner's box. */
function letter(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.key.length !== 1) return;
  if (!/\p{L}/u.test(event.key) || document.activeElement?.matches?.(FIELD)) return;
  if (document.querySelector("dialog[open]")) return;
  work()?.querySelector("[data-type-here]")?.focus();
}

const whole = (text) => complete(shaped(lines(text)));

/** Enter reads a zone that is whole, or that an empty line ends; else it begins a line. */
function zone(event) {
  if (event.key !== "Enter" || event.target.id !== "scan-text" || event.shiftKey) return;
  const { form, value } = event.target;
  if (value.trim() && !value.endsWith("\n") && !whole(value)) return;
  event.preventDefault();
  if (value.trim()) form.requestSubmit();
}

/** A whole zone counts wherever it is pasted, as a scan does. */
function pasted(event) {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (whole(text) && submit({ text, kind: "mrz" })) event.preventDefault();
}

async function refresh() {
  const column = beside();
  if (!column) return;
  const answer = await fetch(column.dataset.refresh, { headers: { "X-Background": "1", "HX-Request": "true" } });
  if (!answer.ok || answer.redirected || column.contains(document.activeElement)) return;
  const open = column.querySelector(".dk-window")?.open;
  if (open) return;
  column.innerHTML = await answer.text();
  window.htmx.process(column);
}

/** Pictures from the watched folder come up by themselves when the desk is free. */
async function inbox() {
  const desk = work();
  const step = desk?.dataset.step;
  if (!desk || step === "ask" || step === "compare" || document.querySelector(".htmx-request")) return;
  const answer = await fetch(desk.dataset.inbox, { headers: { "X-Background": "1" } });
  if (answer.status !== 200 || answer.redirected || !desk.isConnected) return;
  const draft = desk.querySelector("input[name=draft]").value;
  const path = desk.querySelector("form[data-scan]").getAttribute("action").replace(/scan\/$/, "inbox/");
  window.htmx.ajax("POST", path, { target: "#desk-work", swap: "outerHTML", values: { draft } });
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  zone(event);
  if (arrows(event)) event.preventDefault();
  else letter(event);
});
document.addEventListener("paste", pasted);
document.addEventListener("change", (event) => {
  const field = event.target.closest?.("[data-submit]");
  if (field?.form && (field.type !== "file" || field.files.length)) field.form.requestSubmit();
});
document.addEventListener("click", (event) => {
  const summary = event.target.closest?.("summary[data-key]");
  if (summary) setTimeout(() => summary.parentElement.querySelector("input:not([type=hidden], [type=checkbox])")?.focus(), 0);
  if (event.target.closest?.("[data-reprint]")) {
    printAll([...work().querySelectorAll("[data-reprints] a[href]:not([href=''])")].map((a) => a.href));
  }
});
document.addEventListener("darbaza:print", (event) => printAll(event.detail.urls ?? []));
document.addEventListener("darbaza:desk-done", refresh);
document.addEventListener("htmx:afterSwap", (event) => {
  if (!event.target.closest?.("#desk-work") && event.target.id !== "desk-work") return;
  work()?.setAttribute("data-ready", "true");
  const parked = event.detail.requestConfig?.path ?? "";
  if (/\/(park|resume|undo)\/$/.test(parked)) refresh();
});
document.addEventListener("darbaza:picture-waits", inbox);
setInterval(refresh, 30000);
setInterval(inbox, 2500);
