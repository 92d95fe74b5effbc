// A request that fails says so in words; nothing typed is lost.
import { note } from "./live.js";

const words = () => document.getElementById("trouble")?.dataset ?? {};

export function start() {
  document.addEventListener("htmx:beforeSwap", (event) => {
    // Our own error notes come with their target: let them in whatever the status.
    if (event.detail.xhr.getResponseHeader("HX-Retarget")) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr } = event.detail;
    const number = xhr.getResponseHeader("X-Request-Number") ?? "";
    note((xhr.status < 500 ? words().refused : words().failed) + number);
  });
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, () => note(words().silent));
  }
}
