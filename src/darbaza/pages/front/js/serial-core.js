// Bytes of a reader on a serial line into scans: STX, lines with CR, ETX; or a pause.
import { best } from "./scans.js";

const SHORTEST = 20; // characters; less is a weight, or what a line says when plugged in

export class Frames {
  constructor(onScan, onBroken = () => {}) {
    this.onScan = onScan;
    this.onBroken = onBroken;
    this.text = "";
    this.began = 0;
  }

  /** Take a piece of text that arrived at `now` (milliseconds). */
  push(piece, now) {
    for (const char of piece) {
      if (!this.text) this.began = now;
      if (char === "\u0002") this.text = "";
      else if (char === "\u0003") this.end(now);
      else if (this.text.length < 4096) this.text += char;
    }
  }

  /** Nothing came for a while: what is no scan by now broke off. */
  pause(now) {
    if (this.end(now).length >= SHORTEST) this.onBroken();
  }

  /** The frame is over: ETX came, or nothing came for a while. */
  end(now) {
    const result = this.text.trim() ? best([this.text]) : null;
    const unread = this.text.trim();
    this.text = "";
    if (result) this.onScan({ ...result, ms: Math.round(now - this.began), source: "serial" });
    return result ? "" : unread;
  }
}
