// A sheet of glass to sign on: finger, pen or mouse. Without this script the page asks
// for a signature on the paper list, and the sheet stays hidden.

function sheet(box) {
  const canvas = box.querySelector("canvas");
  const field = box.querySelector("input[name=signature]");
  const form = box.closest("form");
  const pen = canvas.getContext("2d");
  const choose = (how) => {
    const radio = form.querySelector(`input[name=how][value=${how}]`);
    if (radio) radio.checked = true;
  };
  let drawn = false;
  let last = null;

  function clear() {
    drawn = false;
    field.value = "";
    pen.clearRect(0, 0, canvas.width, canvas.height);
    choose("paper");
  }

  function place(event) {
    const edge = canvas.getBoundingClientRect();
    return {
      x: ((event.clientX - edge.left) * canvas.width) / edge.width,
      y: ((event.clientY - edge.top) * canvas.height) / edge.height,
    };
  }

  function line(from, to) {
    pen.lineWidth = 5;
    pen.lineCap = "round";
    pen.strokeStyle = "#101820";
    pen.beginPath();
    pen.moveTo(from.x, from.y);
    pen.lineTo(to.x, to.y);
    pen.stroke();
    drawn = true;
  }

  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    last = place(event);
    line(last, last);
    choose("tablet");
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!last) return;
    const next = place(event);
    line(last, next);
    last = next;
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => {
      last = null;
      if (drawn) field.value = canvas.toDataURL("image/png");
    });
  }
  box.querySelector("[data-signature-clear]").addEventListener("click", clear);
  box.hidden = false;
}

for (const box of document.querySelectorAll("[data-signature]")) sheet(box);
