// A reader that types like a keyboard, told apart from a hand by its speed. Physical
// keys count, because the reader sends a US keyboard whatever layout is switched on.
import { best, complete, kindOf, lines } from "./scans.js";

const PLAIN = {
  Comma: ",", Period: ".", Slash: "/", Semicolon: ";", Quote: "'", BracketLeft: "[",
  BracketRight: "]", Backslash: "\\", Minus: "-", Equal: "=", Backquote: "`", Space: " ",
  IntlBackslash: "<", NumpadAdd: "+", NumpadSubtract: "-", NumpadMultiply: "*",
  NumpadDivide: "/", NumpadDecimal: ".",
};
const SHIFTED = {
  Comma: "<", Period: ">", Slash: "?", Semicolon: ":", Quote: '"', BracketLeft: "{",
  BracketRight: "}", Backslash: "|", Minus: "_", Equal: "+", Backquote: "~", Space: " ",
  IntlBackslash: ">",
};
const ENDS = { Enter: "\r", NumpadEnter: "\r", Tab: "\t" };
// Control characters arrive as Ctrl and a letter: STX, ETX, Tab, LF, CR.
const CONTROLS = { KeyB: "\u0002", KeyC: "\u0003", KeyI: "\t", KeyJ: "\n", KeyM: "\r" };
const MODIFIERS = new Set(["Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock"]);

/** Character that the key stands for on a US keyboard, "" for none. */
export function physical({ code, key, shiftKey }) {
  // Where the layout itself says filler or colon, no key can have meant another sign.
  if (key === "<" || key === ":") return key;
  if (/^Key[A-Z]$/.test(code)) return code[3];
  if (/^Digit\d$/.test(code)) return shiftKey ? ")!@#$%^&*("[Number(code[5])] : code[5];
  if (/^Numpad\d$/.test(code)) return code[6];
  if (!code) return key.length === 1 ? key : "";
  return (shiftKey ? SHIFTED[code] : PLAIN[code]) ?? "";
}

function control(event) {
  if (event.ctrlKey && !event.altKey && !event.metaKey) return CONTROLS[event.code] ?? "";
  return ENDS[event.code] ?? ENDS[event.key] ?? "";
}

// Keys that a document or a pass can hold, on any layout the reader may be set to.
const CONTENT = /^[A-Z0-9<>:;]$/;
const SHORTEST = 28; // no line of a document is shorter
const LATE = 300; // milliseconds in which a reader may still send its Enter; a hand is slower

const swap = (text) => text.replace(/[YZ]/g, (c) => (c === "Y" ? "Z" : "Y"));

/**
 * Feed it every key; it answers what to do with the key and calls `on` with the result.
 *
 * `gap` is the longest pause inside a burst in milliseconds; `sure` the number of keys
 * after which a burst is held back from the page; `prefix` what the reader is set to
 * send first, which makes it certain from the first key. `on.scan({text, kind, ms})`: a scan.
 * `on.typed(text)`: keys were held back and were no scan after all; put them in.
 * `on.begin()`: the first key of what may become a burst; remember the field.
 */
export class Wedge {
  constructor(on, { gap = 50, sure = 6, prefix = "" } = {}) {
    Object.assign(this, { on, gap, sure, prefix: prefix.toUpperCase(), owed: -Infinity });
    this.reset();
  }

  reset() {
    this.keys = []; // {by: physical, typed, end, held}
    this.last = -Infinity;
    this.first = 0;
    this.tail = false; // delivered; only line ends of the same burst may still come
  }

  /** True: hold this key back from the page. */
  key(event) {
    if (event.isComposing || MODIFIERS.has(event.key)) return false;
    const at = event.timeStamp;
    if (at - this.last > this.gap) this.finish();
    const end = control(event);
    if (end && !this.keys.length && !this.tail && at < this.owed) return true; // the reader's, late
    const by = event.ctrlKey || event.altKey || event.metaKey ? "" : physical(event);
    const content = CONTENT.test(by) || this.leads(by) || this.leads(event.key);
    if (event.repeat || (!end && !content)) return this.foreign();
    if (this.tail) return this.after(end, at, event);
    return this.take(event, by, end, at);
  }

  /** True where a key is the next one of the prefix. */
  leads(char) {
    return char.length === 1 && char.toUpperCase() === this.prefix[this.keys.length];
  }

  /** True while everything so far may be the prefix, and once all of it came. */
  led() {
    const begins = (text) => text.startsWith(this.prefix) || this.prefix.startsWith(text);
    return this.prefix !== "" && ["by", "typed"].some((which) => begins(this.raw(which)));
  }

  foreign() {
    this.finish();
    return false;
  }

  after(end, at, event) {
    this.last = at;
    if (end) {
      this.owed = -Infinity;
      return true;
    }
    this.reset();
    return this.key(event);
  }

  take(event, by, end, at) {
    if (!this.keys.length) {
      if (end && end !== "\u0002") return false;
      this.first = at;
      this.on.begin?.();
    }
    if (end && end !== "\u0002" && this.short()) return this.foreign();
    this.keys.push({ by: end || by, typed: end || (event.key.length === 1 ? event.key : by), end });
    const held = this.keys.length > this.sure || this.led();
    if (!held) this.giveBack(); // what began like the prefix, before this key goes its way
    this.keys.at(-1).held = held;
    this.last = at;
    if (held && this.done(end)) this.deliver();
    return held || end === "\u0002";
  }

  /** Quick typing with Enter behind it is no scan: the page gets both. */
  short() {
    return this.keys.length < SHORTEST && !this.ours(this.result()?.kind) && this.keys[0].end !== "\u0002";
  }

  /** A text that we made ourselves says what it is, however short. */
  ours(kind) {
    return kind === "code" || kind === "list";
  }

  done(end) {
    if (end && this.ours(kindOf(this.text("by")))) return true;
    if (this.keys.length < 60) return false;
    const parts = lines(this.text("by"));
    return parts.length > 1 && complete(parts);
  }

  text(which) {
    const text = this.raw(which);
    return text.startsWith(this.prefix) ? text.slice(this.prefix.length) : text;
  }

  raw(which) {
    return this.keys.map((key) => key[which]).join("").toUpperCase();
  }

  result() {
    if (this.keys.length < this.sure) return null;
    const by = this.text("by");
    // The reader may be set to the layout of the computer, or to a German one.
    return best([by, this.text("typed"), swap(by)]);
  }

  deliver() {
    const result = this.result();
    if (!result) return false;
    const ms = Math.round(this.last - this.first);
    this.owed = this.keys.at(-1).end ? -Infinity : this.last + LATE; // until when
    this.keys = [];
    this.tail = true;
    this.on.scan({ ...result, ms });
    return true;
  }

  /** The burst is over (a pause, another key): a scan, or keys to give back. */
  finish() {
    if (this.keys.length && !this.deliver()) this.giveBack();
    this.reset();
  }

  giveBack() {
    const back = this.keys.filter((key) => key.held && !key.end);
    for (const key of back) key.held = false;
    if (back.length) this.on.typed(back.map((key) => key.typed).join(""));
  }
}
