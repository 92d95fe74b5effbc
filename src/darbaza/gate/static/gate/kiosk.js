// A kiosk that somebody left goes back to its first page and its first language.
const { home, quiet = "120" } = document.querySelector("[data-home]").dataset;
let timer;

function begin() {
  clearTimeout(timer);
  timer = setTimeout(() => location.assign(home), Number(quiet) * 1000);
}

for (const touch of ["pointerdown", "keydown"]) document.addEventListener(touch, begin);
begin();
