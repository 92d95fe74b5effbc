// Paper for the printer of this computer: an HTML sheet in a frame of its own, which
// every browser can print (a PDF in a frame cannot be relied on). One after another;
// what is no sheet, such as the page of a session that is over, is never printed.
import { note } from "../build/live.js";

const FRAME = "print-frame";

/** Give the frame its sheet; null where the house answered with something else. */
async function sheet(url) {
  const frame = document.createElement("iframe");
  frame.className = FRAME;
  frame.title = "";
  frame.setAttribute("aria-hidden", "true");
  frame.tabIndex = -1;
  frame.src = url;
  await new Promise((resolve) => {
    frame.addEventListener("load", resolve, { once: true });
    document.body.append(frame);
  });
  const inside = frame.contentDocument;
  if (!inside?.body?.classList.contains("sheet-body")) return null;
  await inside.fonts.ready;
  return frame.contentWindow;
}

/** A printer of the server: it prints, the desk says what came of it. */
async function send(url) {
  const headers = { ...JSON.parse(document.body.getAttribute("hx-headers")), "HX-Request": "true" };
  const answer = await fetch(url, { method: "POST", headers });
  const said = answer.ok && !answer.redirected ? await answer.text() : "";
  const place = document.getElementById("desk-sent");
  if (place && said) place.innerHTML = said;
  if (answer.status !== 200 || !said) unprinted();
}

async function print(url) {
  if (new URL(url, location.href).pathname.endsWith("/send/")) {
    await send(url);
    return;
  }
  // A kiosk with a way of its own to the printer may take the paper over.
  const event = new CustomEvent("darbaza:printing", { detail: { url }, cancelable: true });
  if (!document.dispatchEvent(event)) return;
  const paper = await sheet(url);
  if (paper) paper.print();
  else unprinted();
}

function unprinted() {
  note(document.querySelector("[data-unprinted]")?.dataset.unprinted ?? "");
}

async function job(urls) {
  for (const old of document.querySelectorAll(`.${FRAME}`)) old.remove();
  for (const url of urls) {
    await print(url);
    if (document.activeElement?.classList.contains(FRAME)) window.focus();
  }
}

let last = Promise.resolve();

/** Print papers in their order, after those that are on their way already. */
export function printAll(urls) {
  last = last.then(() => job(urls)).catch(unprinted);
  return last;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-print-url]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  printAll([link.dataset.printUrl]);
});
