// The live test: whatever arrives, on whatever way, is shown and goes nowhere else.

const PAUSE = 120; // milliseconds without a key end what a reader typed
const LASTS = 120000;
const SHORTEST = 8; // a hand that types less than this is no reader
const FAST = 80; // milliseconds a key; a hand is slower

const area = document.querySelector("[data-try]");
const button = area?.querySelector("[data-try-now]");
const says = area?.querySelector("[data-try-says]");
const FIELD = "input:not([type=hidden]), textarea, select";
let ends = 0;

const on = () => Date.now() < ends;

function listen(wanted) {
  ends = wanted ? Date.now() + LASTS : 0;
  button.setAttribute("aria-pressed", String(wanted));
  says.textContent = wanted ? says.dataset.waits : "";
  if (wanted) area.dataset.arrivals = area.dataset.arrivalsHere;
  else delete area.dataset.arrivals;
}

async function show(fields) {
  if (on()) listen(true);
  const form = area.querySelector("[data-try-form]");
  const body = new FormData(form);
  body.delete("image");
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const headers = { "HX-Request": "true" };
  // Not as a form with parts: that would make CR LF of every CR.
  const answer = await fetch(form.action, { method: "POST", headers, body: new URLSearchParams(body) });
  if (!answer.ok || answer.redirected) return;
  document.getElementById("rd-shown").insertAdjacentHTML("afterbegin", await answer.text());
  for (const old of [...document.querySelectorAll(".rd-trial")].slice(5)) old.remove();
}

// Keys as they come, before the page's own reader takes them: what the layout made of
// them is half of the answer.
let keys = { typed: "", caps: false, began: 0, last: 0 };
function typing(event) {
  if (!on() || event.target.matches?.(FIELD)) return;
  const now = event.timeStamp;
  if (now - keys.last > PAUSE) keys = { typed: "", caps: false, began: now, last: now };
  if (event.key.length === 1) keys.typed += event.key;
  else if (event.key === "Enter") keys.typed += "\r";
  else if (event.key === "Tab") keys.typed += "\t";
  keys.caps ||= event.getModifierState("CapsLock");
  keys.last = now;
  clearTimeout(keys.timer);
  keys.timer = setTimeout(typed, PAUSE * 2);
}

let scanned = false;
function typed() {
  const { typed: text, caps, began, last } = keys;
  keys.typed = "";
  const reader = text.length >= SHORTEST && last - began < FAST * text.length;
  if (!scanned && reader) show({ source: "wedge", text, typed: text, ms: Math.round(last - began), ...(caps && { caps: "on" }) });
  scanned = false;
}

if (area) {
  button.addEventListener("click", () => {
    listen(!on());
    area.focus({ preventScroll: true }); // a reader's own Enter may not press it again
  });
  window.addEventListener("keydown", typing, { capture: true });
  document.addEventListener("darbaza:scan", (event) => {
    if (!on()) return;
    event.preventDefault();
    const { text, ms, source } = event.detail;
    scanned = !source;
    if (source) show({ source, text, ms: ms ?? "" });
    else show({ source: "wedge", text, typed: keys.typed || text, ms: ms ?? "", ...(keys.caps && { caps: "on" }) });
    if (!source) keys.typed = "";
  });
  document.addEventListener("darbaza:arrived", (event) => {
    if (!on()) return;
    event.preventDefault();
    const { text, source, device, complete } = event.detail;
    show({ text, source, device, ...(!complete && { broken: "on" }) });
  });
  document.addEventListener("darbaza:weight", (event) => {
    const place = area.querySelector("[data-try-weight]");
    const { grams, stable, over } = event.detail;
    place.textContent = over ? place.dataset.tooMuch : `${grams} g · ${stable ? place.dataset.still : place.dataset.moving}`;
  });
  setInterval(() => {
    if (!ends || on()) return;
    listen(false);
    says.textContent = says.dataset.over;
  }, 1000);
  const state = document.querySelector("[data-serial-state]");
  const serial = area.querySelector("[data-serial]");
  const tell = () => { state.textContent = state.dataset[serial.dataset.state] ?? state.textContent; };
  new MutationObserver(tell).observe(serial, { attributes: true, attributeFilter: ["data-state"] });
  tell();
}
