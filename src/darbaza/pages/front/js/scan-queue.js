// Scans wait while a request runs, and are handed over one by one in their order.

export class ScanQueue {
  constructor(hand, { waiting = () => {} } = {}) {
    Object.assign(this, { hand, waiting });
    this.running = 0;
    this.queue = [];
  }

  add(scan) {
    if (this.queue.some((other) => other.text === scan.text)) return;
    this.queue.push(scan);
    if (this.running) this.waiting(scan);
    else this.next();
  }

  begin() {
    this.running += 1;
  }

  end() {
    this.running = Math.max(0, this.running - 1);
    this.next();
  }

  next() {
    if (!this.running && this.queue.length) this.hand(this.queue.shift());
    if (!this.running && this.queue.length) queueMicrotask(() => this.next());
  }
}
