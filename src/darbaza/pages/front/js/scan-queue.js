// Scans wait while a request runs, and are handed over one by one in their order. One
// that waits already, or is being answered, is not taken twice: readers repeat. Once
// something else was asked, the same scan is a new one: the desk was cleared, say.

export class ScanQueue {
  constructor(hand, { waiting = () => {} } = {}) {
    Object.assign(this, { hand, waiting });
    this.running = 0;
    this.handing = "";
    this.answering = ""; // text of the scan whose request is the last that began
    this.queue = [];
  }

  add(scan) {
    if (scan.text === this.answering || this.queue.some((other) => other.text === scan.text)) return;
    this.queue.push(scan);
    if (this.running) this.waiting(scan);
    else this.next();
  }

  begin() {
    this.running += 1;
    this.answering = this.handing;
  }

  end() {
    this.running = Math.max(0, this.running - 1);
    if (!this.running) this.answering = "";
    this.next();
  }

  next() {
    if (!this.running && this.queue.length) {
      const scan = this.queue.shift();
      this.handing = scan.text;
      this.hand(scan);
      this.handing = "";
    }
    if (!this.running && this.queue.length) queueMicrotask(() => this.next());
  }
}
