// What the scale says, into the box of the whole weight: shown while it moves, put in
// once it stands still; what the officer typed by hand is never overwritten.

let last = null;
let put = "";

const box = () => document.querySelector("[data-scale]");
const says = () => document.querySelector("[data-scale-says]");
const kilograms = (grams) => `${(grams / 1000).toFixed(3).replace(/\.?0+$/, "").replace(".", ",")} kg`;

function show() {
  const place = says();
  if (!place || !last) return;
  place.dataset.state = last.over ? "over" : last.stable ? "still" : "moving";
  place.textContent = last.over ? "▲" : kilograms(last.grams);
  const input = box();
  const free = input && document.activeElement !== input && (!input.value || input.value === put);
  if (free && last.stable && last.grams > 0) input.value = put = String(last.grams);
}

document.addEventListener("darbaza:weight", (event) => {
  last = event.detail;
  show();
});
document.addEventListener("htmx:afterSwap", () => {
  // A new sending begins with an empty scale: what lay there was the one before.
  if (!document.querySelector(".dk-goods")) last = null;
  put = box()?.value ?? "";
  show();
});
