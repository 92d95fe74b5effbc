// A kiosk that somebody left goes back to its first page and its first language.
const QUIET_MS = 120000;
const { home } = document.querySelector("[data-home]").dataset;
let timer;

function begin() {
  clearTimeout(timer);
  timer = setTimeout(() => location.assign(home), QUIET_MS);
}

for (const touch of ["pointerdown", "keydown"]) document.addEventListener(touch, begin);
begin();
