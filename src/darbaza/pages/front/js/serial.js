// Readers and scales on Web Serial (Chromium, HTTPS or localhost). A button grants one:
//   <button type="button" data-serial hidden>…</button>  data-state says how it stands
// What comes says what it is: a document, a code, or a weight ("darbaza:weight").
import { announce } from "./live.js";
import { Weights } from "./scale-core.js";
import { Frames } from "./serial-core.js";
import { queue } from "./wedge.js";

const PAUSE = 150; // milliseconds without a byte end a frame that has no ETX
const RETRY = 3000;

async function read(port, frames, weights) {
  const reader = port.readable.pipeThrough(new TextDecoderStream("latin1")).getReader();
  let timer = 0;
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      clearTimeout(timer);
      frames.push(value, performance.now());
      weights.push(value);
      timer = setTimeout(() => { frames.pause(performance.now()); weights.forget(); }, PAUSE);
    }
  } finally {
    clearTimeout(timer);
    reader.releaseLock();
  }
}

function broken() {
  const live = document.getElementById("scan-live");
  announce(live, live?.dataset.broken);
}

async function listen(port, baudRate, show) {
  const frames = new Frames((scan) => queue.add(scan), broken);
  const weights = new Weights((detail) => document.dispatchEvent(new CustomEvent("darbaza:weight", { detail })));
  for (;;) {
    try {
      await port.open({ baudRate });
      show("on");
      await read(port, frames, weights);
    } catch {
      show("waiting"); // pulled out, or taken by another window: try again
    }
    try { await port.close(); } catch { /* it was not open */ }
    await new Promise((resolve) => { setTimeout(resolve, RETRY); });
  }
}

export async function start() {
  const buttons = () => [...document.querySelectorAll("[data-serial]")];
  if (!buttons().length || !("serial" in navigator)) return;
  const baudRate = Number(buttons()[0].dataset.baud) || 9600;
  let stands = "off";
  const show = (state) => {
    stands = state;
    for (const button of buttons()) Object.assign(button, { hidden: false }).dataset.state = state;
  };
  const known = new Set();
  const use = (port) => {
    if (known.has(port)) return;
    known.add(port);
    listen(port, baudRate, show);
  };
  show("off");
  document.addEventListener("click", async (event) => {
    if (!event.target.closest?.("[data-serial]")) return;
    try { use(await navigator.serial.requestPort()); } catch { show(stands); }
  });
  document.addEventListener("htmx:afterSwap", () => show(stands));
  navigator.serial.addEventListener("connect", (event) => use(event.target));
  for (const port of await navigator.serial.getPorts()) use(port);
}
