// What the local agent of this post brought, fetched while somebody looks at the page:
//   <div data-arrivals="/gate/arrivals/">
// A scan goes the way of every other scan, a weight that of a scale on Web Serial.
import { announce } from "./live.js";
import { best } from "./scans.js";
import { queue } from "./wedge.js";

const SOON = 700; // milliseconds, where an agent runs at this post
const SELDOM = 5000;

/** What a page does with one scan; null for one that stopped in the middle. */
export function scanOf({ text, complete, ...about }) {
  if (!complete) return null;
  // What is no document goes to the server all the same: it says so in words.
  return { ...(best([text]) ?? { kind: "mrz", text }), ...about, raw: text };
}

export function bring({ scans, pictures, weight }) {
  for (const told of scans) {
    const live = document.getElementById("scan-live");
    const scan = scanOf(told);
    const event = new CustomEvent("darbaza:arrived", { detail: told, cancelable: true });
    if (!document.dispatchEvent(event)) continue;
    if (scan) queue.add(scan);
    else announce(live, live?.dataset.broken);
  }
  if (weight) document.dispatchEvent(new CustomEvent("darbaza:weight", { detail: weight.over ? { over: true } : weight }));
  if (pictures) document.dispatchEvent(new CustomEvent("darbaza:picture-waits"));
}

async function ask(address) {
  const headers = { ...JSON.parse(document.body.getAttribute("hx-headers")), "X-Background": "1" };
  const answer = await fetch(address, { method: "POST", headers });
  if (!answer.ok || answer.redirected) return false;
  const told = await answer.json();
  bring(told);
  return told.running;
}

export async function start() {
  for (;;) {
    const address = document.querySelector("[data-arrivals]")?.dataset.arrivals;
    let running = false;
    if (address && document.visibilityState === "visible") {
      try { running = await ask(address); } catch { /* no network: later */ }
    }
    await new Promise((resolve) => { setTimeout(resolve, running ? SOON : SELDOM); });
  }
}
