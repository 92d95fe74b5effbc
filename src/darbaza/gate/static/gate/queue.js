// The bar of the queue stays fresh by itself; a button in hand is left alone.
const bar = document.getElementById("queue-bar");

async function refresh() {
  if (!bar?.dataset.refresh || document.hidden || bar.contains(document.activeElement)) return;
  const answer = await fetch(bar.dataset.refresh, { headers: { "X-Background": "1" } }).catch(() => null);
  if (!answer?.ok || answer.redirected || bar.contains(document.activeElement)) return;
  bar.innerHTML = await answer.text();
}

setInterval(refresh, 10000);
document.addEventListener("darbaza:desk-done", refresh);
document.addEventListener("htmx:afterSwap", refresh);
