// Everything the pages do beyond plain HTML. Each module works alone; all are small.
import { initAll } from "./govuk-frontend.min.js";
import { start as arrivals } from "./arrivals.js";
import { start as camera } from "./camera.js";
import { start as clock } from "./clock.js";
import { start as drop } from "./drop.js";
import { start as keys } from "./keys.js";
import { start as serial } from "./serial.js";
import { start as theme } from "./theme.js";
import { start as timeouts } from "./timeouts.js";
import { start as trouble } from "./trouble.js";
import { start as wedge } from "./wedge.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
function systems(scope) {
  initAll({ scope });
  // The heavier components of prison services only where a page uses one.
  if (scope.querySelector('[data-module^="moj-"]')) {
    import("./moj-frontend.min.js").then((moj) => moj.initAll({ scope }));
  }
}

systems(document);
for (const start of [wedge, keys, drop, clock, theme, timeouts, trouble, camera, serial, arrivals]) start();

// Fragments may bring components of the design system with them.
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) systems(event.target);
});
