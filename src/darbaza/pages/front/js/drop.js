// A picture or PDF of a document, dropped, pasted or chosen anywhere on the page.
import { submitImage } from "./scan-forms.js";

const TYPES = /^(image\/(jpeg|png|webp|tiff|bmp|gif|heic)|application\/pdf)$/;
const ENDINGS = /\.(jpe?g|png|webp|tiff?|bmp|gif|heic|pdf)$/i;

/** The first picture or PDF among files, or null. */
export function picture(files) {
  return [...(files ?? [])].find((f) => TYPES.test(f.type) || (!f.type && ENDINGS.test(f.name))) ?? null;
}

export function give(file, source) {
  const detail = { file, source };
  const event = new CustomEvent("darbaza:image", { detail, bubbles: true, cancelable: true });
  if (document.dispatchEvent(event)) submitImage(file, source);
}

const wanted = () => document.querySelector("form[data-image], [data-image-target]");
const carriesFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

export function start() {
  let depth = 0;
  const mark = (on) => document.body.classList.toggle("is-dropping", on);
  document.addEventListener("dragenter", (event) => {
    if (!carriesFiles(event) || !wanted()) return;
    depth += 1;
    mark(true);
  });
  document.addEventListener("dragleave", () => {
    depth = Math.max(0, depth - 1);
    if (!depth) mark(false);
  });
  document.addEventListener("dragover", (event) => {
    if (carriesFiles(event)) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    if (event.target.matches?.("input[type=file]")) return;
    event.preventDefault(); // never let the browser leave the page for the picture
    depth = 0;
    mark(false);
    const file = picture(event.dataTransfer.files);
    if (file && wanted()) give(file, "drop");
  });
  document.addEventListener("paste", (event) => {
    const file = picture(event.clipboardData?.files);
    if (!file || !wanted()) return;
    event.preventDefault();
    give(file, "paste");
  });
  document.addEventListener("change", (event) => {
    if (!event.target.matches?.("input[type=file][data-image-choose]")) return;
    const file = picture(event.target.files);
    if (file) give(file, "upload");
    event.target.value = "";
  });
}
