// Scans wait while a request runs, and are handed over one by one in their order. One
// that waits already, or is being answered, is not taken twice: readers repeat.

export class ScanQueue {
  constructor(hand, { waiting = () => {} } = {}) {
    Object.assign(this, { hand, waiting });
    this.running = 0;
    this.answering = ""; // text of the scan whose request runs
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
  }

  end() {
    this.running = Math.max(0, this.running - 1);
    if (!this.running) this.answering = "";
    this.next();
  }

  next() {
    if (!this.running && this.queue.length) {
      const scan = this.queue.shift();
      this.hand(scan);
      this.answering = this.running ? scan.text : "";
    }
    if (!this.running && this.queue.length) queueMicrotask(() => this.next());
  }
}
