// Catches a typing reader anywhere on the page, before any field sees its keys.
import { Wedge } from "./wedge-core.js";
import { announce } from "./live.js";
import { submit } from "./scan-forms.js";
import { ScanQueue } from "./scan-queue.js";

const TEXT = "input:not([type=checkbox], [type=radio], [type=file], [type=button], [type=submit]), textarea, select";

let field = null;

function remember() {
  const element = document.activeElement?.matches?.(TEXT) ? document.activeElement : null;
  field = element && {
    element,
    value: element.value,
    from: element.selectionStart ?? null,
    to: element.selectionEnd ?? null,
  };
}

function told(element) {
  element.dispatchEvent(new Event("input", { bubbles: true }));
}

function restore() {
  if (!field?.element.isConnected || field.element.value === field.value) return;
  field.element.value = field.value;
  if (field.from !== null) field.element.setSelectionRange(field.from, field.to);
  told(field.element);
}

function giveBack(text) {
  const element = document.activeElement;
  if (!element?.matches?.(TEXT) || element.matches("select")) return;
  if (element.selectionStart === null) element.value += text;
  else element.setRangeText(text, element.selectionStart, element.selectionEnd, "end");
  told(element);
}

const live = () => document.getElementById("scan-live");

export const queue = new ScanQueue(
  (scan) => {
    announce(live(), live()?.dataset[scan.kind]);
    const event = new CustomEvent("darbaza:scan", { detail: scan, bubbles: true, cancelable: true });
    if (document.dispatchEvent(event)) submit(scan);
  },
  { waiting: () => announce(live(), live()?.dataset.busy) },
);

export function start() {
  const gap = Number(document.body.dataset.wedgeGap) || 50;
  const wedge = new Wedge(
    {
      begin: remember,
      typed: giveBack,
      scan: (scan) => {
        restore();
        queue.add(scan);
      },
    },
    { gap, prefix: document.querySelector("[data-wedge-prefix]")?.dataset.wedgePrefix },
  );
  let timer = 0;
  document.addEventListener(
    "keydown",
    (event) => {
      clearTimeout(timer);
      if (wedge.key(event)) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
      // Keys may wait behind a busy page: look twice before calling the burst over.
      timer = setTimeout(() => { timer = setTimeout(() => wedge.finish(), 0); }, gap + 5);
    },
    { capture: true },
  );
  document.addEventListener("htmx:beforeSend", (event) => {
    queue.begin();
    // Asked of the request itself: htmx tells its end to the element that sent it, and
    // nobody hears that once another answer has taken the element off the page. By then
    // the new page stands: htmx swaps and settles it while the request is loaded.
    event.detail.xhr.addEventListener("loadend", () => queue.end());
  });
}
