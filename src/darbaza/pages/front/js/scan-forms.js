// Hands a scan or a picture to the form of the page that waits for it.
//   <form data-scan="mrz code"><input type="hidden" name="mrz" data-scan-text></form>
//   <form data-image><input type="file" name="image" data-image-input>
//     <input type="hidden" name="source" data-image-source></form>

function fill(form, selector, value) {
  const input = form.querySelector(selector);
  if (input) input.value = value;
}

export function submit(scan) {
  const form = [...document.querySelectorAll("form[data-scan]")].find((f) =>
    f.dataset.scan.split(/\s+/).includes(scan.kind),
  );
  if (!form) return false;
  fill(form, "[data-scan-text]", scan.text);
  fill(form, "[data-scan-ms]", scan.ms ?? "");
  fill(form, "[data-scan-source]", scan.source ?? "keyboard");
  form.requestSubmit();
  return true;
}

export function submitImage(file, source = "file") {
  const form = document.querySelector("form[data-image]");
  const input = form?.querySelector("[data-image-input]");
  if (!input) return false;
  const files = new DataTransfer();
  files.items.add(file);
  input.files = files.files;
  fill(form, "[data-image-source]", source);
  form.requestSubmit();
  return true;
}
