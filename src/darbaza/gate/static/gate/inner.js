// A tone after each scan, where the officer wants one: high for yes, low for stop.
// A new pass for a lost one goes to the printer from here as well.
import "./printing.js";

const TONES = { in: [880, 0.12], out: [880, 0.12], compare: [620, 0.1], refused: [180, 0.5], alarm: [180, 1.2] };
let context = null;

const wanted = () => localStorage.getItem("darbaza.sound") === "on";

function tone(state) {
  if (!TONES[state] || !wanted()) return;
  const [pitch, seconds] = TONES[state];
  context ??= new AudioContext();
  const source = new OscillatorNode(context, { frequency: pitch });
  source.connect(new GainNode(context, { gain: 0.2 })).connect(context.destination);
  source.start();
  source.stop(context.currentTime + seconds);
}

function mark() {
  for (const box of document.querySelectorAll("[data-sound]")) box.checked = wanted();
}

document.addEventListener("change", (event) => {
  if (event.target.matches?.("[data-sound]")) localStorage.setItem("darbaza.sound", event.target.checked ? "on" : "off");
});
document.addEventListener("htmx:afterSettle", () => {
  mark();
  tone(document.getElementById("inner-work")?.dataset.tone);
});
mark();
