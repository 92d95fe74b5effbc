// A reader on Web Serial (Chromium, HTTPS or localhost). A button grants it once:
//   <button type="button" data-serial hidden>…</button>  data-state says how it stands
import { Frames } from "./serial-core.js";
import { queue } from "./wedge.js";

const PAUSE = 150; // milliseconds without a byte end a frame that has no ETX
const RETRY = 3000;

async function read(port, frames) {
  const reader = port.readable.pipeThrough(new TextDecoderStream("latin1")).getReader();
  let timer = 0;
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      clearTimeout(timer);
      frames.push(value, performance.now());
      timer = setTimeout(() => frames.end(performance.now()), PAUSE);
    }
  } finally {
    clearTimeout(timer);
    reader.releaseLock();
  }
}

async function listen(port, baudRate, show) {
  const frames = new Frames((scan) => queue.add(scan));
  for (;;) {
    try {
      await port.open({ baudRate });
      show("on");
      await read(port, frames);
    } catch {
      show("waiting"); // pulled out, or taken by another window: try again
    }
    try { await port.close(); } catch { /* it was not open */ }
    await new Promise((resolve) => { setTimeout(resolve, RETRY); });
  }
}

export async function start() {
  const button = document.querySelector("[data-serial]");
  if (!button || !("serial" in navigator)) return;
  const baudRate = Number(button.dataset.baud) || 9600;
  const show = (state) => { button.dataset.state = state; };
  const known = new Set();
  const use = (port) => {
    if (known.has(port)) return;
    known.add(port);
    listen(port, baudRate, show);
  };
  button.hidden = false;
  show("off");
  button.addEventListener("click", async () => {
    try { use(await navigator.serial.requestPort()); } catch { show("off"); }
  });
  navigator.serial.addEventListener("connect", (event) => use(event.target));
  for (const port of await navigator.serial.getPorts()) use(port);
}
