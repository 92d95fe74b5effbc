// The clock of the header shows the server's time: it goes on from what the page says.

export function start() {
  const clock = document.querySelector("[data-clock]");
  if (!clock) return;
  const zone = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Bishkek" };
  const format = new Intl.DateTimeFormat("en-GB", { ...zone, timeZone: clock.dataset.zone || zone.timeZone });
  const ahead = Date.parse(clock.dateTime) - Date.now();
  const show = () => { clock.textContent = format.format(Date.now() + ahead); };
  show();
  setInterval(show, 5000);
}
