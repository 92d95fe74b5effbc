// A shared computer: warns, then leaves for the page of quick re-entry. Other windows
// of the same person keep each other awake.

const WARNING = 60; // seconds before the end

/** What to do after `idle` of `limit` seconds: "wait", "warn" or "lock". */
export function stage(idle, limit) {
  if (idle >= limit) return "lock";
  return idle >= limit - Math.min(WARNING, limit / 2) ? "warn" : "wait";
}

export function start() {
  const limit = Number(document.body.dataset.idleSeconds);
  const dialog = document.getElementById("idle-warning");
  if (!limit || !dialog) return;
  const channel = new BroadcastChannel("darbaza-awake");
  let last = Date.now();
  const awake = () => {
    last = Date.now();
    if (dialog.open) dialog.close();
  };
  channel.onmessage = awake;
  let told = 0;
  const act = () => {
    if (dialog.open) return; // only the button answers the warning
    awake();
    if (last - told > 5000) {
      told = last;
      channel.postMessage("awake");
    }
  };
  for (const name of ["keydown", "pointerdown", "darbaza:scan"]) {
    document.addEventListener(name, act, { capture: true, passive: true });
  }
  dialog.addEventListener("close", () => {
    last = Date.now();
    channel.postMessage("awake");
  });
  setInterval(() => {
    const idle = (Date.now() - last) / 1000;
    const now = stage(idle, limit);
    if (now === "lock") lock();
    if (now !== "warn") return;
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("[data-idle-left]").textContent = String(Math.ceil(limit - idle));
  }, 1000);
}

function lock() {
  const url = document.body.dataset.lockUrl;
  if (!url) return;
  const here = encodeURIComponent(location.pathname + location.search);
  location.assign(`${url}?next=${here}`);
}
